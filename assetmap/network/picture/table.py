"""The picture in words: the same assets as rows of a table, and a circle's ties one by one."""

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.models import Layer, Link

from ..measures.sentences import out_of
from ..names import Named, names_of, unnamed
from ..worked import position_of

PAGE_SIZE = 100


@dataclass(frozen=True)
class Row:
    """An asset in the table.

    between: how many of the shortest ways between two others lead through it, in words. reach:
    how many different things lie within two ties of it, or None if that was not asked for.
    """

    named: Named
    ties: int
    between: str
    reach: int | None = None
    steps: int | None = None

    @property
    def layer_name(self):
        return Layer(self.named.layer).label


class Table:
    """The named ones among what a Sight shows, the largest by the chosen measure first."""

    def __init__(self, sight, page):
        self.sight = sight
        self.page = Paginator(self.vertices, PAGE_SIZE).get_page(page)

    @cached_property
    def vertices(self):
        found = self.sight.hits - self.sight.nameless - {self.sight.ego}
        return sorted(found, key=lambda v: (-self.sight.values[v], v))

    @property
    def rows(self):
        keys = [self.sight.network.keys[v] for v in self.page]
        names = names_of(keys, self.sight.area, self.sight.user)
        pairs = zip(self.page, keys, strict=True)
        return [self._row(v, names[key]) for v, key in pairs if key in names]

    def _row(self, vertex, named):
        sight = self.sight
        return Row(
            named,
            ties=len(sight.network.ties_of[vertex]),
            between=ways(position_of(sight.seen).betweenness[vertex]),
            reach=sight.values[vertex] if sight.size == "reach" else None,
            steps=sight.circle[vertex] if sight.circle is not None else None,
        )

    @property
    def neighbours(self):
        """How many neighbours stand in the picture who may not be named."""
        return len(self.sight.hits & self.sight.nameless)


def ways(betweenness):
    """Say, of so many shortest ways between two others, how many lead through an asset."""
    number, of = out_of(betweenness)
    return _("%(number)s of %(of)s") % {"number": intcomma(number), "of": intcomma(of)}


@dataclass(frozen=True)
class Tie:
    """A tie of the ego, as read from it: "is home to" the other end."""

    label: str
    other: Named
    link: Link


def ties_of_ego(sight):
    """Return the ego's Ties in the year that is shown, in the order of their kinds."""
    network = sight.network
    ties = network.ties_of[sight.ego]
    others = {tie: network.keys[network.other(tie, sight.ego)] for tie in ties}
    names = names_of(others.values(), sight.area, sight.user)
    links = Link.objects.in_bulk([network.links[tie] for tie in ties])
    rows = [
        _tie(network, sight.ego, tie, names.get(key) or unnamed(key), links)
        for tie, key in others.items()
        if network.links[tie] in links
    ]
    order = list(LINK_KINDS)
    return sorted(rows, key=lambda row: (order.index(row.link.kind), row.label, row.other.name))


def _tie(network, ego, tie, named, links):
    kind = LINK_KINDS[network.kinds[tie]]
    outwards = network.ends[tie][0] == ego
    return Tie(kind.out if outwards else kind.back, named, links[network.links[tie]])
