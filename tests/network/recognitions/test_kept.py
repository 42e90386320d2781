"""How long a recognition is kept, where it comes along, and who may see it where it stands."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assetmap.exchange.backup.tables import tables
from assetmap.network.models import Meeting, Recognition, Verdict
from residents.erasure import erase_resident
from residents.models import Resident
from residents.mydata import everything_about
from tests.factories import make_place
from tests.residents.registering import rows_with
from tests.upkeep.rows import run

from .rows import WORDS, make_recognition

CHORE = "recognitions nobody answered for 30 days, erased"


def shown_on_the_page_of(asset):
    return Template("{% load recognitions %}{% recognitions asset %}").render(
        Context({"asset": asset})
    )


# How long ---------------------------------------------------------------------------------


def test_what_nobody_answers_for_thirty_days_is_erased(area, record):
    for resident in (None, record):
        make_recognition(area, resident, days=30)
    kept = {make_recognition(area, resident, days=29.9).pk for resident in (None, record)}
    for state in ("accepted", "hidden"):
        kept.add(make_recognition(area, record, days=400, state=state).pk)
    assert run("--dry-run")[CHORE] == 2
    assert Recognition.objects.count() == 6
    assert run()[CHORE] == 2
    assert set(Recognition.objects.values_list("pk", flat=True)) == kept
    assert run()[CHORE] == 0


def test_it_is_gone_from_every_list_at_once(area, record):
    make_recognition(area, record, days=30)
    everything = Recognition.objects.all()
    assert not everything.waiting().exists() and not everything.in_time().exists()
    assert everything.lapsed().count() == 1


def test_all_that_was_said_of_her_is_erased_with_her(area, record):
    for state in ("waiting", "accepted", "hidden"):
        make_recognition(area, record, state=state)
    erase_resident(record)
    assert not list(rows_with("kanariefugl"))


def test_an_answer_without_anybody_who_answered_is_refused_by_the_database(area):
    for state in ("accepted", "hidden"):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_recognition(area, state=state)


# Where it comes along ---------------------------------------------------------------------


def told(record, hers):
    return everything_about(record, hers)["What neighbours say of you"]


def test_her_own_copy_holds_all_of_it_and_a_coordinators_only_what_she_lets_be_seen(area, record):
    for state in ("waiting", "accepted", "hidden"):
        make_recognition(area, record, state=state, reason=f"{WORDS} {state}")
    make_recognition(area, record, days=31, reason="for sent")
    hers = [value for _day, value in told(record, hers=True)]
    assert hers == [
        f"waits for an answer · Fatma: {WORDS} waiting",
        f"accepted · Fatma: {WORDS} accepted",
        f"hidden · Fatma: {WORDS} hidden",
    ]
    theirs = [value for _day, value in told(record, hers=False)]
    assert "waits for an answer" in theirs and "hidden" in theirs
    assert [value for value in theirs if WORDS in value] == [f"accepted · Fatma: {WORDS} accepted"]


def test_it_is_in_the_file_that_she_takes_with_her(client, area, record, fatma):
    make_recognition(area, record, state="hidden")
    client.force_login(fatma)
    file = client.get(reverse("me:json", args=[area.slug]))
    ((_day, value),) = json.loads(file.content)["What neighbours say of you"]
    assert WORDS in value


def test_her_copy_asks_every_app_above_that_keeps_something_about_her(area, record, fatma):
    """Of the tables of this app that name her only verdicts are left out: they hold no words."""
    named = {
        relation.related_model
        for relation in Resident._meta.related_objects
        if relation.related_model._meta.app_label == "network"
    }
    assert named == {Recognition, Meeting, Verdict}
    pair = {"one": record.asset_ptr, "other": make_place(area).asset_ptr}
    Meeting.objects.create(area=area, connector=fatma, reason="Mødet i haven", **pair)
    make_recognition(area, record)
    values = [value for rows in everything_about(record).values() for _what, value in rows]
    assert any(WORDS in value for value in values)
    assert any("Mødet i haven" in value for value in values)


def test_it_comes_along_in_a_backup():
    assert Recognition in tables()


# Where it stands --------------------------------------------------------------------------


def test_only_what_she_has_accepted_stands_on_her_page(area, record):
    for state in ("waiting", "accepted", "hidden"):
        make_recognition(area, record, state=state, name="Fatma", reason=f"Sagt: {state}")
    text = shown_on_the_page_of(record)
    assert "Sagt: accepted" in text
    assert "Sagt: waiting" not in text and "Sagt: hidden" not in text


def test_the_name_that_was_said_does_not_stand_there(area, record):
    """She may have chosen to be called otherwise."""
    make_recognition(area, record, state="accepted", name="Kanariefugl", reason="Breve")
    text = shown_on_the_page_of(record.asset_ptr)
    assert "Breve" in text and "Kanariefugl" not in text


def test_what_was_said_of_others_does_not_stand_there(area, record):
    make_recognition(area, Resident.objects.create(area=area, name="Bo"), state="accepted")
    assert shown_on_the_page_of(record).strip() == ""


def test_words_are_shown_as_words(area, record):
    make_recognition(area, record, state="accepted", reason="<script>x</script>")
    assert "<script>" not in shown_on_the_page_of(record)


def test_the_page_of_anything_else_asks_the_database_nothing(area):
    place = make_place(area)
    with CaptureQueriesContext(connection) as queries:
        assert shown_on_the_page_of(place).strip() == ""
    assert len(queries) == 0
