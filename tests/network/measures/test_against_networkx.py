"""On 200 random graphs our measures and those of networkx, written by others, are the same."""

import math

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.network.measures.collective import collective
from assetmap.network.measures.position import position
from assetmap.network.measures.structure import structure
from tests.network.made import made

pytestmark = pytest.mark.once


@st.composite
def networks(draw):
    """Up to 25 assets; ties may be parallel and go either way, none joins an asset to itself."""
    number = draw(st.integers(1, 25))
    ends = st.tuples(st.integers(0, number - 1), st.integers(0, number - 1))
    ties = draw(st.lists(ends.filter(lambda pair: pair[0] != pair[1]), max_size=70))
    return made(number, ties if number > 1 else [])


def theirs(network):
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(network)))
    graph.add_edges_from(network.ends)
    return graph


def assert_same(ours, others):
    for vertex, value in enumerate(ours):
        other = others[vertex]
        if value is None:
            assert math.isnan(other)
        else:
            assert value == pytest.approx(other, abs=1e-9)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(networks())
def test_all_measures_are_those_of_networkx(network):
    graph = theirs(network)
    assert_same(position(network).betweenness, networkx.betweenness_centrality(graph))
    assert_same(position(network).constraint, networkx.constraint(graph))
    assert_structure(structure(network), graph)
    assert_collective(collective(network), graph)


def assert_structure(found, graph):
    assert found.cuts == sorted(networkx.articulation_points(graph))
    assert found.bridges == sorted(tuple(sorted(pair)) for pair in networkx.bridges(graph))
    parts = {frozenset(part) for part in networkx.connected_components(graph)}
    assert as_sets(found.component) == parts
    assert found.sizes == sorted(map(len, parts), reverse=True)
    assert found.alone == sorted(networkx.isolates(graph))


def assert_collective(found, graph):
    assert found.density == pytest.approx(networkx.density(graph), abs=1e-9)
    clusters = as_sets(found.cluster)
    assert found.sizes == sorted(map(len, clusters), reverse=True)
    if found.modularity is None:
        assert not graph.edges
    else:
        other = networkx.community.modularity(graph, clusters)
        assert found.modularity == pytest.approx(other, abs=1e-9)


def as_sets(numbers):
    """The vertices that have the same number, each as a set."""
    return {
        frozenset(v for v, number in enumerate(numbers) if number == one) for one in set(numbers)
    }
