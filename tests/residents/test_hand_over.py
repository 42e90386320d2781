"""A coordinator wrote about somebody: she hands it over, or notes a yes, and lets nobody in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assetmap.areas.receipts import holder_of
from assetmap.inventory.models import Asset
from residents.models import Approval, Consent, Introduction, Resident
from tests.contracts import CPR, as_shown, browser_of, form_data, text_of
from tests.factories import make_admin, make_area, make_resident, make_user
from tests.residents.registering import only_record, register, visitor

SPOKEN = {"keep": "on", "channel": "phone", "given_by": "self"}


@pytest.fixture
def written(area, coordinator):
    return make_resident(
        area, "Ida", status="unconfirmed", visibility="public", created_by=coordinator
    )


@pytest.fixture
def browser(coordinator):
    return browser_of(coordinator)


def hand_over(browser, resident, **sent):
    url = resident.url("hand-over")
    return browser.post(url, sent) if sent else browser.get(url)


def status():
    return Asset.objects.values_list("status", flat=True).get()


def lets_in(browser, resident):
    """Whether any button of the site puts the record in use."""
    version = Asset.objects.get().version
    queue = {"uid": resident.uid, "version": version, "do": "let-in", "neighbour": "1"}
    browser.post(reverse("inventory:queue-records", args=[resident.area.slug]), queue)
    for page in ("restore", "archive", "restore", "confirm"):
        browser.post(resident.url(page))
    edit = resident.url("edit")
    sent = browser.post(edit, as_shown(browser.get(edit), status="active"))
    assert sent.status_code == 302
    return status() != "unconfirmed"


# Written down


def test_what_a_coordinator_writes_about_somebody_waits_for_her(client, area, coordinator):
    client.force_login(coordinator)
    client.post(
        reverse("residents:add", args=[area.slug]), form_data(name="Ida", visibility="public")
    )
    record = only_record()
    assert (record.status, record.owner) == ("unconfirmed", None)
    page = text_of(client.get(record.get_absolute_url()))
    assert record.url("hand-over") in page
    assert visitor().get(record.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("moderated", [True, False])
def test_a_coordinator_lets_nobody_in(db, moderated):
    area = make_area(moderated=moderated)
    record = make_resident(area, status="unconfirmed", visibility="public")
    for user in (make_user("coordinator", area), make_admin()):
        assert not lets_in(browser_of(user), record)


def test_a_young_person_does_not_let_herself_in(client, area):
    code = register(client, area, "young").context["code"]
    client.post(reverse("me:open", args=[area.slug]), {"code": code})
    assert not lets_in(client, only_record())


def test_the_queue_leads_to_what_waits_for_the_person_and_has_no_button_for_it(
    area, browser, written
):
    page = text_of(browser.get(reverse("inventory:queue", args=[area.slug])))
    assert f'<a href="{written.get_absolute_url()}" dir="auto">Ida</a>' in page
    assert "let-in" not in page


# A code


def test_the_page_makes_a_code_for_the_person(area, browser, written):
    assert "Make a code" in text_of(hand_over(browser, written))
    page = hand_over(browser, written, code="1")
    code, asked = page.context["code"], Approval.objects.get()
    assert code in text_of(page)
    assert page.context["link"] == f"http://testserver/{area.slug}/register/approve/#{code}"
    assert "no-store" in page["Cache-Control"]
    assert (asked.resident, asked.who) == (written, "person")
    assert asked.expires_at == written.created_at + timedelta(days=30)
    assert Approval.objects.open_to(code) == asked


def test_looking_at_the_page_makes_no_code(browser, written):
    hand_over(browser, written)
    assert not Approval.objects.exists()


def test_a_new_code_for_a_young_person_is_still_her_guardians(client, area, browser):
    first = register(client, area, "young").context["guardian_code"]
    page = hand_over(browser, only_record(), code="1")
    asked = Approval.objects.get()
    assert asked.who == "guardian"
    assert Approval.objects.open_to(first) is None
    assert Approval.objects.open_to(page.context["code"]) == asked


# A yes that was heard


@pytest.mark.parametrize("channel", ["phone", "paper"])
def test_a_spoken_yes_is_noted_with_its_way_and_who_read_it(browser, written, channel):
    more = {"channel": channel, "read_by": "Bodil", "introduce": "on"}
    assert hand_over(browser, written, **{**SPOKEN, **more}).url == written.get_absolute_url()
    assert status() == "pending"
    rows = Consent.objects.all()
    assert {row.purpose for row in rows} == {"keep", "introduce"}
    assert {(row.channel, row.read_by, row.given_by) for row in rows} == {
        (channel, "Bodil", "self")
    }


def test_a_guardians_spoken_yes_is_noted_as_hers(browser, written):
    hand_over(browser, written, **{**SPOKEN, "given_by": "guardian"})
    assert Consent.objects.get().given_by == "guardian"


def test_no_young_person_says_the_yes_that_is_her_guardians(client, area, browser):
    register(client, area, "young")
    refused = hand_over(browser, only_record(), **SPOKEN)
    assert list(refused.context["form"].errors) == ["given_by"]
    assert (status(), Consent.objects.count()) == ("unconfirmed", 0)
    hand_over(browser, only_record(), **{**SPOKEN, "given_by": "guardian"})
    assert (status(), Consent.objects.get().given_by) == ("active", "guardian")
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"keep": ""}, "keep"),
        ({"channel": ""}, "channel"),
        ({"channel": "web"}, "channel"),
        ({"given_by": "neighbour"}, "given_by"),
        ({"read_by": "x" * 10_000}, "read_by"),
        ({"read_by": "a\x00b"}, "read_by"),
        ({"read_by": f"Bodil {CPR}"}, "read_by"),
    ],
)
def test_a_yes_that_was_noted_wrong_is_refused(browser, written, wrong, field):
    refused = hand_over(browser, written, **{**SPOKEN, **wrong})
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, [field])
    assert (status(), Consent.objects.count()) == ("unconfirmed", 0)


def test_nothing_is_ticked_beforehand(browser, written):
    form = hand_over(browser, written).context["form"]
    assert not any(form[purpose].value() for purpose in Consent.Purpose)
    assert not form["channel"].value()


def test_she_says_no(browser, written):
    page = hand_over(browser, written)
    assert written.url("erase") in text_of(page)
    browser.post(written.url("erase"))
    assert not Asset.objects.exists()


# Who may


@pytest.mark.parametrize("sent", [{}, {"code": "1"}, SPOKEN])
def test_only_the_areas_coordinators_hand_over(
    client, area, neighbour, partner, stranger, written, sent
):
    assert hand_over(client, written, **sent).url.startswith("/account/login/code/?next=")
    for user in (neighbour, partner, stranger):
        assert hand_over(browser_of(user), written, **sent).status_code == 403
    assert (status(), Approval.objects.count()) == ("unconfirmed", 0)


def test_not_even_the_owner_hands_herself_over(written, neighbour):
    Asset.objects.update(owner=neighbour)
    assert hand_over(browser_of(neighbour), written, **SPOKEN).status_code == 403


def test_what_is_archived_is_not_handed_over(browser, written):
    Asset.objects.update(status="archived")
    for sent in ({}, {"code": "1"}, SPOKEN):
        assert hand_over(browser, written, **sent).status_code == 404
    assert not Consent.objects.exists()


# A way in for somebody whose record is in use


def approve(area, code, **sent):
    url = reverse("register:approve", args=[area.slug])
    return visitor().post(url, {"code": code, "answer": "yes", "keep": "on"} | sent)


@pytest.mark.parametrize("now", ["active", "pending"])
def test_she_who_said_yes_on_paper_gets_a_way_in(area, browser, written, now):
    Asset.objects.update(status=now)
    assert written.url("hand-over") in text_of(browser.get(written.get_absolute_url()))
    code = hand_over(browser, written, code="1").context["code"]
    receipt = approve(area, code).context["code"]
    assert receipt not in text_of(hand_over(browser, written))
    assert holder_of(receipt) == only_record().owner
    assert status() == now


def test_she_who_lost_her_receipt_gets_a_new_one(client, area, browser):
    lost = register(client, area).context["code"]
    record = only_record()
    code = hand_over(browser, record, code="1").context["code"]
    receipt = approve(area, code).context["code"]
    assert (holder_of(lost), holder_of(receipt)) == (None, record.owner)
    assert hand_over(browser, record).status_code == 200


def test_a_code_in_a_coordinators_hands_opens_no_introduction(client, area, browser, neighbour):
    """Neither the page behind the code nor the way in that it leads to tells their words."""
    lost = register(client, area).context["code"]
    record = only_record()
    words = {"message": "qxmessage", "asker_name": "qxname", "asker_contact": "qxcontact"}
    asked = Introduction.objects.create(resident=record, asker=neighbour, **words)
    other = make_resident(area, owner=neighbour)
    own = Introduction.objects.create(resident=other, asker=record.owner, message="qxown")
    code = hand_over(browser, record, code="1").context["code"]
    page = text_of(approve(area, code, answer=""))
    assert not [word for word in (*words.values(), "qxown") if word in page]
    receipt = approve(area, code).context["code"]
    for introduction in (asked, own):
        introduction.refresh_from_db()
        assert (introduction.state, introduction.message) == ("stopped", "")
    assert holder_of(lost) is None and holder_of(receipt) == record.owner


def test_an_old_record_has_thirty_days_from_now(browser, written):
    Asset.objects.update(status="active", created_at=timezone.now() - timedelta(days=400))
    code = hand_over(browser, written, code="1").context["code"]
    assert Approval.objects.open_to(code)


def test_she_who_has_an_e_mail_needs_no_code(browser, written, neighbour):
    Asset.objects.update(status="active", owner=neighbour)
    assert hand_over(browser, written, code="1").status_code == 404
    assert written.url("hand-over") not in text_of(browser.get(written.get_absolute_url()))


def test_no_yes_is_noted_for_a_record_in_use(browser, written):
    Asset.objects.update(status="active")
    assert hand_over(browser, written, **SPOKEN).status_code == 404
    assert not Consent.objects.exists()


def test_a_young_persons_way_to_more_goes_by_her_guardian(client, area, browser):
    page = register(client, area, "young")
    approve(area, page.context["guardian_code"])
    client.post(reverse("me:open", args=[area.slug]), {"code": page.context["code"]})
    consent = reverse("me:consent", args=[area.slug])
    refused = client.post(consent, {"purpose": "introduce", "yes": "1"}, follow=True)
    assert "A parent or guardian says yes to this." in text_of(refused)
    code = hand_over(browser, only_record(), code="1").context["code"]
    approve(area, code, introduce="on")
    given = Consent.objects.standing().values_list("purpose", "given_by")
    assert set(given) == {("keep", "guardian"), ("introduce", "guardian")}


def test_a_record_of_another_area_is_not_under_this_one(area, other_area, browser):
    elsewhere = make_resident(other_area, status="unconfirmed")
    url = reverse("residents:hand-over", args=[area.slug, elsewhere.uid])
    assert browser.get(url).status_code == 404
    assert browser.post(url, SPOKEN).status_code == 404
    assert Resident.objects.get().status == "unconfirmed"
