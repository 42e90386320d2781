"""What was said of her: she lets it stand, hides it, sends it back or erases it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assetmap.network.models import Recognition
from tests.contracts import text_of
from tests.factories import make_resident

from .rows import WORDS, make_recognition, only, url


@pytest.fixture
def said(area, record):
    return make_recognition(area, record)


@pytest.fixture
def hers(client, fatma):
    client.force_login(fatma)
    return client


def answer(client, said, do):
    return client.post(url("recognition-answer", said.area, said.pk), {"do": do}, follow=True)


def page(client, area):
    return client.get(url("my-recognitions", area))


def test_she_reads_what_waits_and_how_long_it_does(hers, area, record):
    make_recognition(area, record, days=28.5)
    text = text_of(page(hers, area))
    assert WORDS in text
    assert "2 days left to answer" in text


def test_her_own_page_says_that_something_waits(hers, area, said):
    me = reverse("me:me", args=[area.slug])
    assert "A neighbour has said why they go to you." in text_of(hers.get(me))
    answer(hers, said, "accept")
    text = text_of(hers.get(me))
    assert "has said why they go to you" not in text
    assert url("my-recognitions", area) in text


@pytest.mark.parametrize(
    ("do", "state", "said_after"),
    [("accept", "accepted", "stands on your page now"), ("hide", "hidden", "Only you can see")],
)
def test_she_answers(hers, area, said, do, state, said_after):
    assert said_after in text_of(answer(hers, said, do))
    kept = only()
    assert kept.state == state
    assert kept.answered_at is not None
    assert WORDS in text_of(page(hers, area))


def test_she_changes_her_mind_as_often_as_she_likes(hers, said):
    for do, state in [("hide", "hidden"), ("accept", "accepted"), ("hide", "hidden")]:
        answer(hers, said, do)
        assert only().state == state


@pytest.mark.parametrize("state", ["waiting", "accepted", "hidden"])
def test_she_erases_it_whatever_she_said_before(hers, area, record, state):
    said = make_recognition(area, record, state=state)
    assert "It is erased." in text_of(answer(hers, said, "erase"))
    assert not Recognition.objects.exists()
    assert "not there any more" in text_of(answer(hers, said, "accept"))


def test_what_is_not_about_her_goes_back_to_the_coordinators(hers, area, said):
    assert "goes back" in text_of(answer(hers, said, "not-me"))
    assert (only().resident, only().state) == (None, "waiting")
    assert WORDS not in text_of(page(hers, area))


def test_what_she_has_answered_cannot_be_sent_back(hers, area, record):
    said = make_recognition(area, record, state="accepted")
    answer(hers, said, "not-me")
    assert only().resident == record


def test_what_she_answered_is_kept_longer_than_thirty_days(hers, area, record):
    for state in ("accepted", "hidden"):
        make_recognition(area, record, days=400, state=state, reason=f"{state} for længe siden")
    text = text_of(page(hers, area))
    assert "accepted for længe siden" in text and "hidden for længe siden" in text


def test_what_she_did_not_answer_in_time_is_gone_for_her_too(hers, area, record):
    old = make_recognition(area, record, days=30)
    assert WORDS not in text_of(page(hers, area))
    assert "not there any more" in text_of(answer(hers, old, "accept"))
    assert only().state == "waiting"
    assert "has said why" not in text_of(hers.get(reverse("me:me", args=[area.slug])))


@pytest.mark.parametrize("do", ["", "nonsense"])
def test_an_answer_that_is_none_changes_nothing_and_is_said(hers, said, do):
    assert "Press one of the buttons." in text_of(answer(hers, said, do))
    assert only().state == "waiting"


def test_a_visitor_is_led_to_the_ways_in(client, area, said):
    to_the_code = reverse("me:open", args=[area.slug])
    assert page(client, area).url == to_the_code
    sent = client.post(url("recognition-answer", area, said.pk), {"do": "accept"})
    assert sent.url == to_the_code
    assert only().state == "waiting"


@pytest.mark.parametrize("who", ["neighbour", "partner", "coordinator", "stranger"])
def test_nobody_else_reads_it_or_answers_for_her(client, request, area, said, who):
    client.force_login(request.getfixturevalue(who))
    assert page(client, area).status_code == 404
    assert answer(client, said, "accept").status_code == 404
    assert only().state == "waiting"


def test_somebody_with_a_record_of_her_own_answers_only_what_is_about_her(
    client, area, said, neighbour
):
    make_resident(area, "Bo", owner=neighbour)
    client.force_login(neighbour)
    assert WORDS not in text_of(page(client, area))
    for do in ("accept", "hide", "not-me", "erase"):
        assert "not there any more" in text_of(answer(client, said, do))
    assert only().state == "waiting" and only().resident is not None


def test_her_recognitions_in_another_area_are_not_on_this_page(hers, area, other_area, said):
    there = make_resident(other_area, "Fatma", owner=said.resident.owner)
    make_recognition(other_area, there, reason="Sagt i nabobyen")
    assert "Sagt i nabobyen" not in text_of(page(hers, area))
    assert "Sagt i nabobyen" in text_of(page(hers, other_area))


def test_more_rows_take_no_more_queries(hers, area, said):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page(hers, area)
        counts.append(len(queries))
        for state in ("waiting", "accepted", "hidden"):
            make_recognition(area, said.resident, state=state)
    assert counts[0] == counts[1]
