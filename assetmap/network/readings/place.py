"""An asset's place in the whole, in two sentences for its page."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmap.inventory.audience import Status

from ..measures import sentences
from ..names import may_be_named
from ..pages import number_of_assets
from ..store import Seen
from ..worked import collective_of, reach_of, structure_of
from .separations import separations

LARGE = 2_000  # assets


def place_in_whole(asset, user):
    """Return up to two sentences on an asset's place in its area's network, as a user sees it.

    None for what the network does not tell of, and in a large area, where even to look whether
    anything has changed would hold the page up; its circle says as much there.
    """
    if not may_be_told(asset, user) or number_of_assets(asset.area) > LARGE:
        return []
    seen = Seen.by(user, asset.area)
    vertex = seen.network.vertex.get(asset.pk)
    return [] if vertex is None else _sentences(seen, vertex)


def may_be_told(asset, user):
    """Whether pages about the network may tell of an asset that the user sees.

    It is in use, and not a resident who did not say yes to being suggested, unless she looks.
    """
    return asset.status == Status.ACTIVE and may_be_named(asset, user)


def _sentences(seen, vertex):
    contacts = seen.network.simple.neighbors(vertex)
    if not contacts:
        return _of_one_alone(structure_of(seen))
    return [_standing(seen, vertex, contacts), sentences.reach_of_one(reach_of(seen), vertex)]


def _of_one_alone(structure):
    largest = structure.sizes[0]
    if largest == 1:
        return []
    said = _("It stands on its own so far: a first tie could join it to %(number)s others.")
    return [said % {"number": intcomma(largest)}]


def _standing(seen, vertex, contacts):
    """How many it is tied to, and what it holds together."""
    pieces = separations_of(seen).get(vertex, [])
    groups = sum(size > 1 for size in pieces)
    if groups > 1:
        return _between_groups(len(contacts), groups)
    if pieces:
        return _only_tie(len(contacts), len(pieces) - groups)
    return _among_clusters(len(contacts), len({collective_of(seen).cluster[v] for v in contacts}))


def separations_of(seen):
    return seen.kept("separations", lambda: separations(seen.network, structure_of(seen)))


def _between_groups(contacts, groups):
    said = ngettext(
        "It is tied to %(number)s other and holds %(groups)s groups together "
        "that would not meet without it.",
        "It is tied to %(number)s others and holds %(groups)s groups together "
        "that would not meet without it.",
        contacts,
    )
    return said % {"number": intcomma(contacts), "groups": intcomma(groups)}


def _only_tie(contacts, loose):
    said = ngettext(
        "It is tied to %(number)s others, and for %(loose)s of them it is the only tie.",
        "It is tied to %(number)s others, and for %(loose)s of them it is the only tie.",
        loose,
    )
    return said % {"number": intcomma(contacts), "loose": intcomma(loose)}


def _among_clusters(contacts, clusters):
    if clusters > 1:
        said = _("It is tied to %(number)s others, who belong to %(clusters)s different groups.")
        return said % {"number": intcomma(contacts), "clusters": intcomma(clusters)}
    said = ngettext(
        "It is tied to %(number)s other.",
        "It is tied to %(number)s others, who belong to the same group.",
        contacts,
    )
    return said % {"number": intcomma(contacts)}
