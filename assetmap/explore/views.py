from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from django.views.decorators.vary import vary_on_headers
from django.views.generic import TemplateView, View

from assetmap.areas.models import Area
from assetmap.areas.views import AreaMixin
from assetmap.inventory.mapconfig import map_config, map_config_everywhere
from assetmap.inventory.models import Asset, Layer, Link, Offering

from .arealist import area_page
from .facets import chips, facets
from .filters import DEFAULT_DISTANCE, DISTANCES, SORTS, AssetFilter
from .happening import questions
from .mapdata import collection
from .paging import page_of
from .spelling import nearest
from .suggest import suggestions

PAGE_SIZE = 30
AREA_TEXTS = [f"area__{name}" for name in ("boundary", "introduction", "privacy_notice", "dpia")]


class FilteredMixin:
    """A page that shows what the filter in its address lets through: of all areas, or of one."""

    area = None
    filter_class = AssetFilter

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.assets = self.filter_class(request.GET, area=self.area, user=request.user)


@method_decorator(gzip_page, name="dispatch")
@method_decorator(vary_on_headers("HX-Request", "Cookie", "Accept-Language"), name="dispatch")
class AssetListView(FilteredMixin, TemplateView):
    """Assets as a list beside a map, under one filter."""

    def get_template_names(self):
        htmx = self.request.htmx
        part = htmx and not htmx.history_restore_request
        return ["explore/_results.html" if part else "explore/explore.html"]

    def get_context_data(self, **kwargs):
        page = self.page()
        return super().get_context_data(
            assets=self.assets,
            page=page,
            facets=facets(self.assets),
            chips=chips(self.assets),
            instead=self._instead(page),
            sorts=SORTS,
            distances=DISTANCES,
            default_distance=DEFAULT_DISTANCE,
            query=self._query_without("page"),
            **kwargs,
        )

    @property
    def mark(self):
        return self.request.GET.get("page", "")

    def page(self):
        """The assets that fit on one page, with all that their cards show."""
        hits = self.assets.qs.select_related("area", *Layer.values).defer(*AREA_TEXTS)
        page = page_of(hits, self.assets.stretches, self.mark, PAGE_SIZE)
        with_details(page.rows, self.assets)
        return page

    def _instead(self, page):
        """What may have been meant by words that are nowhere, with the query that asks for it."""
        typed = self.assets.chosen.get("q")
        if not page or page.rows or not typed:
            return None
        words = nearest(self.assets.visible, typed, self.area)
        query = urlencode({"q": words})
        return words and {"words": words, "query": query}

    def _query_without(self, name):
        query = self.request.GET.copy()
        query.pop(name, None)
        return query.urlencode()


class ExploreView(AreaMixin, AssetListView):
    """One area's assets."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            home=self.area.get_absolute_url(),
            map_url=reverse("explore:map", args=[self.area.slug]),
            map_config=map_config(self.area),
            happening=questions(self.assets.chosen, self.area, self.request.user),
            **kwargs,
        )


class EverywhereView(AssetListView):
    """The areas of this site, and a search in all of them; with only one, straight to it."""

    def get(self, request, *args, **kwargs):
        areas = list(Area.objects.only("slug")[:2])
        if len(areas) == 1:
            query = request.GET.urlencode()
            return redirect(f"{areas[0].get_absolute_url()}{'?' if query else ''}{query}")
        return super().get(request, *args, **kwargs)

    def page(self):
        """Assets when somebody looks for some; else the page is one of areas."""
        return super().page() if self.assets.narrows else None

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            areas=area_page(self.assets, self.mark),
            home=reverse("explore:everywhere"),
            map_url=reverse("explore:map-everywhere"),
            map_config=map_config_everywhere(),
            **kwargs,
        )


@method_decorator([gzip_page, conditional_page], name="dispatch")
class MapDataView(FilteredMixin, View):
    """The filter's hits as GeoJSON: clusters and single assets, of bounded size."""

    def get(self, request):
        answer = collection(self.assets, self._zoom(), self._selected())
        response = JsonResponse(answer, content_type="application/geo+json")
        response["Cache-Control"] = "private, no-cache"  # asked for again, but sent only if new
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


class AreaMapDataView(AreaMixin, MapDataView):
    """The same of one area."""


class SuggestView(AreaMixin, FilteredMixin, View):
    """What somebody may be typing, as JSON."""

    def get(self, request):
        response = JsonResponse(suggestions(self.assets, request.GET.get("q", "")[:100]))
        response["Cache-Control"] = "private, no-cache"
        return response


def with_details(hits, assets):
    """Give each asset of a page its gifts, wishes and number of ties; three queries in all."""
    user = assets.user
    keys = [asset.pk for asset in hits]
    rows = Offering.objects.visible_to(user).filter(asset__in=keys)
    rows = rows.select_related("gift").defer("gift__synonyms")
    ties = Link.objects.visible_to(user).in_use()
    numbers = {}
    for end in ("source", "target"):
        ends = ties.filter(**{f"{end}__in": keys}).order_by()
        for key, n in ends.values_list(end).annotate(n=Count("pk")):
            numbers[key] = numbers.get(key, 0) + n
    for asset in hits:
        asset.area = assets.area or asset.area
        asset.gives = [row for row in rows if row.asset_id == asset.pk and row.gives]
        asset.seeks = [row for row in rows if row.asset_id == asset.pk and not row.gives]
        asset.ties = numbers.get(asset.pk, 0)
        asset.shows_photo = asset.shows_photo_to(user)
    return hits


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
