"""Group by group: what each layer, and each cluster of ties, is to the whole by three measures."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assetmap.inventory.models import Layer

from ..measures import sentences
from ..measures.collective import inside_and_out
from ..measures.position import share_between
from ..measures.reach import Reached, reached
from ..names import FEWEST
from ..worked import collective_of, name_of, position_of, resources_of
from .words import Part, named_in, part_of, sentence, whole

MOST = 6  # clusters that are told, the largest first
LEAST = 3  # assets in one of them

CLUSTER = ""  # in the place of a layer


@dataclass(frozen=True)
class Group:
    """A layer or a CLUSTER: its assets, and the figures that its sentences are made from.

    share: of all standing between others, 0 to 1; None where nobody does. of_all: its assets by
    all assets. reached: what they reach outside. inside, out: tied pairs.
    """

    layer: str
    part: Part
    share: float | None
    of_all: float
    reached: Reached
    inside: int
    out: int


@dataclass(frozen=True)
class Told:
    """A group in words: whose it is, and a sentence for each of the three measures."""

    heading: str
    sentences: list


def groups_of(seen):
    """Return the Groups of a Seen network, layers first; kept as keys and numbers."""
    return seen.kept(name_of("groups", seen), lambda: _work_out(seen))


def _work_out(seen):
    return groups(seen.network, position_of(seen), collective_of(seen), resources_of(seen))


def groups(network, position, collective, resources):
    """Return the Groups of a Network that have anybody in them, layers first."""
    layers = [(layer, _members(network.layers, layer)) for layer in Layer.values]
    large = [n for n, size in enumerate(collective.sizes[:MOST]) if size >= LEAST]
    clusters = [(CLUSTER, _members(collective.cluster, number)) for number in large]
    return [
        _group(network, position, resources, layer, vertices)
        for layer, vertices in [*layers, *clusters]
        if vertices
    ]


def _members(groups, group):
    return [vertex for vertex, one in enumerate(groups) if one == group]


def _group(network, position, resources, layer, vertices):
    return Group(
        layer,
        part_of(network, vertices),
        share_between(position, vertices),
        len(vertices) / len(network),
        reached(network, resources, vertices),
        *inside_and_out(network, vertices),
    )


def keys_in(figures):
    """All keys that telling these Groups needs the names of."""
    return {key for group in figures if group.layer == CLUSTER for key in group.part.known}


def tell(figures, names):
    """Return (layers, clusters) as lists of Told; neighbours too few to count are no group."""
    layers = [_told(one, _of_layer(one)) for one in figures if one.layer and not _is_small(one)]
    clusters = [one for one in figures if one.layer == CLUSTER]
    around = [one for one in clusters if named_in(one.part.known, names)]
    return layers, [_told(one, _around(one, names)) for one in around]


def _is_small(group):
    return group.layer == Layer.RESIDENT and group.part.size < FEWEST


def _of_layer(group):
    return capfirst(Layer(group.layer).plural)


def _around(group, names):
    return sentence(_("Around {ones}"), ones=whole(group.part, names))


def _told(group, heading):
    position = sentences.position_of_group(group.share, group.of_all)
    ties = sentences.ties_of_group(group.inside, group.out)
    return Told(heading, [position, sentences.reach_of_group(group.reached), ties])
