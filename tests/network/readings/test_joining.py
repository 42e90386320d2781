"""Connectors are those who stand between others, each with the reason in words."""

import pytest

from assetmap.network.measures.collective import collective
from assetmap.network.measures.position import position
from assetmap.network.measures.structure import structure
from assetmap.network.readings.joining import HUBS, MOST, connectors, keys_in, tell
from tests.network.made import clique, islands, made, star, two_triangles

from .called import names, plain

pytestmark = pytest.mark.once


def found(network):
    return connectors(network, position(network), structure(network), collective(network))


def told(network, but=()):
    return tell(found(network), names(network, but))


def reasons(network, but=()):
    return {row.named.name: plain(row.reason) for row in told(network, but).rows}


def test_the_only_tie_between_two_parts_is_named_by_their_best_known():
    network = made(7, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 6), (6, 4)])
    assert reasons(network)["D"] == "The only tie between C and E."


def test_whoever_holds_single_ones_alone_is_said_to():
    network = made(5, [(0, 1), (1, 2), (2, 0), (0, 3), (0, 4)])
    assert reasons(network) == {"A": "The only tie that D and E have."}


def test_the_only_tie_of_one_is_said_in_the_singular():
    network = made(4, [(0, 1), (1, 2), (2, 0), (0, 3)])
    assert reasons(network) == {"A": "The only tie that D has."}


def test_the_middle_of_a_star_is_all_that_joins_its_points():
    assert reasons(star(6)) == {"A": "All that joins B, C and 4 others."}


def test_whoever_ties_groups_together_that_would_meet_anyway_is_named_with_the_groups():
    """Two cliques with two ways between them: neither way is the only one."""
    one = [(a, b) for a in range(5) for b in range(a)]
    other = [(a + 5, b + 5) for a, b in one]
    network = made(12, [*one, *other, (0, 10), (10, 5), (4, 11), (11, 9)])
    said = reasons(network)
    assert "L" in said or "K" in said
    assert said.get("K", said.get("L")).startswith("Brings 2 groups together: those around ")


def test_within_one_group_two_are_named_who_would_not_meet():
    """B and D are tied to A and C, and not to each other."""
    network = made(4, [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3)])
    said = "Is tied to both B and D, who are not tied to each other."
    assert reasons(network) == {"A": said, "C": said}


def test_where_no_two_may_be_named_the_shortest_ways_are_counted():
    network = made(4, [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3)])
    assert reasons(network, but={1}) == dict.fromkeys(
        "AC", "Of 100 shortest ways between two others, 17 lead this way."
    )


def test_connectors_stand_in_the_order_of_betweenness():
    network = two_triangles()
    figures = found(network)
    assert [one.key for one in figures] == [102, 103]
    assert figures[0].betweenness >= figures[1].betweenness


def test_whoever_stands_in_a_tight_knot_is_no_connector():
    """A ties its five contacts to E alone, and they know each other already: C and D do better."""
    knot = [(a, b) for a in range(5) for b in range(a)]
    network = made(10, [*knot, (0, 5), (5, 6), (6, 7), (7, 8), (8, 9)])
    constraint = position(network).constraint
    middle = sorted(constraint)[4:6]
    connecting = {one.key - 100 for one in found(network)}
    assert position(network).betweenness[0] > 0
    assert connecting == {
        v
        for v in range(10)
        if position(network).betweenness[v] > 0 and constraint[v] <= sum(middle) / 2
    }
    assert 4 not in connecting


def test_hubs_of_single_assets_come_last_and_are_few():
    """Six offices with 20 addresses each, and a chain of five with shorter ways through it."""
    offices = [(o * 21, o * 21 + n) for o in range(6) for n in range(1, 21)]
    network = made(131, [*offices, (126, 127), (127, 128), (128, 129), (129, 130)])
    figures = found(network)
    assert [one.key for one in figures[-HUBS:]] == [100, 121, 142]
    assert {one.key for one in figures[:-HUBS]} == {227, 228, 229}


@pytest.mark.parametrize(
    "network", [made(0, []), made(1, []), made(4, []), clique(6), islands(500)]
)
def test_where_nobody_stands_between_others_it_says_so(network):
    assert told(network).rows == []
    assert told(network).none.startswith("Nobody stands between others")


def test_a_resident_who_did_not_say_yes_is_counted_and_not_told_of():
    network = star(6)
    reading = told(network, but={0})
    assert reading.rows == []
    assert reading.unnamed == "There are also fewer than 5 neighbours who are not named."
    assert reading.none == ""


def test_parts_of_neighbours_who_are_not_named_are_not_told_apart():
    network = made(7, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 6), (6, 4)])
    only_d = reasons(network, but={0, 1, 2, 4, 5, 6})
    assert only_d == {"D": "Holds 2 groups together that would not reach each other otherwise."}


def test_only_some_connectors_are_looked_at_and_all_their_names_are_asked_for():
    network = made(60, [(n, n + 1) for n in range(59)])
    figures = found(network)
    assert len(figures) == MOST
    assert {one.key for one in figures} <= keys_in(figures)
    assert len(keys_in(figures)) < 60 * 6


def test_the_estimate_of_ways_is_shown_of_a_thousand():
    (row,) = told(star(3)).rows
    assert row.ways == 1000


def test_a_single_neighbour_who_is_not_named_is_no_reason():
    """Whoever looked at the page of A would know who it is."""
    network = made(4, [(0, 1), (1, 2), (2, 0), (0, 3)])
    assert reasons(network, but={3})["A"].startswith("Of 100 shortest ways between two others")
