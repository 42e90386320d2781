"""Somebody proposes that two assets meet."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from assetmap.areas.models import User
from assetmap.inventory.models import Asset
from assetmap.network.introducing.meeting_forms import RESTS
from assetmap.network.models import Meeting
from residents.introduction_forms import BY_ONE_ASKER, TO_ONE_RESIDENT
from residents.models import Consent
from tests.contracts import CPR, browser_of, text_of
from tests.factories import make_association, make_place, make_user
from tests.network.introducing.rows import agreeing, propose_url, proposed, url

WHY = {"reason": "qxreason: sew on Thursdays"}


def ask(area, who, one, other, **typed):
    return browser_of(who).post(propose_url(area, one, other), WHY | typed, follow=True)


def test_one_text_is_all_it_takes_and_both_are_asked(area, connector, club, library):
    page = browser_of(connector).get(propose_url(area, library, club))
    assert page.status_code == 200
    assert list(page.context["form"].fields) == ["reason"]
    answer = ask(area, connector, library, club)
    meeting = Meeting.objects.get()
    assert (meeting.one_id, meeting.other_id) == (club.pk, library.pk)
    assert (meeting.connector, meeting.area, meeting.state) == (connector, area, "asked")
    assert answer.redirect_chain == [(url("meeting", area, meeting.pk), 302)]
    assert "Both sides are asked." in text_of(answer)
    assert "Syklubben" in text_of(browser_of(connector).get(url("meetings", area)))


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, f"I am {CPR}", "nul \0 byte"])
def test_a_reason_that_cannot_be_kept_is_refused_in_words(area, connector, club, library, reason):
    answer = ask(area, connector, club, library, reason=reason)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["reason"]
    assert answer.context["form"]["reason"].value() == reason
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("role", ["resident", "partner", "coordinator"])
def test_every_member_of_the_area_may_propose(area, club, library, role):
    ask(area, make_user(role, area), club, library)
    assert Meeting.objects.count() == 1


def test_who_is_no_member_may_not(client, area, stranger, club, library):
    address = propose_url(area, club, library)
    assert browser_of(stranger).get(address).status_code == 403
    assert browser_of(stranger).post(address, WHY).status_code == 403
    for answer in (client.get(address), client.post(address, WHY)):
        assert answer.status_code == 302
        assert "/account/" in answer.url
    assert not Meeting.objects.exists()


def hidden(asset):
    Asset.objects.filter(pk=asset.pk).update(visibility="private")


def archived(asset):
    Asset.objects.filter(pk=asset.pk).update(status="archived")


@pytest.mark.parametrize("close", [hidden, archived])
def test_only_what_is_seen_and_in_use_is_proposed(area, connector, club, library, close):
    close(club)
    assert ask(area, connector, club, library).status_code == 404
    assert not Meeting.objects.exists()


def not_agreed(ida):
    Consent.objects.withdraw(ida, Consent.Purpose.INTRODUCE)


def without_owner(ida):
    Asset.objects.filter(pk=ida.pk).update(owner=None)


def owner_cannot_sign_in(ida):
    User.objects.filter(pk=ida.owner_id).update(is_active=False)


@pytest.mark.parametrize("close", [not_agreed, without_owner, owner_cannot_sign_in, hidden])
def test_a_resident_who_cannot_or_will_not_answer_is_not_asked(area, connector, club, ida, close):
    close(ida)
    assert browser_of(connector).get(propose_url(area, club, ida)).status_code == 404
    assert ask(area, connector, club, ida).status_code == 404
    assert not Meeting.objects.exists()


def test_a_resident_who_agreed_is_asked(area, connector, club, ida):
    ask(area, connector, club, ida)
    assert Meeting.objects.get().other_id == ida.pk


@pytest.mark.parametrize("uid", ["nonsense", "", "00000000-0000-0000-0000-000000000000"])
def test_an_address_without_two_is_not_found(area, connector, club, uid):
    for address in (f"{url('propose', area)}?one={club.uid}&other={uid}", url("propose", area)):
        assert browser_of(connector).get(address).status_code == 404
        assert browser_of(connector).post(address, WHY).status_code == 404


def test_nothing_meets_itself(area, connector, club):
    assert ask(area, connector, club, club).status_code == 404


def test_two_of_different_areas_do_not_meet(area, other_area, connector, club):
    assert ask(area, connector, club, make_place(other_area)).status_code == 404


# Once, and not too often --------------------------------------------------------------------


def test_what_is_proposed_already_is_refused_in_words(area, meeting, neighbour, club, library):
    answer = ask(area, neighbour, club, library)
    assert "Somebody has proposed this already." in text_of(answer)
    assert "sew on Thursdays" in text_of(answer)
    assert Meeting.objects.count() == 1


def test_who_proposed_it_is_led_to_it(area, connector, meeting, club, library):
    answer = browser_of(connector).get(propose_url(area, library, club))
    assert answer.url == url("meeting", area, meeting.pk)


def test_two_at_once_make_one_meeting(area, connector, neighbour, club, library, monkeypatch):
    """As if the other wrote the row after this one had looked."""
    monkeypatch.setattr(Meeting, "validate_constraints", lambda *args, **kwargs: None)
    ask(area, connector, club, library)
    before = len(mail.outbox)
    again = ask(area, neighbour, club, library)
    assert "Somebody has proposed this already." in text_of(again)
    assert Meeting.objects.count() == 1
    assert len(mail.outbox) == before


def test_the_database_keeps_one_open_meeting_of_two(area, meeting, neighbour, club, library):
    with pytest.raises(IntegrityError), transaction.atomic():
        proposed(area, neighbour, club, library)


def over(area, connector, one, other, state="stopped", **fields):
    return proposed(area, connector, one, other, state=state, reason="", **fields)


def test_one_connector_is_slowed_down_in_words(area, connector, club, library):
    for _ in range(BY_ONE_ASKER):
        over(area, connector, make_place(area), make_place(area))
    answer = ask(area, connector, club, library)
    assert "You have proposed several meetings today. Try again after" in text_of(answer)
    assert "sew on Thursdays" in text_of(answer)
    Meeting.objects.update(created_at=timezone.now() - timedelta(hours=25))
    ask(area, connector, club, library)
    assert Meeting.objects.filter(state="asked").count() == 1


def test_one_side_is_not_flooded(area, connector, club, library):
    for _ in range(TO_ONE_RESIDENT):
        over(area, make_user("partner", area), club, make_place(area))
    answer = ask(area, connector, club, library)
    assert "has been asked several times today. Try again after" in text_of(answer)
    assert not Meeting.objects.filter(state="asked").exists()


def test_after_a_no_it_rests_for_a_month(area, connector, club, library):
    row = over(area, connector, club, library, "declined", answered_at=timezone.now())
    assert "Let it rest for a month." in text_of(ask(area, connector, club, library))
    Meeting.objects.filter(pk=row.pk).update(answered_at=timezone.now() - RESTS)
    ask(area, connector, club, library)
    assert Meeting.objects.filter(state="asked").exists()


def test_what_was_stopped_may_be_proposed_again(area, connector, club, library):
    over(area, connector, club, library, answered_at=timezone.now())
    ask(area, connector, club, library)
    assert Meeting.objects.filter(state="asked").exists()


# The mails ----------------------------------------------------------------------------------


def test_both_sides_are_told_that_something_waits_and_nothing_more(area, connector, club, ida):
    ask(area, connector, club, ida)
    link = f"http://testserver{url('meeting', area, Meeting.objects.get().pk)}\n"
    assert [m.to for m in mail.outbox] == [["qxchair@example.org"], ["qxher@example.org"]]
    for message in mail.outbox:
        assert link in message.body
        everything = f"{message.subject} {message.body}"
        assert not [word for word in ("qx", "Ida", "Syklubben") if word in everything]


def test_the_coordinators_are_told_where_nobody_looks_after_a_side(area, coordinator, neighbour):
    ask(area, neighbour, make_association(area), make_place(area))
    assert [message.to for message in mail.outbox] == [[coordinator.email]]


def test_a_side_without_an_email_finds_it_in_the_list(area, connector, she, club, ida):
    User.objects.filter(pk=she.pk).update(email=None)
    ask(area, connector, club, ida)
    assert [message.to for message in mail.outbox] == [["qxchair@example.org"]]
    page = text_of(browser_of(she).get(url("meetings", area)))
    assert "Read it, and say yes or no." in page


def test_who_proposes_for_her_own_gets_no_mail_and_answers_on_the_page(area, chair, club):
    friend = agreeing(area, "Bo", Consent.Purpose.INTRODUCE, owner=make_user("resident", area))
    answer = ask(area, chair, club, friend)
    assert [message.to for message in mail.outbox] == [[friend.owner.email]]
    assert [form.side for form in answer.context["forms"]] == ["one"]
