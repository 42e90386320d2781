"""Coordinators find out whom something was said about, and pass it on or erase it."""

import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.areas.receipts import new_holder
from assetmap.inventory.models import Asset
from assetmap.network.models import Recognition
from assetmap.network.recognitions.matching import MatchView
from tests.contracts import text_of
from tests.factories import make_offering, make_place, make_resident, make_user

from .rows import WORDS, make_recognition, only, url

PAGES = ["recognitions", "recognition-poster"]


@pytest.fixture
def said(area):
    return make_recognition(area)


@pytest.fixture
def keeper(client, coordinator):
    client.force_login(coordinator)
    return client


def pass_on(client, said, resident, **fields):
    sent = {"resident": getattr(resident, "uid", resident), **fields}
    return client.post(url("recognition", said.area, said.pk), sent, follow=True)


def test_what_waits_is_listed_with_the_days_that_are_left(keeper, area):
    make_recognition(area, days=27.5)
    text = text_of(keeper.get(url("recognitions", area)))
    assert WORDS in text and "Fatma" in text
    assert "3 days left" in text


def test_what_is_passed_on_answered_or_too_old_is_listed_no_more(keeper, area, record):
    make_recognition(area, record)
    make_recognition(area, record, state="accepted")
    make_recognition(area, record, state="hidden")
    old = make_recognition(area, days=30)
    text = text_of(keeper.get(url("recognitions", area)))
    assert WORDS not in text
    assert "1 more is passed on" in text
    assert keeper.get(url("recognition", area, old.pk)).status_code == 404


def test_the_poster_holds_the_address_as_words_and_as_a_picture(keeper, area):
    answer = keeper.get(url("recognition-poster", area))
    assert f"http://testserver{url('recognise', area)}" in text_of(answer)
    assert "<svg" in text_of(answer)


def test_neighbours_are_found_by_the_name_that_was_said(keeper, area, said, record):
    make_offering(record, "FG7")
    bo = make_resident(area, "Bo", owner=new_holder())
    text = text_of(keeper.get(url("recognition", area, said.pk)))
    assert str(record.uid) in text and str(bo.uid) not in text
    text = text_of(keeper.get(url("recognition", area, said.pk), {"q": "bo"}))
    assert str(bo.uid) in text and str(record.uid) not in text


@pytest.mark.parametrize("typed", ["", "%", "a\x00b", "x" * 5000, "'\"<"])
def test_any_search_is_answered(keeper, area, said, record, typed):
    assert keeper.get(url("recognition", area, said.pk), {"q": typed}).status_code == 200


def test_only_neighbours_in_use_who_can_answer_are_offered(keeper, area, other_area, said):
    shut_out = make_user("resident", area, is_active=False)
    cannot = [
        make_resident(area, "Fatma uden indgang"),
        make_resident(area, "Fatma lukket ude", owner=shut_out),
        make_resident(area, "Fatma i arkivet", owner=new_holder(), status="archived"),
        make_resident(area, "Fatma venter", owner=new_holder(), status="unconfirmed"),
        make_resident(other_area, "Fatma fra naboby", owner=new_holder()),
        make_place(area, "Fatmas have", owner=new_holder()),
    ]
    text = text_of(keeper.get(url("recognition", area, said.pk)))
    assert "Nobody is found to whom it could be passed on." in text
    assert "radio" not in text
    told = [asset.get_absolute_url() in text for asset in cannot]
    assert told == [True, True, False, False, False, False]
    for asset in cannot:
        answer = pass_on(keeper, said, asset)
        assert "cannot be chosen any more" in text_of(answer)
    assert only().resident is None


def test_it_is_passed_on_and_a_mail_says_so_in_no_word_of_it(keeper, area, said, record, fatma):
    answer = pass_on(keeper, said, record)
    assert "a mail says so" in text_of(answer)
    assert WORDS not in text_of(answer)
    assert only().resident == record
    (message,) = mail.outbox
    assert message.to == [fatma.email]
    assert url("my-recognitions", area) in message.body
    assert "kanariefugl" not in message.body + message.subject
    assert message.extra_headers["X-Record"] == str(record.uid)


