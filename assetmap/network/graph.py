"""The ties of an area as a graph, read from the database in two queries."""

from dataclasses import dataclass
from functools import cached_property

import igraph

from assetmap.inventory.models import Asset, Link

CIVIL, NO_SECTOR = "civil", ""
SECTOR_OF_LAYER = {"resident": CIVIL, "association": CIVIL}  # institutions say theirs


@dataclass(frozen=True)
class Network:
    """What is tied to what in an area, as one audience may see it on one day.

    Vertices are the assets in use, those without a tie too; edges are ties, so two assets may
    have several. Lists with an entry a vertex: `keys` (assets' primary keys, rising), `layers`,
    `sectors` ("public", "private", "civil", "" for a place). Lists with an entry an edge: `links`
    (primary keys), `ends` (source, target as vertices), `kinds`, `strengths` (1 to 3), `since`
    and `until` (partial dates, "" for unknown), `years` (when the tie was first known of).
    """

    keys: list
    layers: list
    sectors: list
    links: list
    ends: list
    kinds: list
    strengths: list
    since: list
    until: list
    years: list

    def __len__(self):
        return len(self.keys)

    @cached_property
    def vertex(self):
        """{asset's primary key: vertex}."""
        return {key: number for number, key in enumerate(self.keys)}

    @cached_property
    def graph(self):
        """All ties as an undirected igraph.Graph; edge i is tie i, parallel ones stay."""
        return igraph.Graph(n=len(self.keys), edges=self.ends)

    @cached_property
    def simple(self):
        """The same with one edge between two assets however many ties they have.

        Its edges have `strength`, the strongest of the ties.
        """
        graph = self.graph.copy()
        graph.es["strength"] = self.strengths
        return graph.simplify(combine_edges={"strength": "max"})

    @cached_property
    def ties_of(self):
        """The ties of each vertex, as lists of edges."""
        found = [[] for _key in self.keys]
        for edge, (source, target) in enumerate(self.ends):
            found[source].append(edge)
            found[target].append(edge)
        return found

    @cached_property
    def between(self):
        """{(lower vertex, higher vertex): [edges of the ties that join the two]}."""
        found = {}
        for edge, ends in enumerate(self.ends):
            found.setdefault(tuple(sorted(ends)), []).append(edge)
        return found

    def other(self, edge, vertex):
        """The vertex at the far end of a tie."""
        source, target = self.ends[edge]
        return target if source == vertex else source


def load(area, user, day):
    """Return the Network of what a user may see in an area, as it stood on a day.

    day: an ISO date, or the beginning of one ("2013", "2013-05"): then whatever stood at some
    time of that year or month is in it.
    """
    assets = Asset.objects.visible_to(user).active().filter(area=area).order_by("pk")
    rows = list(assets.values_list("pk", "layer", "institution__sector"))
    keys = [key for key, _layer, _sector in rows]
    vertex = {key: number for number, key in enumerate(keys)}
    ties = [tie for tie in _ties(area, user) if stands(tie[5], tie[6], day)]
    ties = [tie for tie in ties if tie[1] in vertex and tie[2] in vertex]
    links, sources, targets, kinds, strengths, since, until, made = _columns(ties, 8)
    return Network(
        keys=keys,
        layers=[layer for _key, layer, _sector in rows],
        sectors=[sector or SECTOR_OF_LAYER.get(layer, NO_SECTOR) for _key, layer, sector in rows],
        links=links,
        ends=[(vertex[s], vertex[t]) for s, t in zip(sources, targets, strict=True)],
        kinds=kinds,
        strengths=strengths,
        since=since,
        until=until,
        years=[int(s[:4]) if s else m.year for s, m in zip(since, made, strict=True)],
    )


def _ties(area, user):
    links = Link.objects.visible_to(user).in_use().filter(source__area=area).order_by("pk")
    return links.values_list(
        *("pk", "source", "target", "kind", "strength", "since", "until", "created_at")
    )


def _columns(rows, number):
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(number)]


def stands(since, until, day):
    """Whether a tie stands on a day; each may be a year or a month alone, and "" is unknown.

    One that ended in 2013 stood at some time of 2013, and so it stands on each day of that year.
    """
    begun = since[: len(day)] <= day[: len(since)]
    over = until and until[: len(day)] < day[: len(until)]
    return begun and not over
