"""On their own: what has no tie yet, and small islands, each as an invitation.

Residents without a tie are counted and never named: that they are alone is theirs to say.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmap.inventory.models import Asset, Layer

from ..names import number_of_residents
from .words import Part, named_in, part_of, whole

MOST = 8  # of single assets in a layer, and of islands, that are named


@dataclass(frozen=True)
class Loose:
    """single: {layer: (number of assets without a tie, keys of the first of them)}.

    islands: the first small groups, as Parts. number_of_islands: all there are.
    """

    single: dict
    islands: list
    number_of_islands: int


@dataclass(frozen=True)
class Group:
    """The assets of a layer without a tie; `assets` are the first of them, as rows of Asset."""

    layer: Layer
    number: int
    assets: list

    @property
    def others(self):
        return self.number - len(self.assets)


@dataclass(frozen=True)
class Alone:
    """Who stands alone by layer, neighbours in a sentence, and the islands in words."""

    groups: list
    neighbours: str
    islands: list
    more_islands: str
    none: str
    figures: Loose


def loose(network, structure):
    """Return what is Loose in a Network."""
    islands = sorted(structure.islands, key=len, reverse=True)
    return Loose(
        single=_single(network, structure.alone),
        islands=[part_of(network, island) for island in islands[:MOST]],
        number_of_islands=len(islands),
    )


def _single(network, alone):
    numbers = Counter(network.layers[v] for v in alone)
    return {layer: (numbers[layer], _first(network, alone, layer)) for layer in numbers}


def _first(network, alone, layer):
    if layer == Layer.RESIDENT:
        return []
    return [network.keys[v] for v in alone if network.layers[v] == layer][:MOST]


def keys_in(figures):
    """All keys that telling this needs the names of."""
    return {key for island in figures.islands for key in island.known}


def single_assets(figures, area, user):
    """Return {key: Asset} of the single assets to be named, in one query."""
    keys = [key for _number, some in figures.single.values() for key in some]
    seen = Asset.objects.visible_to(user).filter(pk__in=keys, area=area)
    found = {asset.pk: asset for asset in seen.only("uid", "layer", "name", "area")}
    for asset in found.values():
        asset.area = area
    return found


def tell(figures, names, assets):
    """Return the Alone, with the names that may be said.

    assets: {key: Asset} of the single ones.
    """
    said = [whole(one, names, shown=3) for one in figures.islands if _has_name(one, names)]
    more = figures.number_of_islands - len(said)
    return Alone(
        groups=_groups(figures.single, assets),
        neighbours=_say_neighbours(figures.single.get(Layer.RESIDENT.value, (0, []))[0]),
        islands=said,
        more_islands=_say_more(more, bool(said)),
        none="" if figures.single or figures.islands else _("Nobody: all have a tie."),
        figures=figures,
    )


def _has_name(part: Part, names):
    return bool(named_in(part.known, names))


def _groups(single, assets):
    found = [(Layer(layer), *single[layer]) for layer in Layer.values if layer in single]
    return [
        Group(layer, number, [assets[key] for key in keys if key in assets])
        for layer, number, keys in found
        if layer != Layer.RESIDENT
    ]


def _say_neighbours(number):
    if not number:
        return ""
    shown = {"number": number_of_residents(number)}
    return _("%(number)s neighbours have no tie yet. Whom could they meet?") % shown


def _say_more(number, beside_others):
    if not number:
        return ""
    if beside_others:
        said = ngettext("There is {n} more such group.", "There are {n} more such groups.", number)
    else:
        said = ngettext(
            "{n} small group is on its own.", "{n} small groups are on their own.", number
        )
    return said.format(n=number)
