"""The page where one finds out who could introduce one to somebody."""

from django.views.generic import TemplateView

from assetmap.areas.views import AreaMixin

from ..names import named_residents, names_of
from ..pages import NetworkMixin
from .chains import chains
from .ends import may_be_ends, read_end
from .sides import may_meet, may_propose
from .wording import in_words

SIDES = ("from", "to")
CLOSEST = 5  # assets offered where no chain leads


class ChainsView(NetworkMixin, TemplateView):
    """Two assets, and the shortest chains of ties between them, in words."""

    template_name = "network/chains.html"

    def get_context_data(self, **kwargs):
        ends = [self.end(side) for side in SIDES]
        start, end = (row.chosen for row in ends)
        context = {"ends": ends, "start": start, "end": end}
        if start and end and start != end:
            context |= self.between(start, end)
        return super().get_context_data(**context, **kwargs)

    def end(self, side):
        return read_end(side, self.request.GET, self.area, self.request.user)

    def between(self, start, end):
        """The chains between two assets; where there is none, who is close to the second."""
        user, network = self.request.user, self.seen.network
        willing = named_residents(self.area, user)
        found = [network.vertex.get(asset.pk) for asset in (start, end)]
        paths = [] if None in found else chains(network, *found, willing, int(self.seen.day[:4]))
        ways = in_words(network, paths, self.area, user)
        closest = {} if ways else self.closest(start, end, willing)
        return {"ways": ways, "may_propose": self.may_propose(start, end), **closest}

    def may_propose(self, *two):
        """Whether the user may propose that the two meet, and both can answer."""
        user = self.request.user
        both = may_meet(self.area, user).filter(pk__in=[asset.pk for asset in two])
        return may_propose(user, self.area) and both.count() == len(two)

    def closest(self, start, end, willing):
        """Who is tied to the second asset, and who is near it: one of them may know more."""
        user, keys = self.request.user, self.tied_to(end)
        names = names_of(keys, self.area, user)
        ends = may_be_ends(self.area, user).exclude(pk__in=[start.pk, end.pk])
        near = []
        if end.cell is not None:
            near = ends.exclude(layer="resident").near(end.latitude, end.longitude)
            near = near.order_by("distance", "pk")[:CLOSEST]
        tied = ends.filter(pk__in=[key for key in names if names[key].is_named])
        return {"tied": tied.order_by("name_order", "pk")[:CLOSEST], "near": near}

    def tied_to(self, asset):
        network = self.seen.network
        vertex = network.vertex.get(asset.pk)
        edges = [] if vertex is None else network.ties_of[vertex]
        return [network.keys[network.other(edge, vertex)] for edge in edges]


class ChainEndsView(AreaMixin, TemplateView):
    """What matches the words typed at one end, for the page with a script."""

    template_name = "network/chain_ends.html"

    def get_context_data(self, **kwargs):
        side = "to" if self.request.GET.get("side") == "to" else "from"
        row = read_end(side, self.request.GET, self.area, self.request.user)
        return super().get_context_data(row=row, **kwargs)
