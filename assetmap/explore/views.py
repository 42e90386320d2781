from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.vary import vary_on_headers
from django.views.generic import ListView, TemplateView, View

from assetmap.areas.views import AreaMixin
from assetmap.inventory.mapconfig import map_config
from assetmap.inventory.models import Asset, Layer, Link, Offering

from .facets import chips, facets
from .filters import DEFAULT_DISTANCE, DISTANCES, SORTS, AssetFilter
from .mapdata import collection


class FilteredMixin(AreaMixin):
    """A page that shows what the filter in its address lets through."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.assets = AssetFilter(request.GET, area=self.area, user=request.user)


@method_decorator(vary_on_headers("HX-Request", "Cookie", "Accept-Language"), name="dispatch")
class ExploreView(FilteredMixin, ListView):
    """The area's assets as a list beside a map, under one filter."""

    paginate_by = 30
    context_object_name = "hits"

    def get_template_names(self):
        htmx = self.request.htmx
        part = htmx and not htmx.history_restore_request
        return ["explore/_results.html" if part else "explore/explore.html"]

    def get_queryset(self):
        return self.assets.ordered().select_related(*Layer.values)

    def paginate_queryset(self, queryset, page_size):
        """A page that is not there shows the nearest one that is."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        hits = list(context["hits"])
        context.update(
            assets=self.assets,
            hits=with_details(hits, self.area, self.request.user),
            everything=self.assets.visible.count(),
            facets=facets(self.assets),
            chips=chips(self.assets),
            sorts=SORTS,
            distances=DISTANCES,
            default_distance=DEFAULT_DISTANCE,
            query=self._query_without_page(),
            map_config=map_config(self.area),
        )
        return context

    def _query_without_page(self):
        query = self.request.GET.copy()
        query.pop("page", None)
        return query.urlencode()


def with_details(hits, area, user):
    """Give each asset of a page its gifts, wishes and number of ties; three queries in all."""
    keys = [asset.pk for asset in hits]
    rows = Offering.objects.visible_to(user).filter(asset__in=keys).select_related("gift")
    ties = Link.objects.visible_to(user).in_use()
    numbers = {}
    for end in ("source", "target"):
        ends = ties.filter(**{f"{end}__in": keys}).order_by()
        for key, n in ends.values_list(end).annotate(n=Count("pk")):
            numbers[key] = numbers.get(key, 0) + n
    for asset in hits:
        asset.area = area
        asset.gives = [row for row in rows if row.asset_id == asset.pk and row.gives]
        asset.seeks = [row for row in rows if row.asset_id == asset.pk and not row.gives]
        asset.ties = numbers.get(asset.pk, 0)
        asset.shows_photo = asset.shows_photo_to(user)
    return hits


class MapDataView(FilteredMixin, View):
    """The filter's hits as GeoJSON: clusters and single assets, of bounded size."""

    def get(self, request):
        answer = collection(self.assets, self._zoom(), self._selected())
        response = JsonResponse(answer, content_type="application/geo+json")
        response["Cache-Control"] = "private, no-cache"
        return response

    def _zoom(self):
        try:
            return max(0, min(22, int(float(self.request.GET.get("zoom", 15)))))
        except (ValueError, OverflowError):
            return 15

    def _selected(self):
        try:
            return self.assets.visible.filter(uid=self.request.GET.get("selected") or None).first()
        except ValidationError:
            return None


class SourcesView(AreaMixin, TemplateView):
    """Where the area's data come from, and on what terms."""

    template_name = "explore/sources.html"

    def get_context_data(self, **kwargs):
        assets = Asset.objects.visible_to(self.request.user).filter(area=self.area)
        sources = (
            assets.exclude(source="")
            .order_by("source")
            .values("source", "licence")
            .annotate(n=Count("pk"))
        )
        return super().get_context_data(
            sources=sources, own=assets.filter(source="").count(), **kwargs
        )
