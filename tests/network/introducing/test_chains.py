"""The shortest chains between two assets, against all chains there are."""

import random
import time
from dataclasses import replace

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assetmap.network.introducing.chains import LONGEST, MOST, chains, cost
from tests.network.made import clique, made, ring

pytestmark = pytest.mark.once

YEAR = 2026


def found(network, start, end, willing=()):
    """The chains as lists of vertices."""
    return [path.vertices for path in chains(network, start, end, set(willing), YEAR)]


def test_two_that_are_tied_are_joined_by_their_tie():
    [path] = chains(made(2, [(1, 0)]), 0, 1, set(), YEAR)
    assert (path.vertices, path.edges) == ([0, 1], [0])


def test_no_chain_joins_what_is_not_joined():
    assert found(made(3, [(0, 1)]), 0, 2) == []
    assert found(made(2, []), 0, 1) == []


def test_the_shortest_goes_first_and_there_are_three_at_most():
    assert found(ring(6), 0, 2) == [[0, 1, 2], [0, 5, 4, 3, 2]]
    assert len(found(clique(9), 0, 1)) == MOST
    assert found(clique(9), 0, 1)[0] == [0, 1]


def test_a_chain_of_five_ties_is_told_and_one_of_six_is_not():
    line = made(7, [(n, n + 1) for n in range(6)])
    assert found(line, 0, 5) == [[0, 1, 2, 3, 4, 5]]
    assert found(line, 0, 6) == []


def test_a_chain_never_leads_through_a_resident_who_is_not_willing():
    layers = ["association", "resident", "association"]
    network = made(3, [(0, 1), (1, 2)], layers=layers)
    assert found(network, 0, 2) == []
    assert found(network, 0, 2, willing=[101]) == [[0, 1, 2]]


def test_a_resident_may_be_an_end_whether_or_not_she_is_willing():
    layers = ["resident", "association", "resident"]
    assert found(made(3, [(0, 1), (1, 2)], layers=layers), 0, 2) == [[0, 1, 2]]


def two_ways(**columns):
    """From 0 to 3 through 1, by the first two ties, or through 2, by the others."""
    network = made(4, [(0, 1), (1, 3), (0, 2), (2, 3)])
    return replace(network, **columns)


def test_strong_ties_go_before_loose_ones():
    assert found(two_ways(strengths=[1, 1, 3, 3]), 0, 3)[0] == [0, 2, 3]
    assert found(two_ways(strengths=[3, 3, 1, 1]), 0, 3)[0] == [0, 1, 3]


def test_new_ties_go_before_old_ones():
    assert found(two_ways(years=[2010, 2010, 2025, 2025]), 0, 3)[0] == [0, 2, 3]
    assert found(two_ways(years=[2025, 2025, 2010, 2010]), 0, 3)[0] == [0, 1, 3]


def test_people_willing_to_introduce_go_before_others():
    layers = ["association", "association", "resident", "association"]
    assert found(two_ways(layers=layers), 0, 3, willing=[102])[0] == [0, 2, 3]


def test_a_longer_chain_never_goes_before_a_shorter_one():
    """However old and loose the short one, and however strong and new the long one."""
    ends = [(0, 1), (1, 4), (0, 2), (2, 3), (3, 4)]
    layers = ["association", "association", "resident", "resident", "association"]
    network = made(5, ends, layers=layers)
    network = replace(network, strengths=[1, 1, 3, 3, 3], years=[1950, 1950, 2026, 2026, 2026])
    assert found(network, 0, 4, willing=[102, 103]) == [[0, 1, 4], [0, 2, 3, 4]]


def test_of_two_ties_between_the_same_the_better_is_told():
    network = replace(made(2, [(0, 1), (1, 0), (0, 1)]), strengths=[1, 3, 2])
    [path] = chains(network, 0, 1, set(), YEAR)
    assert path.edges == [1]


@some.composite
def networks(draw):
    number = draw(some.integers(2, 8))
    vertex = some.integers(0, number - 1)
    pairs = some.tuples(vertex, vertex).filter(lambda pair: pair[0] != pair[1])
    ends = draw(some.lists(pairs, max_size=20))
    layers = draw(some.lists(some.sampled_from(["resident", "place"]), min_size=number))
    network = made(number, ends, layers=layers[:number])
    columns = {
        "strengths": [draw(some.integers(1, 3)) for _ in ends],
        "years": [draw(some.integers(1990, 2030)) for _ in ends],
    }
    return replace(network, **columns), draw(some.sets(some.sampled_from(network.keys)))


def every_chain(network, willing):
    """The costs of all chains from 0 to 1, found by trying them all."""
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(network)))
    for tie, (one, other) in enumerate(network.ends):
        price = cost(network, tie, {0, 1}, willing, YEAR)
        before = graph.get_edge_data(one, other, {"cost": price})["cost"]
        graph.add_edge(one, other, cost=min(before, price))
    shut = [
        vertex
        for vertex in range(2, len(network))
        if network.layers[vertex] == "resident" and network.keys[vertex] not in willing
    ]
    graph.remove_nodes_from(shut)
    paths = networkx.all_simple_paths(graph, 0, 1, cutoff=LONGEST)
    return sorted(networkx.path_weight(graph, path, "cost") for path in paths)


@settings(max_examples=200, deadline=None)
@given(networks())
def test_the_chains_are_the_best_of_all_there_are(drawn):
    network, willing = drawn
    paths = chains(network, 0, 1, willing, YEAR)
    costs = [
        sum(cost(network, tie, {0, 1}, willing, YEAR) for tie in path.edges) for path in paths
    ]
    assert costs == pytest.approx(every_chain(network, willing)[:MOST])
    assert chains(network, 0, 1, willing, YEAR) == paths


@pytest.mark.parametrize(("start", "end"), [(0, 1999), (0, 1), (500, 1300)])
def test_two_thousand_assets_take_well_under_a_tenth_of_a_second(start, end):
    dice = random.Random(6)  # noqa: S311 - nothing secret
    network = made(2000, [dice.sample(range(2000), 2) for _ in range(6000)])
    began = time.process_time()
    assert found(network, start, end)
    assert time.process_time() - began < 0.1
