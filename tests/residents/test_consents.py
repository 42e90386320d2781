"""What a resident agrees to: one purpose a row, given and taken back with equal ease."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from residents.models import Consent, Resident
from residents.models.consent import LASTS, TEXT_VERSION
from tests.contracts import text_of
from tests.factories import make_area, make_resident, make_user
from tests.residents.registering import (
    fill_in,
    nothing_is_written,
    only_record,
    open_with,
    register,
    send,
    step_url,
)

Purpose = Consent.Purpose


@pytest.fixture
def owner(area):
    return make_user("resident", area)


@pytest.fixture
def record(area, owner):
    record = make_resident(area, "Ida", owner=owner)
    give(record, Purpose.KEEP)
    return record


def give(record, *purposes):
    return Consent.objects.give(record, purposes, language="da", channel="web")


def press(client, area, button, purpose):
    url = reverse("me:consent", args=[area.slug])
    return client.post(url, {"purpose": purpose, button: "1"}, follow=True)


def standing(record):
    return set(record.consents.standing().values_list("purpose", flat=True))


# Giving it at the registration


def test_each_purpose_is_one_row_with_its_words_way_and_end(client, area):
    register(client, area, finish={"introduce": "on", "remind": "on"})
    rows = Consent.objects.filter(resident=only_record())
    assert {row.purpose for row in rows} == {"keep", "introduce", "remind"}
    for row in rows:
        assert (row.text_version, row.language, row.channel) == (TEXT_VERSION, "en", "web")
        assert (row.given_by, row.read_by, row.withdrawn_at) == ("self", "", None)
        assert abs(row.expires_at - row.given_at - LASTS) < timedelta(seconds=5)
    assert not only_record().may_connect


def test_agreeing_to_connect_is_told_to_the_record(client, area):
    register(client, area, finish={"connect": "on"})
    assert only_record().may_connect


def test_the_language_that_the_words_were_read_in_is_noted(area):
    register(Client(headers={"accept-language": "da"}), area)
    assert Consent.objects.get().language == "da"


def test_without_the_consent_to_keep_nothing_is_written(client, area):
    fill_in(client, area)
    refused = send(client, area, "finish", introduce="on")
    assert "Without this tick nothing can be kept." in text_of(refused)
    assert refused.context["form"]["introduce"].value()
    assert nothing_is_written()


@pytest.mark.parametrize("basis", ["public_task", "legitimate"])
def test_keeping_is_not_asked_for_where_it_has_another_basis(client, db, basis):
    area = make_area(legal_basis=basis)
    fill_in(client, area)
    ticks = client.get(step_url(area, "finish")).context["form"].fields
    assert list(ticks) == ["introduce", "connect", "remind", "email"]
    send(client, area, "finish")
    assert only_record().status == "active"
    assert not Consent.objects.exists()


# Saying yes and taking it back on her page


@pytest.mark.parametrize("purpose", ["introduce", "connect", "remind"])
def test_she_says_yes_and_takes_it_back_with_one_press_each(client, area, owner, record, purpose):
    client.force_login(owner)
    assert "You have said yes." in text_of(press(client, area, "yes", purpose))
    assert standing(record) == {"keep", purpose}
    assert "You have taken it back." in text_of(press(client, area, "no", purpose))
    assert standing(record) == {"keep"}
    over = record.consents.get(purpose=purpose)
    assert timezone.now() - over.withdrawn_at < timedelta(minutes=1)
    assert (over.language, over.channel, over.given_by) == ("en", "web", "self")


def test_the_record_is_told_of_connecting_at_once(client, area, owner, record):
    client.force_login(owner)
    for button, may in (("yes", True), ("no", False), ("yes", True)):
        press(client, area, button, "connect")
        assert Resident.objects.get().may_connect is may


def test_saying_yes_twice_is_one_yes_and_a_new_yes_is_a_new_row(client, area, owner, record):
    client.force_login(owner)
    for button in ("yes", "yes", "no", "no", "yes"):
        press(client, area, button, "remind")
    rows = record.consents.filter(purpose="remind")
    assert [row.stands for row in rows] == [False, True]


def test_her_page_shows_what_she_says_yes_to_and_until_when(client, area, owner, record):
    client.force_login(owner)
    page = client.get(reverse("me:me", args=[area.slug]))
    shown = {purpose: bool(consent) for purpose, consent in page.context["consents"]}
    assert shown == {"keep": True, "introduce": False, "connect": False, "remind": False}


def test_the_consent_to_keep_is_taken_back_by_erasing(client, area, owner, record):
    client.force_login(owner)
    assert "all of it is erased" in text_of(press(client, area, "no", "keep"))
    assert standing(record) == {"keep"}


def test_a_consent_that_ran_out_is_given_anew(client, area, owner, record):
    yesterday = timezone.now() - timedelta(days=1)
    record.consents.update(expires_at=yesterday)
    assert not Resident.objects.get().may_be_kept
    client.force_login(owner)
    press(client, area, "yes", "keep")
    assert Resident.objects.get().may_be_kept
    assert [row.withdrawn_at for row in record.consents.all()] == [yesterday, None]


def test_confirming_lets_what_stands_hold_as_long_again(client, owner, record):
    give(record, Purpose.REMIND)
    Consent.objects.withdraw(record, Purpose.REMIND)
    soon = timezone.now() + timedelta(days=3)
    record.consents.update(expires_at=soon)
    client.force_login(owner)
    client.post(record.url("confirm"))
    kept, over = record.consents.order_by("purpose")
    assert (kept.expires_at > soon, over.expires_at) == (True, soon)


def test_a_coordinator_who_confirms_renews_no_consent(client, coordinator, record):
    soon = timezone.now() + timedelta(days=3)
    record.consents.update(expires_at=soon)
    client.force_login(coordinator)
    client.post(record.url("confirm"))
    assert record.consents.get().expires_at == soon


@pytest.mark.parametrize("purpose", ["", "sell", "KEEP", "keep\x00"])
@pytest.mark.parametrize("button", ["yes", "no"])
def test_a_purpose_that_there_is_not_changes_nothing(client, area, owner, record, button, purpose):
    client.force_login(owner)
    assert press(client, area, button, purpose).status_code == 200
    assert standing(record) == {"keep"}
    client.post(reverse("me:consent", args=[area.slug]))
    assert standing(record) == {"keep"}


def test_nobody_else_says_yes_for_her(client, area, coordinator, neighbour, stranger, record):
    url = reverse("me:consent", args=[area.slug])
    sent = {"purpose": "connect", "yes": "1"}
    assert client.post(url, sent).url == reverse("me:open", args=[area.slug])
    for user in (coordinator, neighbour, stranger):
        client.force_login(user)
        assert client.post(url, sent).status_code == 404
        assert client.get(url).status_code == 405
    assert Consent.objects.get().purpose == "keep"


def test_a_young_person_agrees_to_nothing_before_the_guardian_did(client, area):
    open_with(client, area, register(client, area, "young").context["code"])
    for purpose in Purpose:
        assert "It waits for a yes." in text_of(press(client, area, "yes", purpose))
    assert not Consent.objects.exists()


def test_her_page_says_that_the_consent_has_run_out_and_takes_a_new_one(
    client, area, owner, record
):
    """Put away by the daily command, it comes back by her own two presses."""
    give(record, "keep")
    past = timezone.now() - timedelta(days=1)
    Consent.objects.update(expires_at=past)
    Resident.objects.filter(pk=record.pk).update(status="archived")
    client.force_login(owner)
    said = "Your yes to keeping your page has run out."
    me = reverse("me:me", args=[area.slug])
    assert said in text_of(client.get(me))
    client.post(record.url("restore"))
    assert Resident.objects.get().status == "archived"
    press(client, area, "yes", "keep")
    assert said not in text_of(client.get(me))
    client.post(record.url("restore"))
    assert Resident.objects.get().status == "active"
