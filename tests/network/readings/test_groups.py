"""Layers and clusters, each by the three measures."""

import pytest

from assetmap.network.measures.collective import collective
from assetmap.network.measures.position import position
from assetmap.network.names import unnamed
from assetmap.network.readings.groups import CLUSTER, groups, keys_in, tell
from tests.network.made import made, resources, two_triangles

from .called import names

pytestmark = pytest.mark.once


def groups_in(network, **has):
    found = resources(len(network), **has)
    return groups(network, position(network), collective(network), found)


def mixed(residents=3):
    """Two triangles: the one of residents and an association, the other of places."""
    layers = ["resident"] * residents + ["association"] * (3 - residents) + ["place"] * 3
    return made(6, two_triangles().ends, layers=layers)


def test_each_layer_and_each_cluster_is_a_group():
    found = groups_in(mixed(2))
    assert [one.layer for one in found] == [
        *("resident", "association", "place", CLUSTER, CLUSTER)
    ]
    assert [one.part.size for one in found] == [2, 1, 3, 3, 3]
    place = found[2]
    assert (place.inside, place.out, place.of_all, place.share) == (3, 1, 0.5, 0.5)


def test_what_a_group_reaches_is_outside_it():
    found = groups_in(mixed(2), gifts={2: (1,), 3: (2,)})
    place = next(one for one in found if one.layer == "place")
    assert place.reached.both.gifts == {1: 1}


@pytest.mark.parametrize(
    "network", [made(0, []), made(1, []), made(4, []), made(2, [(0, 1), (1, 0)])]
)
def test_small_networks_have_no_clusters_to_tell(network):
    layers, clusters = tell(groups_in(network), names(network))
    assert clusters == [] and len(layers) == bool(len(network))


def test_it_is_told_in_three_sentences_under_its_name():
    network = two_triangles()
    layers, clusters = tell(groups_in(network), names(network))
    (all_of_it,) = layers
    assert all_of_it.heading == "Associations" and len(all_of_it.sentences) == 3
    assert len(clusters) == 2
    assert all(str(one.heading).startswith("Around <a href=") for one in clusters)


def test_neighbours_too_few_to_count_are_no_group():
    network = mixed(3)
    called = names(network) | {key: unnamed(key) for key in network.keys[:3]}
    layers, clusters = tell(groups_in(network), called)
    assert [one.heading for one in layers] == ["Places"]
    assert len(clusters) == 1  # the one of neighbours alone has nobody to be called after


def test_names_are_needed_for_clusters_alone():
    network = mixed(2)
    assert keys_in(groups_in(network)) == set(network.keys)
    assert keys_in(groups_in(made(3, []))) == set()