def test_whoever_has_no_e_mail_is_told_by_the_coordinator(keeper, area, said):
    record = make_resident(area, "Fatma", owner=new_holder())
    assert "so tell them" in text_of(pass_on(keeper, said, record))
    assert only().resident == record
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("", "Choose who it is about."),
        ("nonsense", "cannot be chosen any more"),
        ("a\x00b", "cannot be chosen any more"),
        (uuid.UUID(int=7), "cannot be chosen any more"),
    ],
)
def test_a_choice_that_is_none_is_refused_in_words(keeper, said, record, sent, sentence):
    answer = pass_on(keeper, said, sent)
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert WORDS in text_of(answer)
    assert only().resident is None


def test_what_a_colleague_passed_on_meanwhile_stays_where_it_is(keeper, area, said, record):
    Recognition.objects.update(resident=record)
    other = make_resident(area, "Fatma", owner=new_holder())
    answer = pass_on(keeper, said, other)
    assert "in the meantime" in text_of(answer)
    answer = keeper.post(url("recognition-erase", area, said.pk), follow=True)
    assert "in the meantime" in text_of(answer)
    assert only().resident == record
    assert mail.outbox == []


def test_what_cannot_be_passed_on_is_erased(keeper, area, said):
    answer = keeper.post(url("recognition-erase", area, said.pk), follow=True)
    assert "It is erased." in text_of(answer)
    assert not Recognition.objects.exists()
    assert keeper.get(url("recognition-erase", area, said.pk)).status_code == 405


def test_many_of_one_name_are_cut_and_said_so(keeper, area, said):
    owner = new_holder()
    for _ in range(21):
        make_resident(area, "Fatma", owner=owner)
    text = text_of(keeper.get(url("recognition", area, said.pk)))
    assert text.count('type="radio"') == 20
    assert "There are more" in text


@pytest.mark.parametrize("who", ["visitor", "neighbour", "partner", "stranger", "fatma"])
def test_nobody_but_the_areas_coordinators_reads_or_decides(
    client, request, area, said, record, who
):
    if who != "visitor":
        client.force_login(request.getfixturevalue(who))
    addresses = [url(page, area) for page in PAGES] + [url("recognition", area, said.pk)]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == (302 if who == "visitor" else 403)
        assert WORDS not in text_of(answer)
    for page in ("recognition", "recognition-erase"):
        answer = client.post(url(page, area, said.pk), {"resident": record.uid})
        assert answer.status_code == (302 if who == "visitor" else 403)
    assert only().resident is None


def test_a_coordinator_reaches_nothing_that_was_said_elsewhere(keeper, area, other_area, record):
    there = make_recognition(other_area)
    assert WORDS not in text_of(keeper.get(url("recognitions", area)))
    assert keeper.get(url("recognition", area, there.pk)).status_code == 404
    keeper.post(url("recognition", area, there.pk), {"resident": record.uid})
    keeper.post(url("recognition-erase", area, there.pk))
    assert only().resident is None


def test_more_rows_take_no_more_queries(keeper, area, said, record):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            keeper.get(url("recognitions", area))
            keeper.get(url("recognition", area, said.pk))
        counts.append(len(queries))
        for _ in range(5):
            make_recognition(area)
            make_offering(make_resident(area, "Fatma", owner=new_holder()), "FG7")
    assert counts[0] == counts[1]


def test_whoever_left_a_moment_ago_gets_nothing(keeper, said, record, monkeypatch):
    """She pauses her page between the form that is sent and the deed."""
    pass_on_to = MatchView._pass_on_to

    def put_away_first(self, resident):
        Asset.objects.filter(pk=resident.pk).update(status="archived")
        return pass_on_to(self, resident)

    monkeypatch.setattr(MatchView, "_pass_on_to", put_away_first)
    assert "in the meantime" in text_of(pass_on(keeper, said, record))
    assert only().resident is None
