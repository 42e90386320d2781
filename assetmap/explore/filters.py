"""The one filter behind the list, the map and every count."""

import django_filters as filters
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.languages import language_choices
from assetmap.inventory.models import Asset, Gift, Layer, Link, Offering, SpokenLanguage
from associations.models import Association
from institutions.models import Institution

from .fields import AssetFilterForm, BBoxFilter, FacetFilter

MODES = {"gives": Offering.GIVES, "seeks": Offering.SEEKS}
MODE_CHOICES = [("gives", _("gives")), ("seeks", _("wishes"))]
SORTS = [("name", _("name")), ("distance", _("nearest")), ("fresh", _("newest confirmed"))]
DISTANCES = [100, 300, 500, 900, 1500, 3000]
DEFAULT_DISTANCE = 500


def gift_choices():
    return [(gift.code, str(gift)) for gift in Gift.objects.all()]


class AssetFilter(filters.FilterSet):
    """OR inside a facet, AND across them. A value that means nothing is said, and left out."""

    q = filters.CharFilter(method="search", max_length=100)
    layer = FacetFilter(choices=Layer.choices)
    mode = FacetFilter(choices=MODE_CHOICES, method="leave")
    gift = FacetFilter(method="leave")
    sector = FacetFilter(field_name="institution__sector", choices=Institution.Sector.choices)
    stage = FacetFilter(field_name="association__stage", choices=Association.Stage.choices)
    language = FacetFilter(choices=language_choices, method="speaking")
    near = filters.CharFilter(method="leave")
    within = filters.NumberFilter(method="leave", min_value=1, max_value=50_000)
    linked_to = filters.UUIDFilter(method="tied_to")
    bbox = BBoxFilter(method="inside")
    sort = filters.ChoiceFilter(choices=SORTS, method="leave", empty_label=None)

    class Meta:
        model = Asset
        fields = []
        form = AssetFilterForm

    facets = ["layer", "mode", "gift", "sector", "stage", "language"]

    def __init__(self, data, *, area, user, gifts=None):
        self.area, self.user = area, user
        self.gifts = gifts or gift_choices()
        self.visible = Asset.objects.visible_to(user).filter(area=area).active()
        super().__init__(data, queryset=self.visible)
        self.filters["gift"].extra["choices"] = self.gifts  # read once, for all the facets
        self.form.area, self.form.assets = area, self.visible

    def without(self, name):
        """Return the same filter but for one parameter: what a facet's counts are taken over."""
        if name not in self.chosen:
            return self
        data = self.data.copy()
        data.pop(name, None)
        return AssetFilter(data, area=self.area, user=self.user, gifts=self.gifts)

    @property
    def chosen(self):
        """The parameters that are set and mean something, as {name: value}."""
        if not self.is_valid() and not hasattr(self.form, "cleaned_data"):
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        queryset = self._offering(queryset)
        return self._near(queryset)

    def leave(self, queryset, name, value):
        """For parameters that are read together with others, in filter_queryset."""
        return queryset

    def search(self, queryset, name, value):
        return queryset.search(value)

    def speaking(self, queryset, name, value):
        if not value:
            return queryset
        spoken = SpokenLanguage.objects.filter(asset=OuterRef("pk"), code__in=value)
        return queryset.filter(Exists(spoken))

    def tied_to(self, queryset, name, value):
        ties = Link.objects.visible_to(self.user)
        outwards = ties.filter(source__uid=value, target=OuterRef("pk"))
        inwards = ties.filter(target__uid=value, source=OuterRef("pk"))
        return queryset.filter(Q(Exists(outwards)) | Q(Exists(inwards)))

    def inside(self, queryset, name, value):
        return queryset.in_bbox(*value)

    def offerings(self):
        """The gifts and wishes that the chosen gifts and modes are about."""
        rows = Offering.objects.visible_to(self.user)
        if modes := self.chosen.get("mode"):
            rows = rows.filter(mode__in=[mode for name in modes for mode in MODES[name]])
        return rows

    def _offering(self, queryset):
        """A gift and a mode must meet in one and the same row: who *teaches* beekeeping."""
        rows = self.offerings()
        if gifts := self.chosen.get("gift"):
            rows = rows.filter(gift__code__in=gifts)
        if not gifts and not self.chosen.get("mode"):
            return queryset
        return queryset.filter(Exists(rows.filter(asset=OuterRef("pk"))))

    def _near(self, queryset):
        if not self.chosen.get("near"):
            return queryset
        latitude, longitude, _name = self.chosen["near"]
        return queryset.near(latitude, longitude, self.metres)

    @property
    def metres(self):
        return float(self.chosen.get("within") or DEFAULT_DISTANCE)

    @property
    def usual_order(self):
        """Nearest first where there is a point to be near, else by name."""
        return "distance" if self.chosen.get("near") else "name"

    @property
    def order(self):
        """How the list is ordered: as asked, where that can be done."""
        asked = self.chosen.get("sort")
        if asked == "distance" and not self.chosen.get("near"):
            return self.usual_order
        return asked or self.usual_order

    def ordered(self):
        """Return the hits in the order of the list."""
        if self.order == "distance":
            return self.qs.order_by("distance", "pk")
        if self.order == "fresh":
            return self.qs.order_by(F("confirmed_at").desc(nulls_last=True), "pk")
        if words := self.chosen.get("q"):
            return self.qs.names_first(words)
        return self.qs.order_by("name_order", "pk")
