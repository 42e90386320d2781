"""The one filter behind the list, the map and every count."""

from dataclasses import dataclass

import django_filters as filters
from django.core.validators import EMPTY_VALUES
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assetmap.areas.text import words_in
from assetmap.inventory import search
from assetmap.inventory.audience import offering_of_seen_q
from assetmap.inventory.languages import language_choices
from assetmap.inventory.models import Asset, Gift, Layer, Link, Offering, SpokenLanguage, Tally
from associations.models import Association
from institutions.models import Institution

from .fields import AgeFilter, AssetFilterForm, BBoxFilter, FacetFilter
from .happening import AUDIENCES, DAYS, TIMES_OF_DAY, happening
from .paging import Stretch

MODES = {"gives": Offering.GIVES, "seeks": Offering.SEEKS}
MODE_CHOICES = [("gives", _("gives")), ("seeks", _("wishes"))]
SORTS = [("name", _("name")), ("distance", _("nearest")), ("fresh", _("newest confirmed"))]
DISTANCES = [100, 300, 500, 900, 1500, 3000]
DEFAULT_DISTANCE = 500
COUNT_UP_TO = 1_000  # where all areas are searched; in one area hits are counted to the last


@dataclass(frozen=True)
class Total:
    number: int
    more: bool = False  # the number is where counting stopped


class AssetFilter(filters.FilterSet):
    """OR inside a facet, AND across them. A value that means nothing is said, and left out.

    It looks in one area, or with area=None in all of them: then what can grow without end is
    counted to COUNT_UP_TO, and words that very many assets hold are looked for in the order of
    the list until a page is full.
    """

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
    day = filters.ChoiceFilter(choices=DAYS, method="leave")
    time = filters.ChoiceFilter(choices=TIMES_OF_DAY, method="leave")
    audience = filters.ChoiceFilter(choices=AUDIENCES, method="leave")
    age = AgeFilter(method="leave")
    bbox = BBoxFilter(method="inside")
    sort = filters.ChoiceFilter(choices=SORTS, method="leave", empty_label=None)

    class Meta:
        model = Asset
        fields = []
        form = AssetFilterForm

    facets = ["layer", "mode", "gift", "sector", "stage", "language"]

    def __init__(self, data, *, area, user, gifts=None):
        self.area, self.user = area, user
        self.gifts = gifts or list(Gift.objects.only("code", "names"))
        self.scope = {"area": area} if area else {}
        self.visible = Asset.objects.visible_to(user).filter(**self.scope).active()
        super().__init__(data, queryset=self.visible)
        # Read once, for all the facets.
        self.filters["gift"].extra["choices"] = [(gift.code, str(gift)) for gift in self.gifts]
        self.form.area, self.form.assets = area, self.visible

    def without(self, name):
        """Return the same filter but for one parameter: what a facet's counts are taken over."""
        if name not in self.chosen:
            return self
        data = self.data.copy()
        data.pop(name, None)
        return type(self)(data, area=self.area, user=self.user, gifts=self.gifts)

    @property
    def chosen(self):
        """The parameters that are set and mean something, as {name: value}."""
        if not self.is_valid() and not hasattr(self.form, "cleaned_data"):
            return {}
        read = self.form.cleaned_data.items()
        return {name: value for name, value in read if value not in EMPTY_VALUES}

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        queryset = self._offering(queryset)
        queryset = self._holding(queryset)
        return self._near(queryset)

    def leave(self, queryset, name, value):
        """For parameters that are read together with others, in filter_queryset."""
        return queryset

    def search(self, queryset, name, value):
        return queryset.search(value, self.area, by_index=not self.reads_on)

    @cached_property
    def reads_on(self):
        """Whether rows are tried in the list's order, not collected and ordered: if most fit."""
        words = words_in(self.chosen.get("q") or "")
        plain = not set(self.chosen) - {"q", "layer", "sort", "bbox"}
        return bool(words) and plain and not self.area and search.is_many(words)

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
        """The gifts and wishes of the hits that the chosen modes are about."""
        return self._in_modes(Offering.objects.of_seen(self.user, self.qs))

    def of_gifts(self, rows):
        """Those of the chosen gifts; by key, as by code PostgreSQL misjudges how many they are."""
        chosen = self.chosen.get("gift", [])
        keys = [gift.pk for gift in self.gifts if gift.code in chosen]
        return rows.filter(gift__in=keys) if chosen else rows

    def _in_modes(self, rows):
        if modes := self.chosen.get("mode"):
            rows = rows.filter(mode__in=[mode for name in modes for mode in MODES[name]])
        return rows.order_by()

    def _offering(self, queryset):
        """A gift and a mode must meet in one and the same row: who *teaches* beekeeping."""
        if not self.chosen.get("gift") and not self.chosen.get("mode"):
            return queryset
        rows = Offering.objects.filter(offering_of_seen_q(self.user))
        rows = self.of_gifts(self._in_modes(rows))
        if not self.area:  # a gift's assets are far fewer than all assets
            return queryset.filter(pk__in=rows.values("asset"))
        return queryset.filter(Exists(rows.filter(asset=OuterRef("pk"))))

    def _holding(self, queryset):
        """Day, time and audience must meet in one activity, which it holds or is the place of."""
        rows = happening(self.chosen, self.user, self.area)
        if rows is None:
            return queryset
        return queryset.filter(Q(pk__in=rows.values("organiser")) | Q(pk__in=rows.values("place")))

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

    @property
    def stretches(self):
        """The parts of the list, one after the other; see paging."""
        by_name = ("name_order", "pk")
        if self.order == "distance":
            return [Stretch(("distance", "pk"))]
        if self.order == "fresh":
            confirmed = Q(confirmed_at__isnull=False)
            newest_first = Stretch(("confirmed_at", "pk"), confirmed, descending=True)
            return [newest_first, Stretch(by_name, ~confirmed)]
        if words := self.chosen.get("q"):
            return [Stretch(by_name, part) for part in search.ranks(words, self._named(words))]
        return [Stretch(by_name)]

    def _named(self, text):
        """A Q for those so named by the index, where rows are not collected and names are few."""
        words = words_in(text)
        if self.reads_on and not search.is_many(words, "search_name"):
            return search.indexed(words, "search_name")
        return None

    @property
    def narrows(self):
        """The parameters that leave assets out, of those that are set."""
        return set(self.chosen) - {"sort", "within"}

    @cached_property
    def tallies(self):
        """The counts of what the user may see here by her role."""
        return Tally.objects.visible_to(self.user).filter(**self.scope)

    @cached_property
    def everything(self):
        """The number of assets without any filter."""
        counted = self.tallies.aggregate(n=Sum("number"))["n"] or 0
        return counted + self.own_only.count()

    @property
    def own_only(self):
        return Asset.objects.outside_tallies(self.user).filter(**self.scope)

    @cached_property
    def total(self):
        """The number of hits, and whether there are more than that."""
        if not self.narrows:
            return Total(self.everything)
        if self.area:
            return Total(self.qs.order_by().count())
        number = self.qs.order_by()[: COUNT_UP_TO + 1].count()
        return Total(min(number, COUNT_UP_TO), number > COUNT_UP_TO)
