"""Unsung heroes are residents whom many lean on, without a post, and who said yes."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from assetmap.network.models import Recognition
from assetmap.network.readings.heroes import (
    MOST,
    SHOWN,
    Hero,
    heroes,
    recognitions_in,
    tell,
    without_a_post,
)
from tests.factories import make_resident
from tests.network.made import made

from .called import names

ONE = ["resident", "association", "association", "association"]


@pytest.mark.once
@pytest.mark.parametrize("kind", ["runs", "works_at"])
def test_whoever_runs_something_or_works_there_has_a_post(kind):
    network = made(4, [(0, 1), (0, 2), (0, 3)], ONE, kinds=["helps", "helps", kind])
    assert without_a_post(network) == {}


@pytest.mark.once
def test_a_member_and_helper_has_none():
    network = made(4, [(0, 1), (0, 2), (0, 3)], ONE, kinds=["helps", "member_of", "uses"])
    assert without_a_post(network) == {100: 3}


@pytest.mark.once
def test_two_ties_to_the_same_are_one_that_leans():
    network = made(2, [(0, 1), (0, 1)], ["resident", "association"], kinds=["helps", "uses"])
    assert without_a_post(network) == {100: 1}


@pytest.mark.once
def test_groups_and_places_are_no_heroes():
    assert without_a_post(made(2, [(0, 1)], ["association", "place"])) == {}


@pytest.mark.once
def test_ties_and_recognitions_lean_alike_and_the_most_come_first():
    found = heroes({1: 2, 2: 5, 3: 1, 4: 2}, Counter({1: 9, 4: 1}))
    assert found == [Hero(1, 2, 9), Hero(2, 5, 0), Hero(4, 2, 1)]


@pytest.mark.once
def test_why_is_said_in_the_singular_and_the_plural():
    network = made(1, [], ["resident"])
    (row,) = tell([Hero(100, 1, 2)], names(network)).rows
    assert row.reasons == [
        "Tied to 1 other.",
        "2 neighbours have said: that is whom I go to.",
    ]
    (row,) = tell([Hero(100, 0, 1)], names(network)).rows
    assert row.reasons == ["1 neighbour has said: that is whom I go to."]


@pytest.mark.once
def test_those_who_did_not_say_yes_are_counted():
    network = made(7, [], ["resident"] * 7)
    reading = tell([Hero(100 + n, 3, 0) for n in range(7)], names(network, but=range(1, 7)))
    assert [row.named.name for row in reading.rows] == ["A"]
    assert reading.unnamed == "There are also 6 neighbours who are not named."


@pytest.mark.once
def test_without_heroes_it_says_how_they_come_about():
    reading = tell([], {})
    assert reading.none == "Nobody stands out yet. Neighbours can say whom they go to, and why."


@pytest.mark.once
def test_only_some_are_looked_at_and_shown():
    found = heroes({100 + n: 3 for n in range(90)}, Counter())
    assert len(found) == MOST
    assert len(tell(found, names(made(90, [], ["resident"] * 90))).rows) == SHOWN


def test_only_recognitions_that_she_accepted_count(area, other_area):
    anna, berit = make_resident(area), make_resident(other_area)
    now = timezone.now()
    for state, resident in [
        ("accepted", anna),
        ("accepted", anna),
        ("hidden", anna),
        ("waiting", anna),
        ("waiting", None),
        ("accepted", berit),
    ]:
        Recognition.objects.create(
            area=resident.area if resident else area,
            resident=resident,
            name="Anna",
            reason="Hun hjælper",
            state=state,
            created_at=now - timedelta(days=1),
        )
    assert recognitions_in(area) == {anna.pk: 2}
