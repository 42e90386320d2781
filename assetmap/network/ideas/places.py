"""The same place and the same hours."""

from assetmap.inventory.hours import in_common
from assetmap.inventory.models import Layer

from .facts import NEAR
from .reasons import FEW, Reason

KIND = "places"


def candidates(facts, vertex, near):
    """Vertices close by, or at the same places, that have days in common with this one."""
    hours = facts.hours[vertex]
    if not hours:
        return []
    close = [other for _metres, other in near if in_common(hours, facts.hours[other])]
    return [*close[:FEW], *_sharing(facts, vertex)[:FEW]]


def _sharing(facts, vertex):
    places = [v for v in facts.meeting_points[vertex] if _is_place(facts, v)]
    others = {other for place in places for other in facts.tied_to[place] if facts.open[other]}
    hours = facts.hours[vertex]
    return sorted(v for v in others - {vertex} if in_common(hours, facts.hours[v]))


def _is_place(facts, vertex):
    return facts.network.layers[vertex] == Layer.PLACE


def reason(facts, one, other):
    """Return the Reason, or None where they are at no place in common.

    score: 0.5 for a place that both are tied to, or else up to 0.3, less the further apart they
    are, up to NEAR metres; and 0.5 more for days in common. facts: (metres, rounded to ten, or
    -1; days, Monday is 0; keys of the places).
    """
    metres = facts.metres(one, other)
    places = [vertex for vertex in facts.common(one, other) if _is_place(facts, vertex)]
    close = metres is not None and metres <= NEAR
    if not (close or places):
        return None
    days = in_common(facts.hours[one], facts.hours[other])
    score = (0.5 if places else 0.3 * (1 - metres / NEAR)) + (0.5 if days else 0)
    keys = tuple(facts.network.keys[vertex] for vertex in places)
    return Reason(KIND, score, (_tens(metres) if close else -1, tuple(days), keys))


def _tens(metres):
    return int(round(metres, -1))
