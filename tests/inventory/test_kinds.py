import pytest
from django.utils.translation import override

from assetmap.inventory.kinds import LINK_KINDS, SYMMETRIC_KINDS, directed_choices, kind_choices
from assetmap.inventory.models import Layer, Link


def test_kinds_stand_under_their_own_code_and_fit_the_column():
    longest = Link._meta.get_field("kind").max_length
    assert all(code == kind.code and len(code) <= longest for code, kind in LINK_KINDS.items())
    assert [code for code, _ in kind_choices()] == list(LINK_KINDS)


def test_kinds_name_only_layers_that_exist():
    named = {
        layer
        for kind in LINK_KINDS.values()
        for layers in (kind.sources, kind.targets)
        for layer in layers or ()
    }
    assert named <= set(Layer.values)


def test_kind_that_means_the_same_both_ways_takes_the_same_ends():
    assert {"works_with", "knows"} == set(SYMMETRIC_KINDS)
    for code in SYMMETRIC_KINDS:
        assert LINK_KINDS[code].sources == LINK_KINDS[code].targets


def test_no_two_ties_read_alike():
    with override("en"):
        labels = [
            str(label)
            for kind in LINK_KINDS.values()
            for label in ([kind.out] if kind.symmetric else [kind.out, kind.back])
        ]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("kind", "source", "target", "allowed"),
    [
        ("knows", "resident", "resident", True),
        ("knows", "resident", "place", False),
        ("works_at", "resident", "institution", True),
        ("works_at", "institution", "resident", False),
        ("uses", "association", "place", True),
        ("uses", "place", "association", False),
        ("supports", "place", "resident", True),
    ],
)
def test_kind_joins_only_its_layers(kind, source, target, allowed):
    assert LINK_KINDS[kind].allows(source, target) is allowed


@pytest.mark.parametrize("layer", Layer.values)
def test_choices_of_a_layer_are_the_ties_it_can_have(layer):
    offered = {value for value, _ in directed_choices(layer)}
    for kind in LINK_KINDS.values():
        goes = any(kind.allows(layer, other) for other in Layer.values)
        comes = any(kind.allows(other, layer) for other in Layer.values)
        assert (f"{kind.code}:out" in offered) == goes
        assert (f"{kind.code}:back" in offered) == (comes and not kind.symmetric)


def test_place_is_offered_what_a_place_can_be():
    with override("en"):
        labels = {str(label) for _, label in directed_choices("place")}
    assert {"is home to", "is used by", "is the address of"} <= labels
    assert {"knows", "works at", "runs"}.isdisjoint(labels)
