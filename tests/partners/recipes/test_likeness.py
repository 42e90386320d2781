"""How alike two mixes are: by hand, and by trying every way of pairing them."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.partners.recipes.likeness import Ingredient, alike, likeness

pytestmark = pytest.mark.once

LAYERS = ("association", "institution", "place")
INGREDIENTS = st.builds(
    Ingredient,
    key=st.integers(1, 10**6),
    layer=st.sampled_from(LAYERS),
    kind=st.sampled_from(["", "library", "room"]),
    groups=st.frozensets(st.integers(1, 4)),
)


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        (("place", "room"), ("institution", "library"), 0),
        (("place", ""), ("place", ""), 0.4),
        (("place", "room"), ("place", "park"), 0.4),
        (("place", "room"), ("place", "room"), 0.7),
        (("place", "room", {1, 2}), ("place", "room", {1, 2}), 1),
        (("place", "room", {1, 2}), ("place", "room", {2, 3}), 0.8),
        (("association", "", {1}), ("association", "", {1}), 0.7),
    ],
)
def test_two_are_alike_by_layer_kind_and_gifts(one, other, number):
    made = [
        Ingredient(key, layer, kind, frozenset(*groups))
        for key, (layer, kind, *groups) in enumerate((one, other))
    ]
    assert alike(*made) == pytest.approx(number)
    assert alike(*reversed(made)) == pytest.approx(number)


@settings(max_examples=150, deadline=None)
@given(st.lists(INGREDIENTS, min_size=1, max_size=3), st.lists(INGREDIENTS, max_size=5))
def test_the_pairs_are_the_best_there_are(picked, members):
    found = likeness(picked, members)
    padded = [*members, *[None] * len(picked)]
    best = max(
        sum(alike(one, other) for one, other in zip(picked, order, strict=False) if other)
        for order in permutations(padded, len(picked))
    )
    assert found.number == pytest.approx(best / len(picked), abs=0.002)  # igraph's steps
    assert 0 <= found.number <= 1 + 1e-9
    assert all(one in picked and other in members for one, other in found.pairs)


def test_nothing_is_like_an_empty_mix():
    assert likeness([Ingredient(1, "place")], []).number == 0
