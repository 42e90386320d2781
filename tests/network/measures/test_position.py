"""Who stands between others."""

import igraph
import pytest

from assetmap.network.measures import position as measure
from assetmap.network.measures.position import (
    centralization,
    first_between,
    position,
    share_between,
)
from assetmap.network.measures.randomness import seeded
from tests.network.made import clique, islands, made, ring, star, two_triangles

pytestmark = pytest.mark.once


@pytest.fixture
def estimating(monkeypatch):
    monkeypatch.setattr(measure, "EXACT_UP_TO", 10)


KINDS = {
    "few have many ties": lambda number: igraph.Graph.Barabasi(number, 3),
    "a tree": lambda number: igraph.Graph.Barabasi(number, 1),
    "ties by chance": lambda number: igraph.Graph.Erdos_Renyi(number, m=2 * number),
    "neighbours and some far away": lambda number: igraph.Graph.Watts_Strogatz(1, number, 3, 0.05),
}


def large(number=1500, kind="few have many ties"):
    with seeded(7):
        return made(number, KINDS[kind](number).get_edgelist())


def test_the_middle_of_a_star_stands_between_all_others():
    found = position(star(5))
    assert found.betweenness == [1.0, 0, 0, 0, 0, 0]
    assert found.constraint == pytest.approx([1 / 5, 1, 1, 1, 1, 1])
    assert centralization(found) == 1.0


def test_where_all_are_alike_nobody_stands_out():
    assert centralization(position(ring(8))) == pytest.approx(0)
    assert position(clique(6)).betweenness == [0.0] * 6


def test_an_empty_area_has_no_position():
    found = position(made(0, []))
    assert (found.betweenness, found.constraint, found.error) == ([], [], [])
    assert centralization(found) == 0.0
    assert first_between(found, 5) == []
    assert share_between(found, []) is None


def test_one_asset_and_assets_without_ties_stand_between_nobody():
    for number in (1, 2, 7):
        found = position(made(number, []))
        assert found.betweenness == [0.0] * number
        assert found.constraint == [None] * number


def test_parallel_ties_count_as_one_whatever_their_direction():
    once = position(made(4, [(0, 1), (1, 2), (2, 3)]))
    twice = position(made(4, [(0, 1), (1, 0), (2, 1), (2, 3), (2, 3)]))
    assert once == twice


def test_islands_do_not_stand_between_each_other():
    found = position(islands(500, 3))
    pairs = 1499 * 1498 / 2
    assert found.betweenness[:3] == pytest.approx([1 / pairs, 0, 0])


def test_the_two_who_join_two_groups_come_first():
    found = position(two_triangles())
    assert first_between(found, 5) == [2, 3]
    assert share_between(found, [2, 3, 3]) == pytest.approx(1)
    assert share_between(found, [2]) == pytest.approx(0.5)


def test_an_estimate_says_so_and_comes_out_the_same_each_time(estimating):
    network = large(600)
    first, again = position(network), position(network)
    assert not first.exact
    assert first == again
    assert max(first.error) > 0


def test_an_estimate_from_all_assets_is_exact(estimating, monkeypatch):
    network = large(200)
    monkeypatch.setattr(measure, "SAMPLE", 200)
    estimated = position(network)
    monkeypatch.setattr(measure, "EXACT_UP_TO", 200)
    assert estimated.betweenness == pytest.approx(position(network).betweenness, abs=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_nine_estimates_of_ten_are_within_their_error(estimating, monkeypatch, kind):
    network = large(kind=kind)
    estimated = position(network)
    monkeypatch.setattr(measure, "EXACT_UP_TO", 5_000)
    right = position(network).betweenness
    rows = zip(estimated.betweenness, right, estimated.error, strict=True)
    held = sum(abs(guess - value) <= error + 1e-12 for guess, value, error in rows)
    assert held >= 0.9 * len(network)


def test_those_who_stand_between_most_are_found_by_an_estimate(estimating, monkeypatch):
    network = large()
    estimated = position(network)
    monkeypatch.setattr(measure, "EXACT_UP_TO", 5_000)
    assert len({*first_between(estimated, 20)} & {*first_between(position(network), 20)}) >= 18
    assert max(estimated.error) < max(estimated.betweenness) / 3  # small enough to be of use
