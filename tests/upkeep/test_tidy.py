"""The daily command, and the one that sends mail: told in counts, and no failure stops them."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from assetmap.areas.models import User
from assetmap.areas.receipts import new_holder
from assetmap.inventory.models import Asset
from assetmap.upkeep import retention
from residents.erasure import erase_resident
from residents.models import Consent, Resident
from tests.factories import make_place, make_resident

from .rows import CANARY, Purpose, ago, agree, make_old, make_unconfirmed, run, status_of


def run_with_failures():
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("tidy", stdout=out, stderr=out)
    return f"{out.getvalue()}{error.value}"


# Sessions and mail ------------------------------------------------------------------------


def test_unfinished_registrations_go_with_their_sessions(db):
    for name, end in (("old", ago(days=1)), ("new", timezone.now() + timedelta(days=1))):
        Session.objects.create(session_key=name, session_data=CANARY, expire_date=end)
    assert run()["unfinished registrations and old sessions, cleared"] == 1
    assert [session.session_key for session in Session.objects.all()] == ["new"]


@pytest.fixture
def queued(settings, db):
    """Two mails that wait in the queue; the server works again."""
    settings.EMAIL_BACKEND = "assetmap.areas.mail.QueueBackend"
    backends = {"default": "django.core.mail.backends.locmem.EmailBackend"}
    settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": backends}
    for address in ("anna@example.org", "bo@example.org"):
        send_mail("Hello", "Words", None, [address])


@pytest.mark.parametrize("command", ["tidy", "send_mail"])
def test_mail_that_waits_is_tried_again(queued, command):
    out = StringIO()
    call_command(command, stdout=out)
    assert "mails sent: 2" in out.getvalue()
    assert "waiting: 0" in out.getvalue()
    assert len(mail.outbox) == 2
    assert not Email.objects.exists()


def test_the_queue_is_told_while_the_server_is_down(queued, settings):
    settings.POST_OFFICE = {"BACKENDS": {"default": "tests.areas.test_mail.Down"}}
    out = StringIO()
    call_command("send_mail", stdout=out)
    assert out.getvalue() == "mails sent: 0, waiting: 2\n"


def test_the_question_waits_in_the_queue_while_the_server_is_down(
    queued, settings, area, neighbour, django_capture_on_commit_callbacks
):
    make_old(make_place, area, owner=neighbour)
    settings.POST_OFFICE = {"BACKENDS": {"default": "tests.areas.test_mail.Down"}}
    with django_capture_on_commit_callbacks(execute=True):
        assert run()["people asked whether it is still true"] == 1
    assert Email.objects.filter(to=neighbour.email).count() == 1


# The command ------------------------------------------------------------------------------


@pytest.fixture
def something_of_everything(area, neighbour):
    make_unconfirmed(area, 31, name=CANARY)
    for until in (-31, -1):
        agree(make_resident(area, CANARY, owner=new_holder()), until=until)
    agree(make_resident(area, CANARY), Purpose.CONNECT, until=-1)
    make_old(make_place, area, name=CANARY, owner=neighbour)
    Session.objects.create(session_key="old", session_data="x", expire_date=ago(days=1))


def snapshot():
    tables = (Asset, Resident, Consent, User, Session, Email)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_a_dry_run_tells_the_same_and_does_nothing(something_of_everything):
    before = snapshot()
    told = run("--dry-run")
    assert snapshot() == before
    assert mail.outbox == []
    done = run()
    assert snapshot() != before
    assert told == done


def test_running_twice_changes_nothing_more(something_of_everything):
    first = run()
    assert [number for number in first.values() if number] != []
    before = snapshot()
    assert set(run().values()) == {0}
    assert snapshot() == before
    assert len(mail.outbox) == 1


def test_it_tells_counts_and_never_a_name(something_of_everything):
    out = StringIO()
    call_command("tidy", stdout=out, stderr=out)
    assert CANARY not in out.getvalue()
    assert "example.org" not in out.getvalue()
    assert len(out.getvalue().splitlines()) == len(retention.CHORES) + 4


def test_one_failure_is_said_and_does_not_stop_the_rest(
    something_of_everything, area, monkeypatch
):
    stuck = make_unconfirmed(area, 40, name=CANARY)

    def erase(resident):
        resident.delete()
        if resident.uid == stuck.uid:
            raise ValueError(CANARY)

    pk = stuck.pk
    stuck_chore = retention.Chore("erased", retention.unanswered, erase)
    monkeypatch.setattr(
        "assetmap.upkeep.management.commands.tidy.CHORES", [stuck_chore, *retention.CHORES[1:]]
    )
    said = run_with_failures()
    assert f"erased: {pk} failed: ValueError" in said
    assert "erased: 1\n" in said
    assert said.endswith("1 failed; all the rest is done.")
    assert CANARY not in said
    assert list(Asset.objects.filter(status="unconfirmed").values_list("pk", flat=True)) == [pk]
    assert len(mail.outbox) == 1
    assert not Session.objects.exists()


def test_a_chore_that_fails_as_a_whole_does_not_stop_the_rest(
    something_of_everything, monkeypatch
):
    broken = retention.Chore("asked", lambda: 1 / 0, erase_resident)
    monkeypatch.setattr("assetmap.upkeep.management.commands.tidy.CHORES", [broken])
    assert "asked failed: ZeroDivisionError" in run_with_failures()
    assert not Session.objects.exists()


def test_what_changed_a_moment_ago_is_left_alone(area):
    """Somebody says yes between the list and the deed."""
    resident = make_unconfirmed(area, 31)
    chore = retention.CHORES[0]
    assert list(chore.due()) == [resident]
    Asset.objects.filter(pk=resident.pk).update(status="active")
    assert chore.see_to(resident.pk) is False
    assert status_of(resident) == "active"


def test_looking_takes_no_more_queries_for_more_rows(area, neighbour):
    counts = []
    for number in (1, 9):
        for _ in range(number):
            make_unconfirmed(area, 31)
            make_old(make_place, area, owner=neighbour)
        with CaptureQueriesContext(connection) as queries:
            run("--dry-run")
        counts.append(len(queries))
    assert counts[0] == counts[1]
