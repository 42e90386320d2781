"""Whatever is sent to a step of the registration is kept, or refused in words; never a crash."""

import logging
import re

import pytest
from django.urls import reverse

from assetmap.inventory.languages import LANGUAGE_CODES
from assetmap.inventory.models import Gift
from residents.steps import AboutForm, GiftsForm, WhoForm
from tests.contracts import CPR, text_of
from tests.factories import make_address
from tests.residents.registering import (
    answer,
    fill_in,
    nothing_is_written,
    only_record,
    register,
    rows_with,
    send,
    start,
    start_url,
    step_url,
)

STEPS = ["gifts", "how", "about", "who", "finish"]
OTHER_LETTERS = ["🪴🧵 Ged", "فاطمة", "ሳምሶን", "abc\u202edcba", "e\u0301va"]


def refused(client, area, step, field, **fields):
    """The sentence by which a step is refused; the page stays, and nothing is written."""
    sent = answer(client, area, step, **fields)
    assert sent.status_code == 200
    assert list(sent.context["form"].errors) == [field]
    assert nothing_is_written()
    assert re.search(r'class="errors" role="alert">\s*<p>', text_of(sent))
    return sent.context["form"].errors[field][0]


# The gifts


def test_nothing_ticked_is_refused(client, area):
    start(client, area)
    said = refused(client, area, "gifts", "gifts", gifts=[], words="  ")
    assert said == "Choose at least one thing, or write one yourself."


def test_sixty_gifts_are_enough(client, area):
    codes = [gift.code for gift in Gift.objects.all()[:61]]
    start(client, area)
    assert "Choose at most 60." in refused(client, area, "gifts", "gifts", gifts=codes)
    assert answer(client, area, "gifts", gifts=codes[:60]).status_code == 302


@pytest.mark.parametrize("codes", [["XX99"] * 500, ["FG7", "FG7\x00"], [CPR], ["<b>"]])
def test_what_is_no_gift_is_refused(client, area, codes):
    start(client, area)
    assert "is not one of the available choices" in refused(
        client, area, "gifts", "gifts", gifts=codes
    )


def test_a_gift_that_is_sent_twice_is_one(client, area):
    register(client, area, gifts={"gifts": ["FG7"] * 2})
    assert only_record().offerings.count() == 1


def test_own_words_alone_are_enough(client, area):
    register(client, area, gifts={"gifts": [], "words": "Folding paper birds"})
    assert [str(row) for row in only_record().offerings.all()] == ["Folding paper birds"]


def sought(client, url, prefix="", **fields):
    page = client.post(url, {"find": "1", f"{prefix}gifts": ["FG7"], **fields})
    assert page.status_code == 200
    assert "errorlist" not in text_of(page)
    return [gift.code for _, rows, _ in page.context["form"].groups() for gift, _, _ in rows]


@pytest.mark.parametrize("page", ["step", "group"])
def test_the_search_works_without_a_script_and_understands_synonyms(client, area, page):
    start(client, area)
    url, more, prefix = reverse("register:group", args=[area.slug]), {}, ""
    if page == "step":
        url, prefix = step_url(area, "gifts"), "gifts-"
        more = {f"register-{area.slug}-current_step": "gifts"}
    gift = Gift.objects.exclude(synonyms={}).exclude(code="FG7").first()
    synonym = gift.synonyms["da"][0]
    found = sought(client, url, prefix, q=synonym, **more)
    assert {gift.code, "FG7"} <= set(found)  # what is ticked stays
    assert len(found) < 30
    assert sought(client, url, prefix, q="qqq", **more) == ["FG7"]
    assert nothing_is_written()


# How, and about her


@pytest.mark.parametrize("mode", ["", "sell", "CAN", "can\x00"])
def test_a_way_that_there_is_not_is_refused(client, area, mode):
    start(client, area, "long")
    answer(client, area, "gifts")
    assert refused(client, area, "how", "mode-FG7", **{"mode-FG7": mode})


