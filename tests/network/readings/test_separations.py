"""What falls apart is found in one walk, and it is what taking the asset or tie away shows."""

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.network.measures.structure import structure
from assetmap.network.readings.separations import (
    parts_without,
    separations,
    sides,
    sides_without,
)
from tests.network.made import clique, islands, made, ring, star, two_triangles

pytestmark = pytest.mark.once


@st.composite
def networks(draw):
    number = draw(st.integers(1, 14))
    vertex = st.integers(0, number - 1)
    pairs = draw(st.lists(st.tuples(vertex, vertex), max_size=20))
    return made(number, [(a, b) for a, b in pairs if a != b])


def plain_graph(network):
    graph = networkx.Graph(network.ends)
    graph.add_nodes_from(range(len(network)))
    return graph


@settings(deadline=None, max_examples=150)
@given(networks())
def test_pieces_are_as_large_as_those_left_when_a_vertex_goes(network):
    found = separations(network, structure(network))
    graph = plain_graph(network)
    assert set(found) == set(networkx.articulation_points(graph))
    for vertex, sizes in found.items():
        part = graph.subgraph(networkx.node_connected_component(graph, vertex) - {vertex})
        left = sorted((len(piece) for piece in networkx.connected_components(part)), reverse=True)
        assert sizes == left
        assert [len(p) for p in parts_without(network, structure(network), vertex)] == left


@settings(deadline=None, max_examples=150)
@given(networks())
def test_sides_are_as_large_as_those_left_when_a_tie_goes(network):
    found = sides(network, structure(network))
    graph = plain_graph(network)
    assert set(found) == {tuple(sorted(bridge)) for bridge in networkx.bridges(graph)}
    for (one, other), smaller in found.items():
        left = graph.copy()
        left.remove_edge(one, other)
        both = [networkx.node_connected_component(left, end) for end in (one, other)]
        assert smaller == min(map(len, both))
        pieces = sides_without(network, structure(network), (one, other))
        assert {frozenset(piece) for piece in pieces} == set(map(frozenset, both))
        assert len(pieces[0]) >= len(pieces[1])


@pytest.mark.parametrize("network", [made(0, []), made(1, []), made(3, []), clique(5), ring(6)])
def test_where_nothing_would_fall_apart_nothing_is_found(network):
    assert separations(network, structure(network)) == {}
    assert sides(network, structure(network)) == {}


def test_two_triangles_hang_together_by_one_tie():
    network = two_triangles()
    assert separations(network, structure(network)) == {2: [3, 2], 3: [3, 2]}
    assert sides(network, structure(network)) == {(2, 3): 3}


def test_a_star_falls_into_its_points():
    network = star(4)
    assert separations(network, structure(network)) == {0: [1, 1, 1, 1]}
    assert set(sides(network, structure(network)).values()) == {1}


def test_each_island_is_looked_at_for_itself():
    network = islands(500, 3)
    found = separations(network, structure(network))
    assert len(found) == 500
    assert set(map(tuple, found.values())) == {(1, 1)}


def test_two_ties_between_two_are_a_bridge_all_the_same():
    network = made(2, [(0, 1), (1, 0)])
    assert sides(network, structure(network)) == {(0, 1): 1}
