"""Our measures are those that the studies and the textbooks print."""

import networkx
import pytest

from assetmap.network.measures.collective import collective
from assetmap.network.measures.position import position
from assetmap.network.measures.structure import structure
from tests.network.made import made, named, read

pytestmark = pytest.mark.once


def exactly(value):
    return pytest.approx(value, abs=1e-9)


@pytest.fixture(scope="module")
def florence():
    return named(read("florentine-families"))


@pytest.fixture(scope="module")
def karate():
    return made(34, list(networkx.karate_club_graph().edges))


@pytest.fixture(scope="module")
def natchez():
    return named(read("davis-southern-women"))


def test_the_medici_stand_between_the_families_of_florence(florence):
    network, names = florence
    found = position(network)
    printed = {"Medici": 0.522, "Guadagni": 0.255, "Strozzi": 0.103}
    for family, value in printed.items():
        assert found.betweenness[names[family]] == pytest.approx(value, abs=5e-4)
    assert found.exact


def test_every_family_has_the_printed_betweenness_and_number_of_ties(florence):
    network, names = florence
    found = position(network)
    rows = read("florentine-expected")
    assert len(rows) == len(network) == 15
    for family, ties, betweenness, _closeness in rows:
        vertex = names[family]
        assert found.betweenness[vertex] == pytest.approx(float(betweenness), abs=5e-7)
        assert network.simple.degree(vertex) == int(ties)


def test_florence_hangs_together_by_few_families(florence):
    network, names = florence
    found = structure(network)
    cuts = {name for name, vertex in names.items() if vertex in found.cuts}
    assert cuts == {"Albizzi", "Guadagni", "Medici", "Salviati"}
    assert found.sizes == [15]
    assert collective(network).density == exactly(20 / 105)


def test_the_two_heads_of_the_karate_club_stand_between_the_others(karate):
    found = position(karate)
    assert found.betweenness[0] == exactly(0.43763528138528146)
    assert found.betweenness[33] == exactly(0.30407497594997596)
    assert found.betweenness[32] == exactly(0.145247113997114)
    assert found.constraint[0] == exactly(0.15542329764660495)
    assert found.constraint[33] == exactly(0.1564186851211073)


def test_the_karate_club_is_one_part_with_one_member_at_its_edge(karate):
    found = structure(karate)
    assert (found.sizes, found.cuts, found.bridges) == ([34], [0], [(0, 11)])
    assert collective(karate).density == exactly(78 / 561)


def test_the_clusters_of_the_karate_club_are_the_best_ones_known(karate):
    """No division of the club has a greater modularity (Brandes et al. 2008)."""
    found = collective(karate)
    assert found.sizes == [12, 11, 6, 5]
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)


def test_the_clusters_of_the_karate_club_lie_within_the_two_it_split_into(karate):
    """Into the teacher's (member 0) and the administrator's, whom member 8 alone stood between."""
    clubs = networkx.get_node_attributes(networkx.karate_club_graph(), "club")
    cluster = collective(karate).cluster
    members = [{clubs[v] for v in range(34) if cluster[v] == n and v != 8} for n in range(4)]
    assert [len(found) for found in members] == [1, 1, 1, 1]
    assert set.union(*members) == {"Mr. Hi", "Officer"}


def test_evelyn_and_theresa_stand_between_the_women_of_natchez(natchez):
    """Women and events are two kinds of vertices, and ties join one to the other only."""
    network, names = natchez
    found = position(network)
    graph = networkx.Graph(read("davis-southern-women"))
    theirs = networkx.betweenness_centrality(graph)
    for name, vertex in names.items():
        assert found.betweenness[vertex] == exactly(theirs[name])
    women = {name for name, _event in read("davis-southern-women")}
    first = sorted(women, key=lambda name: -found.betweenness[names[name]])[:3]
    assert {"Evelyn Jefferson", "Nora Fayette", "Theresa Anderson"} == {*first}
    assert (len(women), len(network), len(network.links)) == (18, 32, 89)


def test_all_ties_of_natchez_reach_from_women_to_events(natchez):
    network, names = natchez
    women = {name for name, _event in read("davis-southern-women")}
    layers = ["resident" if name in women else "place" for name in sorted(names)]
    told = made(len(network), network.ends, layers=layers)
    assert collective(told).bonding["layer"] == 0.0
