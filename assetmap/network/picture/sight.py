"""What somebody asked to see of an area's network, put together from what is kept of it."""

import math
from functools import cached_property

from django.db.models import Min
from django.utils import timezone

from assetmap.inventory.models import Layer, Link

from ..audience import eyes_of
from ..names import named_residents
from ..store import Seen
from ..worked import position_of, reach_of
from .circle import circle, rings
from .layout import layout_of

MOST = 2_000  # assets in one picture; of more the largest are drawn, and the table has all


class Sight:
    """A part of a network: whose circle, in which year, and what of it fits a filter.

    asked: a PictureFilter. now: the Seen of today, which also says where everything stands, so
    that nothing jumps from year to year.
    """

    def __init__(self, asked, now):
        self.asked, self.now = asked, now
        self.area, self.user = asked.area, asked.user

    @cached_property
    def first_year(self):
        """The earliest year that a tie is known to have begun in, or this one."""
        return self.now.kept("first year", self._first_year)

    def _first_year(self):
        links = Link.objects.visible_to(eyes_of(self.now.audience, self.area)).in_use()
        links = links.filter(source__area=self.area).exclude(since="").order_by()
        began = links.aggregate(first=Min("since"))["first"]
        return min(int(began[:4]), self.this_year) if began else self.this_year

    @cached_property
    def this_year(self):
        return timezone.localdate().year

    @cached_property
    def year(self):
        """The year that is shown, or None for today."""
        asked = self.asked.chosen.get("year")
        return max(asked, self.first_year) if asked and asked < self.this_year else None

    @cached_property
    def seen(self):
        return Seen(self.area, self.now.audience, str(self.year)) if self.year else self.now

    @cached_property
    def network(self):
        return self.seen.network

    @cached_property
    def size(self):
        return self.asked.chosen.get("size") or "ties"

    @cached_property
    def values(self):
        """The chosen measure of each vertex."""
        return MEASURES[self.size](self.seen)

    @cached_property
    def largest(self):
        return max(self.values, default=0)

    def weight(self, vertex):
        """How large a vertex is drawn, from 0 to 1: its area goes with the measure."""
        return math.sqrt(self.values[vertex] / self.largest) if self.largest else 0.0

    @cached_property
    def nameless(self):
        """The vertices of residents who may not be named here: each is “a neighbour”."""
        return self.residents - {
            self.network.vertex.get(key) for key in named_residents(self.area, self.user)
        }

    @cached_property
    def residents(self):
        """The vertices of all residents."""
        return {v for v, layer in enumerate(self.network.layers) if layer == Layer.RESIDENT}

    @cached_property
    def ego(self):
        """The vertex whose circle is shown, or None for all of the network."""
        asset = self.asked.chosen.get("ego")
        return self.network.vertex.get(asset.pk) if asset else None

    @cached_property
    def steps(self):
        return int(self.asked.chosen.get("steps") or 1)

    @cached_property
    def circle(self):
        """{vertex: steps from the ego}, or None where all is shown."""
        if self.ego is None:
            return None
        return circle(self.network, self.ego, self.steps, self.absent)

    @property
    def absent(self):
        """Vertices that are not shown at all."""
        return frozenset()

    @cached_property
    def within(self):
        """The vertices that the picture is about."""
        everything = range(len(self.network)) if self.circle is None else self.circle
        return set(everything) - self.absent

    @cached_property
    def hits(self):
        """Those of them that the filter lets through.

        A search must not single out who may not be named, or it would tell who it is: nothing but
        their layer finds them.
        """
        if not self.asked.narrows:
            return self.within
        keys = self.asked.qs.order_by().values_list("pk", flat=True)
        vertex = self.network.vertex
        found = {vertex[key] for key in keys if key in vertex} & self.within
        return found if self.asked.narrows == {"layer"} else found - self.nameless

    @cached_property
    def drawn(self):
        """The vertices in the picture, the larger later; at most MOST, hits before others."""
        first = sorted(self.within, key=self._rank)[:MOST]
        return sorted(first, key=lambda v: (v in self.hits, self.values[v], v))

    def _rank(self, vertex):
        return vertex != self.ego, vertex not in self.hits, -self.values[vertex], vertex

    @cached_property
    def places(self):
        """{vertex: (x, y)} of those drawn."""
        where = dict(zip(self.now.network.keys, layout_of(self.now), strict=True))
        places = {v: where[self.network.keys[v]] for v in self.within}
        return places if self.circle is None else rings(self.network, self.circle, places)

    @cached_property
    def pairs(self):
        """{(lower vertex, higher vertex): [its ties]} between those drawn."""
        drawn = set(self.drawn)
        return {
            ends: ties for ends, ties in self.network.between.items() if drawn.issuperset(ends)
        }

    @property
    def left_out(self):
        return len(self.within) - len(self.drawn)


def _ties(seen):
    return [len(ties) for ties in seen.network.ties_of]


def _between(seen):
    return position_of(seen).betweenness


def _reach(seen):
    return reach_of(seen).variety


MEASURES = {"ties": _ties, "between": _between, "reach": _reach}
