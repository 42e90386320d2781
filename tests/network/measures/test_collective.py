"""What all ties are worth to all."""

import pytest

from assetmap.network.measures.collective import bonding, collective, inside_and_out
from tests.network.made import clique, islands, made, two_triangles

pytestmark = pytest.mark.once


def test_an_empty_area_and_one_without_ties_have_nothing_in_common():
    for number in (0, 1, 5):
        found = collective(made(number, []))
        assert found.density == 0.0
        assert found.reciprocity is None
        assert found.modularity is None
        assert found.sizes == [1] * number
        assert set(found.bonding.values()) == {None}


def test_all_tied_to_all_is_one_cluster():
    found = collective(clique(7))
    assert found.density == 1.0
    assert found.sizes == [7]
    assert found.bonding["cluster"] == 1.0


def test_two_groups_are_two_clusters():
    found = collective(two_triangles())
    assert found.cluster == [0, 0, 0, 1, 1, 1]
    assert found.bonding["cluster"] == pytest.approx(6 / 7)
    assert found.modularity == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)


def test_500_islands_are_500_clusters():
    found = collective(islands(500))
    assert found.sizes == [2] * 500
    assert found.density == pytest.approx(500 / (1000 * 999 / 2))


def test_clusters_come_out_the_same_each_time():
    network = islands(40, 5)
    assert collective(network) == collective(network)


def test_a_tie_goes_both_ways_by_its_kind_or_by_one_that_goes_back():
    ends = [(0, 1), (1, 2), (2, 1), (2, 3)]
    kinds = ["works_with", "supports", "supports", "supports"]
    assert collective(made(4, ends, kinds=kinds)).reciprocity == pytest.approx(3 / 4)
    other = made(3, [(1, 2), (2, 1)], kinds=["supports", "helps"])
    assert collective(other).reciprocity == 0.0


def test_parallel_ties_count_once_in_density_and_bonding():
    layers = ["place", "place", "resident"]
    network = made(3, [(0, 1), (1, 0), (1, 2)], layers=layers)
    found = collective(network)
    assert found.density == pytest.approx(2 / 3)
    assert found.bonding["layer"] == pytest.approx(1 / 2)


def test_an_asset_without_a_sector_counts_in_no_sector():
    network = made(3, [(0, 1), (1, 2)], sectors=["civil", "civil", ""])
    assert collective(network).bonding["sector"] == 1.0
    assert bonding(network, ["", "", "civil"]) is None


def test_the_ties_of_a_group_stay_inside_or_reach_out():
    network = two_triangles()
    assert inside_and_out(network, [0, 1, 2]) == (3, 1)
    assert inside_and_out(network, [2]) == (0, 3)
    assert inside_and_out(network, []) == (0, 0)
