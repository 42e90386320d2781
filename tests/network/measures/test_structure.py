"""What hangs together, what would fall apart, what stands alone."""

import pytest

from assetmap.network.measures.structure import structure
from tests.network.made import clique, islands, made, star, two_triangles

pytestmark = pytest.mark.once


def test_an_empty_area_has_no_structure():
    found = structure(made(0, []))
    assert (found.component, found.sizes, found.cuts, found.bridges) == ([], [], [], [])
    assert (found.alone, found.islands, found.has_mainland) == ([], [], False)


def test_assets_without_ties_are_alone_and_no_islands():
    for number in (1, 4):
        found = structure(made(number, []))
        assert found.alone == list(range(number))
        assert found.islands == []
        assert not found.has_mainland


def test_two_groups_fall_apart_without_the_tie_that_joins_them():
    found = structure(two_triangles())
    assert (found.cuts, found.bridges) == ([2, 3], [(2, 3)])
    assert found.islands == []


def test_the_middle_of_a_star_holds_it_together():
    found = structure(star(3))
    assert (found.cuts, found.bridges) == ([0], [(0, 1), (0, 2), (0, 3)])


def test_where_all_are_tied_to_all_nothing_falls_apart():
    found = structure(clique(6))
    assert (found.sizes, found.cuts, found.bridges) == ([6], [], [])


def test_two_parallel_ties_hold_no_better_than_one():
    assert structure(made(2, [(0, 1), (1, 0)])).bridges == [(0, 1)]


def test_the_largest_part_is_the_first_and_no_island():
    found = structure(made(6, [(0, 1), (2, 3), (3, 4)]))
    assert found.component == [1, 1, 0, 0, 0, 2]
    assert found.islands == [[0, 1]]
    assert found.alone == [5]


def test_among_500_equal_islands_none_is_the_mainland():
    found = structure(islands(500))
    assert len(found.islands) == 500
    assert not found.has_mainland
    assert found.islands[0] == [0, 1]


def test_a_large_part_beside_the_largest_is_no_island():
    ends = [(0, n) for n in range(1, 10)] + [(10, n) for n in range(11, 17)]
    assert structure(made(17, ends)).islands == []
