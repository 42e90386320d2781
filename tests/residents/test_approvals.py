"""A yes before a record is kept: from a guardian, or from the person a coordinator wrote about."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from assetmap.areas.models import User
from assetmap.areas.receipts import new_holder
from assetmap.inventory.models import Asset
from residents import approvals as module
from residents.models import Approval, Consent, Resident
from tests.contracts import browser_of, text_of
from tests.factories import make_offering, make_resident
from tests.residents.registering import (
    nothing_is_written,
    only_record,
    open_with,
    register,
    rows_with,
    send,
    signed_in,
    visitor,
)

CLOSED = "This code opens nothing: it may be answered, or too old."
YES = {"answer": "yes", "keep": "on"}
Who = Approval.Who


@pytest.fixture
def written(area, coordinator):
    """What a coordinator wrote about somebody."""
    record = make_resident(
        area,
        "Ida",
        status="unconfirmed",
        visibility="public",
        created_by=coordinator,
        summary="Knits for the whole stairway",
        availability="Mornings",
    )
    make_offering(record, "FG7")
    return record


@pytest.fixture
def young(area):
    """What somebody under 15 wrote of herself."""
    return make_resident(
        area, "Sol", status="unconfirmed", visibility="public", owner=new_holder()
    )


def ask(resident, who=Who.PERSON):
    return Approval.objects.ask(resident, who)


def approve(client, area, code, **answer):
    return client.post(reverse("register:approve", args=[area.slug]), {"code": code, **answer})


def status(resident):
    return Asset.objects.values_list("status", flat=True).get(pk=resident.pk)


def opens_nothing(client, area, code):
    refused = approve(client, area, code, **YES)
    return refused.status_code == 200 and CLOSED in refused.context["form"].errors["code"]


# What one is asked


def test_the_code_shows_all_that_is_written_and_changes_nothing(client, area, written):
    page = approve(client, area, ask(written))
    for word in ("Ida", "Keep bees", "Knits for the whole stairway", "Mornings"):
        assert word in text_of(page)
    assert "checked" not in text_of(page).partition("<main")[2]
    assert "no-store" in page["Cache-Control"]
    assert (status(written), Consent.objects.count()) == ("unconfirmed", 0)
    assert signed_in(client) is None


def test_the_page_shows_how_it_would_look_to_others(client, area, young):
    page = approve(client, area, ask(young, Who.GUARDIAN))
    assert [bool(view.resident) for view in page.context["seen"]] == [True] * 4
    assert status(young) == "unconfirmed"


def test_small_letters_and_spaces_do_no_harm(client, area, written):
    assert approve(client, area, f" {ask(written).lower()} ").context["resident"] == written


def test_a_yes_without_the_consent_to_keep_is_asked_for_again(client, area, written):
    page = approve(client, area, ask(written), answer="yes", remind="on")
    assert "Without this tick nothing can be kept." in text_of(page)
    assert page.context["ticks"]["remind"].value()
    assert (status(written), Consent.objects.count()) == ("unconfirmed", 0)


# A guardian answers


def test_a_guardians_yes_puts_it_in_use_as_the_young_person_chose(client, area, young):
    code = ask(young, Who.GUARDIAN)
    assert approve(client, area, code, **YES, introduce="on").url == area.get_absolute_url()
    assert status(young) == "pending"  # as the area is moderated
    rows = young.consents.all()
    assert {(row.purpose, row.given_by, row.channel) for row in rows} == {
        ("keep", "guardian", "web"),
        ("introduce", "guardian", "web"),
    }
    assert signed_in(client) is None  # the record is not the guardian's
    assert not Approval.objects.exists()


def test_a_guardians_no_erases_it_with_the_way_in(client, area):
    receipt = register(client, area, "young", who={"called": "Kanariefugl"}).context
    said = approve(visitor(), area, receipt["guardian_code"], answer="no")
    assert said.url == area.get_absolute_url()
    assert nothing_is_written()
    assert not list(rows_with("Kanariefugl"))
    assert open_with(client, area, receipt["code"]).status_code == 200


def test_the_guardian_is_mailed_a_link_and_the_address_is_not_kept(client, area):
    register(client, area, "young", finish={"guardian_email": "kanariefugl@example.org"})
    (message,) = mail.outbox
    assert message.to == ["kanariefugl@example.org"]
    assert f"/{area.slug}/register/approve/#" in message.body
    assert "Fatma" not in message.subject + message.body
    assert not list(rows_with("kanariefugl"))
    assert "kanariefugl" not in str(dict(client.session.items()))
    code = message.body.partition("#")[2].split()[0]
    assert approve(visitor(), area, code).context["resident"] == only_record()


def test_the_young_persons_own_code_says_no_yes(client, area):
    code = register(client, area, "young").context["code"]
    assert opens_nothing(client, area, code)
    assert only_record().status == "unconfirmed"


def test_before_the_yes_only_she_and_the_coordinators_see_it(
    client, area, neighbour, partner, stranger, coordinator
):
    code = register(client, area, "young", who={"visibility": "public"}).context["code"]
    page = only_record().get_absolute_url()
    explore = area.get_absolute_url()
    for browser in (visitor(), *map(browser_of, (neighbour, partner, stranger))):
        assert browser.get(page).status_code == 404
        assert "Fatma" not in text_of(browser.get(explore))
    open_with(client, area, code)
    assert client.get(page).status_code == 200
    assert "It waits for a yes from your parent or guardian." in text_of(
        client.get(reverse("me:me", args=[area.slug]))
    )
    assert browser_of(coordinator).get(page).status_code == 200


def test_fourteen_days_later_nobody_can_say_yes(client, area, young):
    Resident.objects.update(created_at=timezone.now() - timedelta(days=14, minutes=1))
    young.refresh_from_db()
    assert opens_nothing(client, area, ask(young, Who.GUARDIAN))


# The person answers


def test_her_yes_makes_it_hers_and_gives_her_a_receipt(client, area, written):
    receipt = approve(client, area, ask(written), **YES, connect="on")
    kept = only_record()
    assert (kept.status, kept.owner.email, kept.may_connect) == ("pending", None, True)
    assert {row.given_by for row in kept.consents.all()} == {"self"}
    assert open_with(client, area, receipt.context["code"]).status_code == 302
    assert signed_in(client) == str(kept.owner.pk)


def test_a_yes_to_what_nobody_else_sees_needs_no_moderator(client, area, written):
    Asset.objects.update(visibility="private")
    approve(client, area, ask(written), **YES)
    assert status(written) == "active"


def test_her_no_erases_it(client, area, written):
    approve(client, area, ask(written), answer="no")
    assert not Asset.objects.exists()
    assert not list(rows_with("Knits for the whole stairway"))


def test_a_yes_that_is_sent_twice_gives_a_new_receipt_and_only_here(client, area, written):
    code = ask(written)
    first = approve(client, area, code, **YES).context["code"]
    again = approve(client, area, code, **YES).context["code"]
    assert opens_nothing(visitor(), area, code)
    assert open_with(visitor(), area, first).status_code == 200
    assert open_with(visitor(), area, again).status_code == 302
    assert (User.objects.filter(email=None).count(), Consent.objects.count()) == (1, 1)


def test_ten_minutes_after_a_yes_the_code_opens_nothing(client, area, written, monkeypatch):
    code, now = ask(written), time.time()
    approve(client, area, code, **YES)
    monkeypatch.setattr(module.time, "time", lambda: now + 700)
    assert opens_nothing(client, area, code)


def test_her_yes_is_whole_or_not_at_all(client, area, written, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("residents.receipt.issue", fail)
    with pytest.raises(RuntimeError):
        approve(client, area, ask(written), **YES)
    assert (status(written), Consent.objects.count()) == ("unconfirmed", 0)
    assert Resident.objects.get().owner is None


# Codes that open nothing


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKMN", "----", "🪴", "%"])
def test_a_wrong_code_is_refused_in_words(client, area, written, code):
    ask(written)
    assert opens_nothing(client, area, code)
    assert status(written) == "unconfirmed"


@pytest.mark.parametrize("code", ["", "  ", "a\x00b", "x" * 10_000])
def test_what_is_no_code_at_all_is_refused(client, area, written, code):
    refused = approve(client, area, code, **YES)
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["code"])


def test_a_newer_code_makes_the_older_one_useless(client, area, written):
    first, second = ask(written), ask(written)
    assert opens_nothing(client, area, first)
    assert approve(client, area, second).context["resident"] == written


def test_a_code_is_answered_once(client, area, young):
    code = ask(young, Who.GUARDIAN)
    approve(client, area, code, **YES)
    assert opens_nothing(client, area, code)
    assert opens_nothing(visitor(), area, code)


def test_a_code_of_another_area_is_refused(client, area, other_area, written):
    assert opens_nothing(client, other_area, ask(written))
    assert status(written) == "unconfirmed"


def test_only_a_digest_of_the_code_is_kept(written):
    code = ask(written)
    assert not list(rows_with(code))
    assert not list(rows_with(code.replace("-", "")))


def test_the_eleventh_try_in_a_minute_is_refused_even_if_it_is_right(client, area, written):
    code = ask(written)
    for number in range(10):
        assert opens_nothing(client, area, f"ABCD-EFGH-JKM{number}")
    assert "There were too many tries from here." in text_of(approve(client, area, code, **YES))
    assert status(written) == "unconfirmed"


def test_a_young_one_asked_twice_keeps_the_first_day_to_answer_by(client, area):
    register(client, area, "young")
    first = Approval.objects.get().expires_at
    send(client, area, "finish")
    assert Approval.objects.get().expires_at == first
