"""What can be come by through one's ties."""

import time
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.network.measures.reach import reach, reached, usual
from tests.network.made import clique, made, resources, star

pytestmark = pytest.mark.once


def line(number):
    return made(number, pairwise(range(number)))


def test_an_asset_reaches_what_lies_two_ties_away_and_no_further():
    has = resources(4, gifts={1: (7,), 2: (8,), 3: (9,)})
    assert reach(line(4), has).gifts == [2, 2, 2, 2]
    assert reach(line(4), has).assets == [2, 3, 3, 2]


def test_what_an_asset_has_itself_it_need_not_reach():
    found = reach(star(2), resources(3, gifts={0: (7,)}, rooms={0: "room"}, money={0: 500}))
    assert found.gifts == [0, 1, 1]
    assert found.rooms == [0, 1, 1]
    assert found.money == [0, 500, 500]


def test_a_gift_that_two_give_is_one_gift_and_own_words_are_each_their_own():
    found = reach(star(3), resources(4, gifts={1: (7, 8), 2: (8,)}, words={2: 1, 3: 2}))
    assert found.gifts[0] == 2 + 3


def test_variety_counts_gifts_kinds_of_places_and_money():
    has = resources(5, gifts={1: (7,)}, rooms={2: "room", 3: "room", 4: "garden"}, money={1: 9})
    found = reach(star(4), has)
    assert found.rooms[0] == 3
    assert found.variety[0] == 1 + 2 + 1


def test_what_is_reached_is_told_by_one_tie_and_by_two():
    has = resources(4, gifts={1: (7,), 2: (7, 8)}, words={2: 1}, rooms={2: "room"}, money={1: 40})
    found = reached(line(4), has, [0])
    assert found.one_tie.gifts == {7: 1}
    assert found.one_tie.money == 40
    assert (found.two_ties.gifts, found.two_ties.words) == ({7: 1, 8: 1}, 1)
    assert found.two_ties.rooms == {"room": 1}
    assert found.both.gifts == {7: 2, 8: 1}
    assert found.both.different_gifts == 3
    assert found.both.number_of_rooms == 1


def test_a_group_reaches_what_is_outside_of_it():
    has = resources(5, gifts={0: (1,), 1: (2,), 2: (3,), 3: (4,), 4: (5,)})
    found = reached(line(5), has, [0, 1])
    assert found.both.gifts == {3: 1, 4: 1}
    assert found.both.assets == 2


def test_a_tie_that_stands_twice_reaches_nothing_twice():
    has = resources(2, gifts={1: (7,)}, words={1: 1}, money={1: 5})
    once, twice = made(2, [(0, 1)]), made(2, [(0, 1), (1, 0)])
    assert reach(once, has) == reach(twice, has)
    assert reached(twice, has, [0]).both.words == 1


def test_an_empty_area_and_assets_without_ties_reach_nothing():
    assert reach(made(0, []), resources(0)).gifts == []
    found = reach(made(2, []), resources(2, gifts={0: (7,), 1: (8,)}))
    assert (found.assets, found.gifts, found.variety) == ([0, 0], [0, 0], [0, 0])
    assert reached(made(0, []), resources(0), []).both.assets == 0


def test_half_of_an_area_reaches_what_is_usual():
    found = reach(star(3), resources(4, gifts={0: (7,)}, rooms={1: "room"}))
    area = usual(found)
    assert found.rooms == [1, 0, 1, 1]
    assert (area.gifts, area.rooms, area.money) == (1, 1, 0)
    assert (area.with_gifts, area.with_rooms, area.with_money) == (0.75, 0.75, 0.0)
    assert usual(found, [0]).with_gifts == 0.0


def test_nothing_is_usual_in_an_empty_area():
    assert usual(reach(made(0, []), resources(0))).with_gifts == 0.0


@st.composite
def inventories(draw):
    number = draw(st.integers(1, 12))
    vertex = st.integers(0, number - 1)
    ends = draw(st.lists(st.tuples(vertex, vertex).filter(lambda p: p[0] != p[1]), max_size=25))
    gifts = draw(st.dictionaries(vertex, st.sets(st.integers(1, 5)).map(tuple)))
    words = draw(st.dictionaries(vertex, st.integers(0, 3)))
    rooms = draw(st.dictionaries(vertex, st.sampled_from(["room", "garden"])))
    money = draw(st.dictionaries(vertex, st.integers(0, 900)))
    return made(number, ends), resources(
        number, gifts=gifts, words=words, rooms=rooms, money=money
    )


@settings(max_examples=200, deadline=None, derandomize=True)
@given(inventories())
def test_all_at_once_and_one_by_one_are_the_same(inventory):
    network, has = inventory
    found = reach(network, has)
    for vertex in range(len(network)):
        both = reached(network, has, [vertex]).both
        assert found.assets[vertex] == both.assets
        assert found.gifts[vertex] == both.different_gifts
        assert found.rooms[vertex] == both.number_of_rooms
        assert found.money[vertex] == both.money
        kinds = both.different_gifts + len(both.rooms) + (both.money > 0)
        assert found.variety[vertex] == kinds


@pytest.mark.parametrize("dense", [False, True])
def test_two_thousand_assets_take_well_under_a_second(dense):
    draw, number = Random(1), 2000
    sparse = [(v, draw.randrange(v)) for v in range(1, number) for _ in range(3)]
    network = clique(400) if dense else made(number, sparse)
    has = resources(len(network), gifts={v: (v % 90,) for v in range(0, len(network), 2)})
    assert network.simple.vcount() == len(network)
    begun = time.process_time()
    reach(network, has)
    assert time.process_time() - begun < 1
