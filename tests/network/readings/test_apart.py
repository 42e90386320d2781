"""What would be cut off from what is said in words, by names that may be said."""

import pytest

from assetmap.network.measures.structure import structure
from assetmap.network.readings.apart import HUBS, MOST, breaks, keys_in, tell
from tests.network.made import clique, islands, made, ring, star, two_triangles

from .called import names, plain

pytestmark = pytest.mark.once


def told(network, but=()):
    return tell(breaks(network, structure(network)), names(network, but))


def said(texts):
    return [plain(text) for text in texts]


def test_who_and_which_tie_holds_two_sides_together():
    reading = told(two_triangles())
    assert said(reading.cuts) == [
        "Without C, A and B would be cut off from D, E and 1 other.",
        "Without D, E and F would be cut off from C, A and 1 other.",
    ]
    assert said(reading.bridges) == [
        "If C and D lost touch, D, E and 1 other would be cut off from C, A and 1 other."
    ]
    assert reading.none == reading.hanging == reading.unnamed == ""


def test_a_tie_that_holds_only_one_is_counted_and_not_told():
    reading = told(star(5))
    assert reading.bridges == []
    assert reading.hanging == "5 hang on to the rest by one tie alone each."
    assert said(reading.cuts) == ["Without A, B, C and 3 others would be cut off from each other."]


def test_one_alone_is_said_in_the_singular():
    assert told(made(4, [(0, 1), (1, 2), (2, 0), (0, 3)])).hanging == (
        "1 hangs on to the rest by one tie alone."
    )


@pytest.mark.parametrize("network", [made(0, []), made(1, []), made(3, []), clique(5), ring(8)])
def test_where_nothing_would_fall_apart_it_says_so(network):
    reading = told(network)
    assert reading.cuts == reading.bridges == []
    assert reading.none.startswith("Nothing would")


def test_breaks_about_a_resident_who_did_not_say_yes_are_only_counted():
    reading = told(two_triangles(), but={2})
    assert said(reading.cuts) == ["Without D, E and F would be cut off from A, B and 1 other."]
    assert reading.bridges == []
    assert reading.unnamed == "There are also fewer than 5 neighbours who are not named."


def test_what_parts_most_comes_first_and_only_some_are_told():
    network = made(60, [(n, n + 1) for n in range(59)])
    figures = breaks(network, structure(network))
    assert len(figures.cuts) == len(figures.bridges) == MOST
    assert (figures.number_of_cuts, figures.number_of_bridges) == (58, 59)
    assert figures.hanging == 2
    assert [one.off.size for one in figures.bridges[:3]] == [30, 29, 29]
    assert {key for one in figures.bridges for key in one.without} <= keys_in(figures)


def test_of_500_islands_only_some_are_told():
    figures = breaks(islands(500, 3), structure(islands(500, 3)))
    assert len(figures.cuts) == HUBS
    assert figures.hanging == 1000


def test_parallel_ties_are_one_that_holds():
    network = made(4, [(0, 1), (1, 0), (1, 2), (2, 3)])
    assert "If B and C lost touch" in said(told(network).bridges)[0]


def test_what_parts_groups_comes_before_what_single_ones_hang_on():
    """A star of ten stands beside two pairs that one asset joins."""
    network = made(16, [*((0, n) for n in range(1, 11)), (11, 12), (12, 13), (13, 14), (14, 15)])
    cuts = breaks(network, structure(network)).cuts
    assert [one.without for one in cuts] == [(113,), (100,)]


def test_neighbours_who_are_not_named_are_not_told_of_as_what_is_cut_off():
    network = made(7, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3), (0, 6)])
    assert len(told(network).cuts) == 2
    assert told(network, but={3, 4, 5}).cuts == told(network, but={3, 4, 5}).bridges == []


def test_that_one_alone_would_be_cut_off_is_no_sentence():
    reading = told(made(4, [(0, 1), (1, 2), (2, 0), (0, 3)]))
    assert (reading.cuts, reading.none) == ([], "")
    assert reading.figures.number_of_cuts == 1