def test_more_than_three_cannot_be_the_proudest(client, area):
    codes = ["FG7", "LA9", "LK1", "LA8"]
    start(client, area, "long")
    answer(client, area, "gifts", gifts=codes)
    modes = {f"mode-{code}": "can" for code in codes}
    assert refused(client, area, "how", "proud", proud=codes, **modes) == "Choose at most three."
    assert refused(client, area, "how", "proud", proud=["LA1"], **modes)  # which is not hers
    assert answer(client, area, "how", proud=codes[:3], **modes).status_code == 302


def test_a_gift_that_is_added_later_is_asked_about(client, area):
    fill_in(client, area, "long")
    answer(client, area, "gifts", gifts=["FG7", "LA9"])
    page = client.get(step_url(area, "how"))
    assert page.context["form"]["mode-LA9"].value() == "can"
    assert "This field is required" not in text_of(page)
    answer(client, area, "how", **{"mode-LA9": "learn"})
    answer(client, area, "finish")
    assert {row.mode for row in only_record().offerings.all()} == {"can", "learn"}


def test_all_languages_twice_are_each_kept_once(client, area):
    register(client, area, "long", about={"languages": [*LANGUAGE_CODES] * 2})
    assert only_record().languages.count() == len(LANGUAGE_CODES)


@pytest.mark.parametrize(("field", "value"), [("languages", ["xx"]), ("times", ["never"])])
def test_a_language_or_time_that_there_is_not_is_refused(client, area, field, value):
    start(client, area, "long")
    assert refused(client, area, "about", field, **{field: value})


# The name and the address


def test_a_name_is_asked_for_unless_none_is_to_be_shown(client, area):
    start(client, area)
    said = refused(client, area, "who", "called", called="   ")
    assert said == "Write the name, or choose to show no name."


@pytest.mark.parametrize("name", OTHER_LETTERS)
def test_names_in_any_letters_are_kept_as_they_are(client, area, name):
    receipt = register(client, area, who={"name_shown": "nickname", "called": name})
    assert only_record().name == name
    page = client.post(reverse("me:open", args=[area.slug]), {"code": receipt.context["code"]})
    assert name in text_of(client.get(page.url))


@pytest.mark.parametrize("field", ["visibility", "contact_visibility", "name_shown"])
@pytest.mark.parametrize("level", ["", "everybody", "PUBLIC"])
def test_a_level_that_there_is_not_is_refused(client, area, field, level):
    start(client, area)
    assert refused(client, area, "who", field, **{field: level})


@pytest.mark.parametrize("typed", ["Ukendtvej 7", "Remisevej 1", "R", "%", "Remisevej", "' OR 1"])
def test_an_address_that_is_not_in_the_list_is_refused(client, area, typed):
    make_address(area)
    start(client, area)
    said = refused(client, area, "who", "address", on_map="on", address=typed)
    assert "This address is not in the area's list." in said


def test_an_address_of_another_area_is_not_in_the_list(client, area, other_area):
    make_address(other_area)
    start(client, area)
    assert refused(client, area, "who", "address", on_map="on", address="Remisevej 14")


def test_the_map_needs_an_address(client, area):
    start(client, area)
    said = refused(client, area, "who", "address", on_map="on")
    assert said == "Write your street and number to be on the map."


@pytest.mark.parametrize("shown", ["partners", "neighbours", "public"])
def test_a_contact_that_others_see_is_a_number_or_an_e_mail(client, area, shown):
    start(client, area)
    words = {"contact": "Come to the third floor", "contact_visibility": shown}
    assert "nothing else" in refused(client, area, "who", "contact", **words)
    assert answer(client, area, "who", contact="Door phone: Yilmaz").status_code == 302


# Every free text


FREE_TEXT = [
    *[("gifts", "words"), ("about", "would_start")],
    *[("who", "called"), ("who", "contact"), ("who", "address")],
]


@pytest.mark.parametrize(("step", "field"), FREE_TEXT)
@pytest.mark.parametrize("number", [CPR, CPR.replace("-", ""), CPR.replace("-", " ")])
def test_a_cpr_number_is_refused_and_left_nowhere(client, area, caplog, step, field, number):
    caplog.set_level(logging.DEBUG)
    start(client, area, "long")
    said = refused(client, area, step, field, **{field: f"I am {number}"})
    assert "nobody's CPR number may be kept here" in said
    assert number not in said + caplog.text + str(dict(client.session.items()))
    assert not list(rows_with(number))


