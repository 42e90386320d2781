from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from django.views.decorators.vary import vary_on_headers
from django.views.generic import TemplateView, View

from assetmap.areas.roles import may_export
from assetmap.explore.facets import chips, facets
from assetmap.inventory.models import Layer

from .. import working
from ..measures.sentences import (
    error_of,
    openness_of_one,
    position_of_one,
    reach_of_one,
    ties_of_one,
)
from ..names import names_of, number_of_residents
from ..worked import collective_of, position_of, reach_of
from .asking import SightMixin
from .data import drawing, picture
from .files import FILES
from .filters import SIZES, STEPS
from .lines import LINES
from .table import Table, ties_of_ego

WITHOUT_FIELD = ("near", "within", "bbox", "linked_to", "day", "time", "audience", "age")


@method_decorator(gzip_page, name="dispatch")
@method_decorator(vary_on_headers("HX-Request", "Cookie", "Accept-Language"), name="dispatch")
class PictureView(SightMixin, TemplateView):
    """The network as a picture, and the same as a table."""

    def get_template_names(self):
        htmx = self.request.htmx
        part = htmx and not htmx.history_restore_request
        return ["network/picture_results.html" if part else "network/picture.html"]

    def get_context_data(self, **kwargs):
        table = Table(self.sight, self.request.GET.get("page"))
        return super().get_context_data(
            assets=self.asked,
            sight=self.sight,
            facets=facets(self.asked),
            chips=chips(self.asked),
            table=table,
            neighbours=table.neighbours and number_of_residents(table.neighbours),
            page_obj=table.page,
            is_paginated=table.page.has_other_pages(),
            circle=self._circle() if self.sight.ego is not None else None,
            error=error_of(position_of(self.sight.seen)),
            drawing=drawing(),
            hidden=self._hidden(),
            **self._choices(),
            **self._addresses(),
            **kwargs,
        )

    def _hidden(self):
        """What of the filter has no field of its own on the page."""
        asked = self.request.GET
        return [(name, asked[name]) for name in WITHOUT_FIELD if asked.get(name)]

    def _choices(self):
        return {"sizes": SIZES, "steps": STEPS, "lines": LINES.values(), "layers": list(Layer)}

    def _addresses(self):
        files = [(label, self._url(form)) for form, label in FILES.items()]
        return {
            "home": reverse("network:picture", args=[self.area.slug]),
            "whole": self._url("picture", "ego", "steps"),
            "files": files if self._may_leave() else [],
            "may_export": may_export(self.request.user, self.area),
            "query": self._query("page"),
            "around": self._query("page", "ego", "steps"),
        }

    def _may_leave(self):
        ego = self.asked.chosen.get("ego")
        return not (ego and ego.layer == Layer.RESIDENT)

    def _url(self, name, *without):
        query = self._query("page", *without)
        return f"{reverse(f'network:{name}', args=[self.area.slug])}{'?' if query else ''}{query}"

    def _query(self, *without):
        query = self.request.GET.copy()
        for name in without:
            query.pop(name, None)
        return query.urlencode()

    def _circle(self):
        """What is said of the asset whose circle is shown."""
        sight = self.sight
        key, position = sight.network.keys[sight.ego], position_of(sight.seen)
        contacts = sight.network.simple.degree(sight.ego)
        return {
            "named": names_of([key], self.area, self.request.user)[key],
            "ties": ties_of_ego(sight),
            "position": position_of_one(position, sight.ego),
            "openness": openness_of_one(position, sight.ego, contacts),
            "reach": reach_of_one(reach_of(sight.seen), sight.ego),
            "bridging": ties_of_one(*self._by_cluster()),
            "steps": [(value, label, self._steps(value)) for value, label in STEPS],
        }

    def _by_cluster(self):
        """How many of those it is tied to are in its own cluster, and how many are not."""
        cluster, ego = collective_of(self.sight.seen).cluster, self.sight.ego
        contacts = self.sight.network.simple.neighbors(ego)
        inside = sum(cluster[other] == cluster[ego] for other in contacts)
        return inside, len(contacts) - inside

    def _steps(self, value):
        """The address of the same circle, so many steps wide."""
        query = self.request.GET.copy()
        query.pop("page", None)
        query["steps"] = value
        return f"?{query.urlencode()}#circle"


@method_decorator([gzip_page, conditional_page], name="dispatch")
class PictureDataView(SightMixin, View):
    """What the script draws, as JSON of bounded size."""

    def get(self, request):
        response = JsonResponse(picture(self.sight))
        response["Cache-Control"] = "private, no-cache"  # asked for again, but sent only if new
        return response

    def please_wait(self, asks):
        """Say to the script that there is nothing to draw yet."""
        working.begin(self.seen)
        return HttpResponse(status=503)
