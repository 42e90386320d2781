"""What ideas of ties are drawn from: read from the database in three queries beside the network.

A resident who did not say yes to being suggested is in none of it, neither as an end of a tie nor
as somebody whom two others both know. Nor is what would reveal something about a person.
"""

import heapq
import math
from dataclasses import dataclass
from functools import cached_property

from assetmap.inventory.hours import hours_in
from assetmap.inventory.models import Asset, Layer, Link, Offering
from assetmap.inventory.position import METRES_A_DEGREE, metres_a_degree_east
from places.models import Place

from ..audience import eyes_of
from ..names import willing_among
from .matrix import weak_cells

NEAR = 150  # metres that are close by
HUB = 50  # ties; what has more of them, all are tied to, so it is nothing to have in common
ROOM_GIFT = "EA6"  # Lend a room
ROOMS = (Place.Kind.ROOM, Place.Kind.CENTRE, Place.Kind.STUDIO)
ITSELF = 0  # in the place of an offering: the room is the place itself
STRONGER = (Offering.Mode.TEACH, Offering.Mode.LEARN)
TIMES = (
    *("association__meeting_times", "institution__opening_hours"),
    *("place__opening_hours", "resident__availability"),
)


@dataclass(frozen=True, eq=False)
class Facts:
    """Lists with an entry a vertex of the network, and pairs of vertices.

    open: whether it may be in an idea at all. reveals: whether a tie to it would reveal something
    about a person. spots: (east, north) in metres from the area's centre, or None. hours: as
    hours_in() gives them. gives, seeks: {what: offering}; `what` is the key of a gift, or own
    words. tied: (lower, higher) pairs that have, had or will have a tie.
    """

    network: object
    open: list
    reveals: list
    spots: list
    hours: list
    gives: list
    seeks: list
    tied: set

    def may_meet(self, one, other):
        """Whether a tie between two vertices may be thought of at all."""
        layers = [self.network.layers[vertex] for vertex in (one, other)]
        person = Layer.RESIDENT in layers
        return (
            self.open[one]
            and self.open[other]
            and layers != [Layer.PLACE, Layer.PLACE]  # nobody is there who could meet
            and not (person and (self.reveals[one] or self.reveals[other]))
            and (min(one, other), max(one, other)) not in self.tied
        )

    def metres(self, one, other):
        """How far two vertices are apart as the crow flies; None where a position is unknown."""
        here, there = self.spots[one], self.spots[other]
        return math.dist(here, there) if here and there else None

    def near(self, vertex):
        """What lies within NEAR metres, as [(metres, vertex), …], the nearest first."""
        if not self.spots[vertex]:
            return []
        found = [(math.dist(self.spots[vertex], self.spots[v]), v) for v in self._around(vertex)]
        return sorted(pair for pair in found if pair[0] <= NEAR and pair[1] != vertex)

    def nearest(self, vertex, others, number):
        """The nearest of some vertices; those of unknown position last, then by their order."""
        far = math.inf

        def order(other):
            metres = self.metres(vertex, other)
            return (far if metres is None else metres), other

        return heapq.nsmallest(number, others, key=order)

    def _around(self, vertex):
        column, row = _square(self.spots[vertex])
        for east in (-1, 0, 1):
            for north in (-1, 0, 1):
                yield from self._squares.get((column + east, row + north), ())

    @cached_property
    def _squares(self):
        found = {}
        for vertex, spot in enumerate(self.spots):
            if spot and self.open[vertex]:
                found.setdefault(_square(spot), []).append(vertex)
        return found

    @cached_property
    def tied_to(self):
        """The set of vertices that each vertex is tied to now."""
        found = [set() for _key in self.network.keys]
        for one, other in self.network.between:
            found[one].add(other)
            found[other].add(one)
        return found

    @cached_property
    def meeting_points(self):
        """Of each vertex, those in tied_to that two assets may have in common."""
        counts = [self.open[v] and 2 <= len(ends) <= HUB for v, ends in enumerate(self.tied_to)]
        return [{v for v in ends if counts[v]} for ends in self.tied_to]

    def common(self, one, other):
        """The vertices that two are both tied to, in order; none that reveals about a person."""
        both = self.meeting_points[one] & self.meeting_points[other]
        if both and Layer.RESIDENT in (self.network.layers[one], self.network.layers[other]):
            both = {vertex for vertex in both if not self.reveals[vertex]}
        return sorted(both)

    @cached_property
    def givers(self):
        """{what: [vertices that give it]}."""
        return _turned(self.gives)

    @cached_property
    def seekers(self):
        """{what: [vertices that wish for it]}."""
        return _turned(self.seeks)

    @cached_property
    def weak(self):
        """{"layer" or "sector": its weak_cells()}."""
        groups = {"layer": self.network.layers, "sector": self.network.sectors}
        return {name: weak_cells(group, self.network.between) for name, group in groups.items()}


