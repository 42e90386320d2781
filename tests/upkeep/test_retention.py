"""What is kept no longer than it may be, and who is asked whether it is still true."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from assetmap.areas.models import User
from assetmap.areas.receipts import issue, new_holder
from assetmap.inventory.models import Asset
from residents.models import Approval, Consent, Resident
from tests.factories import make_area, make_place, make_resident, make_user

from .rows import CANARY, Purpose, ago, agree, make_old, make_unconfirmed, run, status_of

# What nobody said yes to ------------------------------------------------------------------


def test_a_record_that_nobody_confirms_goes_after_thirty_days(area):
    old, new = make_unconfirmed(area, 31), make_unconfirmed(area, 29)
    assert run()["records nobody said yes to in time, erased"] == 1
    assert status_of(old) is None
    assert status_of(new) == "unconfirmed"


def test_a_record_that_waits_for_a_guardian_goes_after_fourteen_days(area):
    late, in_time, for_herself = (make_unconfirmed(area, days) for days in (15, 13, 15))
    for resident, who in ((late, "guardian"), (in_time, "guardian"), (for_herself, "person")):
        Approval.objects.ask(resident, who)
    run()
    assert [status_of(row) for row in (late, in_time, for_herself)] == [
        None,
        "unconfirmed",
        "unconfirmed",
    ]


def test_only_what_waits_for_the_person_herself_goes(area):
    kept = [
        make_resident(area, status=status, created_at=ago(days=900))
        for status in ("active", "pending", "archived")
    ]
    make_place(area, created_at=ago(days=900), confirmed_at=ago(days=1))
    run()
    assert [status_of(row) for row in kept] == ["active", "pending", "archived"]
    assert Asset.objects.count() == 4


def test_the_holder_of_a_receipt_goes_with_her_record(area):
    holder = new_holder()
    issue(holder)
    make_unconfirmed(area, 31, owner=holder)
    run()
    assert not User.objects.exists()


# What consent no longer allows ------------------------------------------------------------


def test_a_record_is_out_of_sight_at_once_when_its_consent_runs_out(area):
    over, standing = make_resident(area), make_resident(area)
    agree(over, until=-1)
    agree(standing, until=1)
    assert run()["records whose consent is over, archived"] == 1
    assert status_of(over) == "archived"
    assert status_of(standing) == "active"


def test_it_is_erased_thirty_days_later(area):
    over, long_over = make_resident(area), make_resident(area, owner=new_holder())
    agree(over, until=-29)
    agree(long_over, until=-31)
    assert run()["records 30 days without consent, erased"] == 1
    assert status_of(over) == "archived"
    assert status_of(long_over) is None
    assert not User.objects.exists()


def test_a_consent_that_was_closed_when_it_ran_out_still_counts_from_then(area):
    resident = make_resident(area)
    agree(resident, until=-5)
    run()
    Consent.objects.update(expires_at=ago(days=31), withdrawn_at=ago(days=31))
    run()
    assert status_of(resident) is None


def test_a_consent_that_was_taken_back_counts_from_then(area):
    resident = make_resident(area)
    agree(resident, withdrawn_at=ago(days=1))
    run()
    assert status_of(resident) == "archived"
    Consent.objects.update(withdrawn_at=ago(days=31))
    run()
    assert status_of(resident) is None


def test_a_consent_that_was_given_anew_keeps_the_record(area):
    resident = make_resident(area)
    agree(resident, until=-40, withdrawn_at=ago(days=40))
    agree(resident)
    run()
    assert status_of(resident) == "active"


def test_a_record_from_before_consents_were_noted_is_left_alone(area):
    resident = make_resident(area)
    agree(resident, Purpose.CONNECT, until=-400)
    run()
    assert status_of(resident) == "active"


@pytest.mark.parametrize("basis", ["public_task", "legitimate"])
def test_where_the_law_rests_on_something_else_the_record_stays(db, basis):
    resident = make_resident(make_area(legal_basis=basis))
    agree(resident, until=-400)
    run()
    assert status_of(resident) == "active"


def test_a_paused_record_whose_consent_stands_is_left_alone(area):
    resident = make_resident(area, status="archived", updated_at=ago(days=400))
    agree(resident, until=1)
    run()
    assert status_of(resident) == "archived"


def test_what_waits_for_the_person_is_not_let_in_by_the_archive(area):
    """Archived, it could be brought back without her."""
    resident = make_unconfirmed(area, 1)
    agree(resident, until=-1)
    run()
    assert status_of(resident) == "unconfirmed"


def test_other_consents_that_ran_out_are_closed_and_the_record_is_told(area):
    resident = make_resident(area, may_connect=True)
    agree(resident)
    ended = agree(resident, Purpose.CONNECT, until=-3)
    assert run()["people whose consents ran out, closed"] == 1
    ended.refresh_from_db()
    assert ended.withdrawn_at == ended.expires_at
    assert Resident.objects.get().may_connect is False
    assert [row.purpose for row in Consent.objects.standing()] == ["keep"]


# What is kept on another basis ------------------------------------------------------------


@pytest.mark.parametrize("basis", ["public_task", "legitimate"])
def test_a_record_nobody_confirms_for_two_years_is_archived_and_then_erased(db, basis):
    area = make_area("opgaven", legal_basis=basis)
    fresh, old, long_gone = (
        make_resident(area, confirmed_at=ago(days=days)) for days in (700, 740, 770)
    )
    Asset.objects.filter(pk=long_gone.pk).update(status="archived")
    run()
    assert [status_of(row) for row in (fresh, old, long_gone)] == ["active", "archived", None]


def test_where_consent_is_the_basis_only_the_consent_counts(area):
    kept = make_resident(area, confirmed_at=ago(days=900))
    agree(kept, until=1)
    run()
    assert status_of(kept) == "active"


# The yearly question ----------------------------------------------------------------------


def test_owners_are_asked_in_one_mail_each_and_not_again(area):
    people = [make_user("resident", area) for _ in range(2)]
    for user in people * 3:
        make_old(make_place, area, owner=user)
    assert run()["people asked whether it is still true"] == 2
    assert sorted(message.to[0] for message in mail.outbox) == sorted(u.email for u in people)
    assert run()["people asked whether it is still true"] == 0
    assert len(mail.outbox) == 2


def test_a_resident_is_asked_only_while_she_agrees_to_it(area, neighbour):
    resident = make_old(make_resident, area, owner=neighbour)
    agree(resident)
    run()
    assert mail.outbox == []
    consent = agree(resident, Purpose.REMIND, until=-1)
    run()
    assert mail.outbox == []
    Consent.objects.filter(pk=consent.pk).update(
        expires_at=timezone.now() + timedelta(days=9), withdrawn_at=None
    )
    run()
    assert [message.to for message in mail.outbox] == [[neighbour.email]]


def test_a_mail_names_no_resident_who_does_not_want_to_be_asked_about(area, neighbour):
    make_old(make_place, area, name="Haven", owner=neighbour)
    make_old(make_resident, area, name=CANARY, owner=neighbour)
    run()
    assert "Haven" in mail.outbox[0].body
    assert CANARY not in mail.outbox[0].body
