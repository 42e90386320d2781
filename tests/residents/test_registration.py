"""A registration is written once and as a whole, however often and at once it is sent."""

import time
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assetmap.areas.models import Receipt, User
from assetmap.inventory.models import Asset, Gift
from residents import register as module
from residents.erasure import erase_resident
from residents.models import Approval, Consent, Resident
from residents.registration import Answers
from residents.registration import register as write
from tests.contracts import text_of
from tests.factories import make_area, make_resident, make_user
from tests.residents.registering import (
    answer,
    fill_in,
    nothing_is_written,
    only_record,
    open_with,
    register,
    rows_with,
    send,
    signed_in,
    start_url,
    step_url,
)

WHO = {"name_shown": "first", "called": "Ida", "visibility": "private", "contact": ""}
WHO |= {"contact_visibility": "private", "position": None}


def opens(client, area, code):
    client.logout()
    return open_with(client, area, code).status_code == 302


def let_pass(monkeypatch, seconds):
    now = time.time()
    monkeypatch.setattr(module.time, "time", lambda: now + seconds)


# Sent twice


def test_sending_the_last_form_twice_makes_one_record_and_a_new_receipt(client, area):
    first = register(client, area).context["code"]
    again = answer(client, area, "finish")
    assert again.status_code == 200
    assert again.context["resident"] == only_record()
    assert (User.objects.count(), Receipt.objects.count(), Consent.objects.count()) == (1, 1, 1)
    assert not opens(client, area, first)
    assert opens(client, area, again.context["code"])


def test_ten_minutes_later_it_gets_no_new_receipt(client, area, monkeypatch):
    code = register(client, area).context["code"]
    let_pass(monkeypatch, 9 * 60)
    code = answer(client, area, "finish").context["code"]
    let_pass(monkeypatch, 601)
    assert answer(client, area, "finish").url == start_url(area)
    assert opens(client, area, code)


@pytest.mark.parametrize("step", ["gifts", "who", "done"])
@pytest.mark.parametrize("way", ["quick", "young"])
def test_no_other_step_gets_a_new_receipt(client, db, step, way):
    area = make_area(legal_basis="public_task")  # where the last form may be empty
    code = register(client, area, way).context["code"]
    assert send(client, area, step, gifts=["FG7"]).url == start_url(area)
    assert client.get(step_url(area, step)).url == start_url(area)
    assert opens(client, area, code)


def test_somebody_else_can_register_in_the_same_browser_afterwards(client, area):
    first = register(client, area).context["code"]
    register(client, area, who={"called": "Bo"})
    assert set(Resident.objects.values_list("name", flat=True)) == {"Fatma", "Bo"}
    assert opens(client, area, first)


def test_what_was_erased_meanwhile_gets_no_receipt(client, area):
    register(client, area)
    erase_resident(only_record())
    assert answer(client, area, "finish").url == start_url(area)
    assert nothing_is_written()


def test_a_young_one_sent_twice_has_one_approval_and_the_newer_code(client, area):
    first = register(client, area, "young").context
    again = send(client, area, "finish").context
    assert Approval.objects.count() == 1
    assert Approval.objects.open_to(first["guardian_code"]) is None
    assert Approval.objects.open_to(again["guardian_code"]).resident == only_record()


def test_a_young_one_that_was_approved_meanwhile_is_not_asked_about_again(client, area):
    guardian_code = register(client, area, "young").context["guardian_code"]
    yes = {"code": guardian_code, "answer": "yes", "keep": "on"}
    client.post(reverse("register:approve", args=[area.slug]), yes)
    again = send(client, area, "finish")
    assert again.context["code"] and "guardian_code" not in again.context
    assert not Approval.objects.exists()
    assert only_record().status == "active"


def test_two_forms_at_once_make_one_record(client, area):
    """The other one was written between our first look and our writing."""
    fill_in(client, area)
    token = client.session[f"wizard_register-{area.slug}"]["extra_data"]["token"]
    other = make_resident(area, "Fatma", owner=make_user(), source_id=token)
    receipt = answer(client, area, "finish")
    assert receipt.context["resident"] == other
    assert opens(client, area, receipt.context["code"])
    assert (Resident.objects.count(), User.objects.count()) == (1, 1)