def test_every_free_text_is_tried():
    forms = {"gifts": GiftsForm, "about": AboutForm, "who": WhoForm}
    texts = [
        (step, name)
        for step, form in forms.items()
        for name, field in form.base_fields.items()
        if hasattr(field, "max_length")
    ]
    assert set(texts) == set(FREE_TEXT)


def test_what_is_typed_into_the_search_is_not_kept(client, area):
    start(client, area)
    name = f"register-{area.slug}-current_step"
    data = {"gifts-gifts": ["FG7"], "q": CPR, "extra": CPR, name: "gifts"}
    assert client.post(step_url(area, "gifts"), data).status_code == 302
    assert CPR not in str(dict(client.session.items()))


@pytest.mark.parametrize(("step", "field"), FREE_TEXT)
@pytest.mark.parametrize("text", ["x" * 10_000, "a\x00b"], ids=["endless", "nul"])
def test_endless_text_and_nul_are_refused(client, area, step, field, text):
    start(client, area, "long")
    assert refused(client, area, step, field, **{field: text})


@pytest.mark.parametrize(
    "email", ["ida", "ida@", "a\x00@example.org", "x" * 5000 + "@a.dk", f"{CPR}@example.org"]
)
@pytest.mark.parametrize(("way", "field"), [("quick", "email"), ("young", "guardian_email")])
def test_what_is_no_e_mail_is_refused(client, area, way, field, email):
    fill_in(client, area, way)
    assert refused(client, area, "finish", field, **{field: email})


def test_what_was_typed_stays_in_the_form(client, area):
    start(client, area)
    page = answer(client, area, "who", called="Fatma", contact="x" * 200, visibility="partners")
    assert 'value="Fatma"' in text_of(page)
    assert page.context["form"]["visibility"].value() == "partners"


# Out of order


@pytest.mark.parametrize("step", [*STEPS, "done", "sideways"])
def test_without_a_draft_every_step_leads_to_the_start(client, area, step):
    assert client.get(step_url(area, step)).url == start_url(area)
    assert send(client, area, step, gifts=["FG7"], keep="on").url == start_url(area)
    assert nothing_is_written()


@pytest.mark.parametrize("way", ["quick", "long"])
def test_sending_the_last_step_first_leads_to_the_first(client, area, way):
    start(client, area, way)
    assert answer(client, area, "finish").url == step_url(area, "gifts")
    assert nothing_is_written()


def test_the_steps_may_be_sent_in_any_order(client, area):
    start(client, area, "long")
    for step in ("who", "about", "gifts", "how", "finish"):
        sent = answer(client, area, step)
    assert sent.context["code"]
    assert only_record().name == "Fatma"


@pytest.mark.parametrize("step", ["how", "about", "done", "sideways"])
def test_a_step_of_another_way_leads_to_the_start(client, area, step):
    fill_in(client, area)
    assert client.get(step_url(area, step)).url == start_url(area)
    assert send(client, area, step, **{"mode-FG7": "can"}).url == start_url(area)


@pytest.mark.parametrize("claimed", [None, "", "sideways", "how", "finish", "\x00"])
def test_a_form_that_is_not_of_this_page_leads_back_to_it(client, area, claimed):
    start(client, area)
    claim = {} if claimed is None else {f"register-{area.slug}-current_step": claimed}
    sent = client.post(step_url(area, "gifts"), {"gifts-gifts": ["FG7"], **claim})
    assert sent.url == step_url(area, "gifts")
    assert client.get(sent.url).status_code == 200


@pytest.mark.parametrize("way", ["", "sideways", "quick\x00"])
def test_a_way_of_registering_that_there_is_not_begins_nothing(client, area, way):
    assert start(client, area, way).url == start_url(area)
    assert client.get(step_url(area, "gifts")).url == start_url(area)
