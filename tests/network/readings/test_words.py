"""Assets are said by name where they may be, else by number, and nothing typed becomes HTML."""

import pytest

from assetmap.network.names import Named
from assetmap.network.readings.words import (
    Part,
    face,
    joined,
    linked,
    listed,
    not_named,
    part_of,
    sentence,
    whole,
)
from tests.network.made import made, star

from .called import names, plain

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("said", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_texts_are_listed_as_in_a_sentence(said, text):
    assert listed(said) == text


def test_a_name_cannot_bring_html_into_a_sentence():
    named = Named(1, "place", "<script>", "/x/")
    said = sentence("{one}, {two}", one=listed([linked(named), "<b>"]), two="<i>")
    assert "<script>" not in said
    assert "<b>" not in said
    assert "<i>" not in said
    assert '<a href="/x/"><bdi>&lt;script&gt;</bdi></a>' in said


def test_a_neighbour_who_is_not_named_has_no_link():
    assert linked(Named(1, "resident", "a neighbour")) == "a neighbour"


def test_the_best_known_are_groups_with_many_ties():
    layers = ["resident", "place", "association", "association"]
    network = made(4, [(0, 1), (0, 2), (0, 3), (3, 1)], layers)
    assert part_of(network, [0, 1, 2, 3]) == Part(4, (101, 103, 102, 100))


def test_of_a_large_part_only_some_are_known():
    part = part_of(star(50), range(51))
    assert part.size == 51
    assert len(part.known) == 6


def test_a_part_is_said_by_two_names_and_a_number():
    network = star(5)
    assert plain(whole(part_of(network, range(6)), names(network))) == "A, B and 4 others"
    assert plain(whole(part_of(network, [0, 1, 2]), names(network))) == "A, B and 1 other"
    assert plain(whole(part_of(network, [0, 1]), names(network))) == "A and B"
    assert plain(face(part_of(network, range(6)), names(network))) == "A"


def test_a_part_that_nobody_may_be_named_in_is_only_called_neighbours():
    network = made(3, [(0, 1)], ["resident"] * 3)
    nobody = names(network, but={0, 1, 2})
    assert whole(part_of(network, [0, 1, 2]), nobody) == "some neighbours"
    assert whole(part_of(network, [0]), nobody) == "a neighbour"
    assert face(part_of(network, [0, 1]), nobody) == "some neighbours"


def test_a_part_without_a_name_for_the_first_is_called_after_the_next():
    network = star(2)
    assert plain(whole(part_of(network, range(3)), names(network, but={0}))) == "B, C and 1 other"


def test_a_key_that_no_name_was_found_for_is_not_named():
    assert whole(Part(1, (1,)), {}) == "a neighbour"


def test_parts_are_joined():
    assert joined([Part(2, (1, 2)), Part(9, (3, 4, 5, 6, 7, 8))]) == Part(11, (1, 2, 3, 4, 5, 6))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, ""),
        (1, "There are also fewer than 5 neighbours who are not named."),
        (4, "There are also fewer than 5 neighbours who are not named."),
        (5, "There are also 5 neighbours who are not named."),
    ],
)
def test_neighbours_who_are_not_named_are_counted_from_five_up(number, text):
    assert not_named(number) == text


def test_two_of_one_name_are_said_with_their_layers():
    network = made(3, [(0, 1), (0, 2)], ["institution", "place", "place"])
    same = {key: Named(key, one.layer, "Solsiden", one.url) for key, one in names(network).items()}
    assert plain(whole(part_of(network, [0, 1]), same)) == (
        "Solsiden (institution) and Solsiden (place)"
    )


def test_what_has_name_and_layer_alike_is_said_once():
    network = made(3, [(0, 1), (0, 2)], ["institution", "place", "place"])
    same = {key: Named(key, one.layer, "Solsiden", one.url) for key, one in names(network).items()}
    assert plain(whole(part_of(network, [0, 1, 2]), same, shown=3)) == (
        "Solsiden (institution), Solsiden (place) and 1 other"
    )
