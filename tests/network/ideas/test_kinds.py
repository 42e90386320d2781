from itertools import product

import pytest

from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.models import Layer
from assetmap.network.ideas.kinds import kind_choices_of, usual_kind
from assetmap.network.names import Named

pytestmark = pytest.mark.once

PAIRS = list(product(Layer.values, repeat=2))


def choices(layer, other):
    return kind_choices_of(Named(1, layer, "Koret", "/1"), Named(2, other, "Salen", "/2"))


@pytest.mark.parametrize(("layer", "other"), PAIRS)
def test_every_choice_is_allowed_between_the_two_layers(layer, other):
    for value, _label in choices(layer, other):
        kind, way = value.split(":")
        ends = (layer, other) if way == "out" else (other, layer)
        assert LINK_KINDS[kind].allows(*ends)


@pytest.mark.parametrize(("layer", "other"), PAIRS)
def test_the_usual_kind_comes_first_and_none_comes_twice(layer, other):
    values = [value for value, _label in choices(layer, other)]
    assert values[0] == usual_kind(layer, other)
    assert len(set(values)) == len(values)


@pytest.mark.parametrize(
    ("layer", "other", "kind"),
    [
        *(("resident", "resident", "knows:out"), ("resident", "association", "works_with:out")),
        *(("association", "place", "uses:out"), ("place", "association", "uses:back")),
        *(("place", "resident", "uses:back"), ("institution", "association", "works_with:out")),
    ],
)
def test_usual_kind_is_what_two_of_these_layers_most_likely_are(layer, other, kind):
    assert usual_kind(layer, other) == kind


def test_choices_are_whole_sentences_from_whoever_does_it():
    labels = dict(choices("association", "place"))
    assert labels["uses:out"] == "Koret uses Salen"
    assert labels["supports:back"] == "Salen supports Koret"


def test_a_tie_that_means_the_same_both_ways_stands_once():
    values = [value for value, _label in choices("association", "association")]
    assert "works_with:out" in values
    assert "works_with:back" not in values