def test_one_token_is_one_record(area):
    token = uuid.uuid4().hex
    write(area, Answers(WHO, []), token)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(area, Answers(WHO, []), token)
    assert (Resident.objects.count(), User.objects.count()) == (1, 1)


# All or nothing


class Refusal(Exception):
    pass


def fail(*args, **kwargs):
    raise Refusal


@pytest.mark.parametrize("late", ["residents.register.record_consent"])
def test_nothing_is_left_when_the_last_part_fails(client, area, monkeypatch, late):
    fill_in(client, area)
    with monkeypatch.context() as broken:
        broken.setattr(late, fail)
        with pytest.raises(Refusal):
            answer(client, area, "finish")
    assert nothing_is_written()
    assert answer(client, area, "finish").context["code"]  # and it can be sent again
    assert only_record().consents.count() == 1


def test_a_gift_that_cannot_be_written_leaves_nothing(client, area, monkeypatch):
    fill_in(client, area)
    client.get(step_url(area, "finish"))
    monkeypatch.setattr("residents.registration.Offering.save", fail)
    with pytest.raises(Refusal):
        answer(client, area, "finish")
    assert nothing_is_written()


def test_a_gift_that_is_gone_meanwhile_is_asked_for_again(client, area):
    gift = Gift.objects.create(code="ZZ1", group=Gift.objects.first().group, names={"da": "Zz"})
    fill_in(client, area, gifts={"gifts": ["ZZ1"]})
    gift.delete()
    assert answer(client, area, "finish").url == step_url(area, "gifts")
    assert "is not one of the available choices" in text_of(client.get(step_url(area, "gifts")))


def test_looking_at_the_preview_leaves_no_trace(client, area):
    fill_in(client, area, who={"visibility": "public"})
    for _ in range(2):
        client.get(step_url(area, "finish"))
    assert not Asset.objects.exists()
    assert not list(rows_with("Fatma"))


# Limits


def test_the_thirty_first_in_an_hour_is_refused_and_keeps_her_draft(client, area, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "register": "2/h/ip"}
    for _ in range(2):
        register(client, area)
    refused = register(client, area, who={"called": "Bo"})
    assert "There were too many tries from here." in text_of(refused)
    assert (refused.status_code, Resident.objects.count()) == (200, 2)
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "register": "9/h/ip"}
    assert answer(client, area, "finish").context["code"]
    assert Resident.objects.filter(name="Bo").exists()


# Signed in, and size


def test_registering_signs_nobody_in(client, area):
    register(client, area)
    assert signed_in(client) is None


def test_the_steps_take_no_more_queries_when_more_is_ticked(client, area):
    counts = []
    for many in (1, 40):
        codes = [gift.code for gift in Gift.objects.all()[:many]]
        fill_in(client, area, gifts={"gifts": codes})
        with CaptureQueriesContext(connection) as queries:
            for step in ("gifts", "who"):
                client.get(step_url(area, step))
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_an_area_that_there_is_not_has_no_registration(client, db):
    nowhere = make_area()
    nowhere.delete()
    for url in (start_url(nowhere), step_url(nowhere, "gifts")):
        assert client.get(url).status_code == 404


# The poster


def test_the_poster_holds_the_short_link_as_words_and_as_a_drawing(client, area):
    page = client.get(reverse("register:poster", args=[area.slug]))
    short = f"http://testserver/r/{area.slug}/"
    assert f'<p class="address">{short}</p>' in text_of(page)
    assert "<svg" in page.context["qr"] and "<path" in page.context["qr"]
    assert "style=" not in page.context["qr"]
    assert page.context["qr"] in text_of(page)


def test_the_short_link_leads_to_the_start(client, area):
    sent = client.get(f"/r/{area.slug}/")
    assert (sent.status_code, sent.url) == (302, start_url(area))
    assert client.get("/r/nowhere/", follow=True).status_code == 404
