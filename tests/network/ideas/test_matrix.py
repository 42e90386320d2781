import pytest

from assetmap.network.ideas.matrix import weak_cells

pytestmark = pytest.mark.once


def test_without_a_tie_every_cell_is_empty():
    assert weak_cells(["a", "b", "b"], []) == {("a", "b"): 1, ("b", "b"): 1}


def test_a_cell_that_can_hold_no_tie_is_not_told():
    assert ("a", "a") not in weak_cells(["a", "b"], [])
    assert weak_cells([], []) == {}


def test_a_cell_with_ties_as_many_as_by_chance_is_not_told():
    assert weak_cells(["a", "b"], [(0, 1)]) == {}


def test_a_thin_cell_is_told_by_what_is_missing():
    groups = ["a"] * 10 + ["b"] * 10
    within = [(a, b) for b in range(10) for a in range(b)]
    weak = weak_cells(groups, [*within, (0, 10)])
    expected = 46 * 100 / 190
    assert weak[("a", "b")] == pytest.approx(1 - 1 / expected)
    assert weak[("b", "b")] == 1
    assert ("a", "a") not in weak


def test_what_has_no_group_is_in_no_cell():
    assert weak_cells(["a", "", "b"], [(0, 1), (1, 2)]) == {("a", "b"): 1}