def _square(spot):
    return int(spot[0] // NEAR), int(spot[1] // NEAR)


def _turned(offerings):
    found = {}
    for vertex, whats in enumerate(offerings):
        for what in whats:
            found.setdefault(what, []).append(vertex)
    return found


# Reading them ------------------------------------------------------------------------------


def willing_in(area):
    """The keys of the area's residents in use who said yes to being suggested."""
    residents = Asset.objects.active().filter(area=area, layer=Layer.RESIDENT)
    return willing_among(residents.values("pk"))


def load_facts(seen, willing):
    """Return the Facts of a network as its audience sees it; `willing` are residents' keys."""
    network, eyes = seen.network, eyes_of(seen.audience, seen.area)
    rows = _assets(seen.area, eyes, network.vertex)
    offerings = _offerings(seen.area, eyes, network.vertex)
    size = range(len(network))
    open_ = [n in rows and _is_open(network, n, willing) for n in size]
    shown = [rows.get(n) if open_[n] else None for n in size]
    gives = _held(offerings, Offering.GIVES, open_)
    _add_rooms(gives, shown, offerings)
    return Facts(
        network=network,
        open=open_,
        reveals=[bool(row and row["reveals"]) for row in shown],
        spots=[_spot(row, seen.area) for row in shown],
        hours=[_hours(row) for row in shown],
        gives=gives,
        seeks=_held(offerings, Offering.SEEKS, open_),
        tied=_tied(seen.area, eyes, network.vertex),
    )


def _is_open(network, vertex, willing):
    return network.layers[vertex] != Layer.RESIDENT or network.keys[vertex] in willing


def _assets(area, eyes, vertex):
    assets = Asset.objects.visible_to(eyes).active().filter(area=area).order_by()
    rows = assets.values("pk", "latitude", "longitude", "reveals", "place__kind", *TIMES)
    return {vertex[row["pk"]]: row for row in rows if row["pk"] in vertex}


def _spot(row, area):
    if not row or row["latitude"] is None:
        return None
    east = (row["longitude"] - area.longitude) * metres_a_degree_east(area.latitude)
    return east, (row["latitude"] - area.latitude) * METRES_A_DEGREE


def _hours(row):
    return hours_in(next((row[name] for name in TIMES if row and row[name]), ""))


def _offerings(area, eyes, vertex):
    """The offerings as (vertex, what, mode, key, gift's code); none that reveals or waits."""
    plain = Offering.objects.visible_to(eyes).plain()
    rows = plain.filter(asset__area=area).order_by("pk")
    columns = rows.values_list("asset", "gift", "text", "mode", "pk", "gift__code")
    return [
        (vertex[asset], gift or text.casefold().strip(), mode, key, code)
        for asset, gift, text, mode, key, code in columns
        if asset in vertex
    ]


def _held(offerings, modes, open_):
    """{what: offering} of each vertex, for those in one of the modes.

    Of two for the same gift it is the one that says more: to teach it, to learn it.
    """
    found = [{} for _vertex in open_]
    for vertex, what, mode, key, _code in sorted(
        offerings, key=lambda row: row[2] not in STRONGER
    ):
        if mode in modes and open_[vertex]:
            found[vertex].setdefault(what, key)
    return found


def _add_rooms(gives, rows, offerings):
    """Let every room give what those look for who wish for a room."""
    wished = {what for _vertex, what, _mode, _key, code in offerings if code == ROOM_GIFT}
    for vertex, row in enumerate(rows):
        if row and row["place__kind"] in ROOMS:
            for what in wished:
                gives[vertex].setdefault(what, ITSELF)


def _tied(area, eyes, vertex):
    links = Link.objects.visible_to(eyes).in_use().filter(source__area=area).order_by()
    ends = links.values_list("source", "target")
    return {
        tuple(sorted((vertex[source], vertex[target])))
        for source, target in ends
        if source in vertex and target in vertex
    }
