from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.generic import TemplateView

from assetmap.explore.facets import chips
from assetmap.explore.paging import page_of
from assetmap.explore.views import PAGE_SIZE, MapDataView, with_details
from assetmap.inventory.mapconfig import map_config
from assetmap.inventory.models import Layer

from ..leaving import EVERYBODY, layers_without_residents
from ..openfilter import OpenFilter
from .views import QueryMixin

VIEWS = ("map", "list")


class VisitorMixin(QueryMixin):
    """A page that is the same for everybody: it never asks who somebody is."""

    filter_class = OpenFilter

    def setup(self, request, *args, **kwargs):
        request.user = EVERYBODY
        super().setup(request, *args, **kwargs)


def view_asked(request):
    asked = request.GET.get("view")
    return asked if asked in VIEWS else VIEWS[0]


@method_decorator(
    [xframe_options_exempt, csp_replace({"frame-ancestors": ["*"]})], name="dispatch"
)
class EmbedView(VisitorMixin, TemplateView):
    """An area's map or list inside a page of somebody else's."""

    def get_template_names(self):
        return [f"exchange/exporting/embed_{view_asked(self.request)}.html"]

    def get_context_data(self, **kwargs):
        view = view_asked(self.request)
        own = self._list() if view == "list" else self._map()
        return super().get_context_data(
            assets=self.assets,
            whole=self.with_query(self.area.get_absolute_url()),
            **own,
            **kwargs,
        )

    def _map(self):
        return {
            "map_config": map_config(self.area),
            "map_url": self.page_url("embed-map"),
            "layers": list(layers_without_residents()),
            "list_url": self.page_url("embed", view="list"),
        }

    def _list(self):
        hits = self.assets.qs.select_related(*Layer.values)
        page = page_of(hits, self.assets.stretches, self.request.GET.get("page", ""), PAGE_SIZE)
        with_details(page.rows, self.assets)
        return {"page": page, "list_url": self.page_url("embed", view="list")}


class EmbedMapDataView(VisitorMixin, MapDataView):
    """What the embedded map draws; no asset is picked out, so no tie leads to a resident."""

    def _selected(self):
        return None


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class CodeView(QueryMixin, TemplateView):
    """The lines to put into another page, for the map or the list, with a look at the result."""

    template_name = "exchange/exporting/embed_code.html"

    def get_context_data(self, **kwargs):
        view = view_asked(self.request)
        path = self.page_url("embed", view=view)
        return super().get_context_data(
            assets=self.assets,
            chips=chips(self.assets),
            view=view,
            kept=[(name, value) for name, values in self.asked.lists() for value in values],
            path=path,
            address=self.request.build_absolute_uri(path),
            back=self.page_url("choose"),
            **kwargs,
        )
