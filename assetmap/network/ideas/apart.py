"""Two ties apart: tied to the same others, but not to each other."""

import math
from collections import Counter

from assetmap.inventory.models import Layer

from .reasons import FEW, Reason

KIND = "apart"
LEAST = 2  # others in common
SAID = 2  # others in common that are named


def candidates(facts, vertex, near):
    """Vertices two ties away with at least LEAST others in common, the closest few."""
    ways, weights = Counter(), Counter()
    for middle in facts.meeting_points[vertex]:
        if not _is_place(facts, middle):
            ways.update(facts.tied_to[middle])
            weights.update(dict.fromkeys(facts.tied_to[middle], _weight(facts, middle)))
    found = [v for v, number in ways.items() if number >= LEAST and v != vertex and facts.open[v]]
    return sorted(found, key=lambda other: (-weights[other], other))[:FEW]


def _is_place(facts, vertex):
    """What two use alike is told by places.py."""
    return facts.network.layers[vertex] == Layer.PLACE


def _weight(facts, middle):
    return 1 / math.log(len(facts.tied_to[middle]))  # two are tied to it, so it is above 0


def reason(facts, one, other):
    """Return the Reason, or None with fewer than LEAST others in common.

    Adamic, L. A. and Adar, E. (2003): Friends and neighbors on the Web. Social Networks 25. Their
    measure A is the sum, over all z that both are tied to, of 1 / log(number of ties of z): to
    have somebody in common says the more, the fewer she knows. score: A / (1 + A). Liben-Nowell,
    D. and Kleinberg, J. (2007): The link-prediction problem for social networks, found it to be
    among the best foretellers of ties. facts: (how many in common, keys of those that say most).
    """
    common = [vertex for vertex in facts.common(one, other) if not _is_place(facts, vertex)]
    if len(common) < LEAST:
        return None
    common.sort(key=lambda vertex: (len(facts.tied_to[vertex]), vertex))
    total = sum(_weight(facts, vertex) for vertex in common)
    keys = tuple(facts.network.keys[vertex] for vertex in common[:SAID])
    return Reason(KIND, total / (1 + total), (len(common), keys))
