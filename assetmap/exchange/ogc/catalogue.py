"""The collections of the feed: one for each layer but the residents, and the ties."""

from functools import cached_property

from django.db.models import Max, Min, Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assetmap.explore.views import AREA_TEXTS
from assetmap.inventory.models import Link, Tally

from ..describe import MOMENTS, TIE, point, record, tie_record
from ..leaving import EVERYBODY, layers_without_residents, open_assets, open_links
from .properties import of_layer, of_ties
from .refusal import NotThere

UNREAD = [*AREA_TEXTS, "search_name", "search_text"]
TIE_FIELDS = [
    *TIE,
    *("data_source", "licence", "updated_at", "source__area__slug"),
    *(f"{end}__{name}" for end in ("source", "target") for name in ("latitude", "longitude")),
]
DEGREES = {
    "west": Min("longitude"),
    "south": Min("latitude"),
    "east": Max("longitude"),
    "north": Max("latitude"),
}


class AssetCollection:
    """The open assets of a layer, each with its outline or else its point."""

    in_table = ("name", "area", "address")

    def __init__(self, layer, model):
        self.layer, self.model, self.id = layer, model, f"{layer}s"
        self.title = str(capfirst(model._meta.verbose_name_plural))
        self.description = _("%s that everybody may see, of all areas of this site.") % self.title

    @cached_property
    def properties(self):
        return of_layer(self.layer, self.model)

    def rows(self):
        return open_assets().filter(layer=self.layer)

    def in_box(self, rows, box):
        """Rows that may lie in the box: each must still be tried."""
        return box.assets(rows)

    def is_tried_on(self, rows):
        """Whether some of the rows that may lie in a box must be tried for it."""
        return rows.filter(outline__isnull=False).exists()

    def tallied(self, slug=None):
        """Return the number of all, or of those of an area, without counting them."""
        counts = Tally.objects.visible_to(EVERYBODY).filter(layer=self.layer)
        if slug is not None:
            counts = counts.filter(area__slug=slug)
        return counts.aggregate(n=Sum("number"))["n"] or 0

    def loaded(self, rows):
        return rows.select_related("area", self.layer).defer(*UNREAD)

    def geometry(self, asset):
        return asset.outline or point(asset.latitude, asset.longitude)

    def told(self, asset):
        """Return the properties of an asset; `url` is a path."""
        child = asset.child
        child.area = asset.area
        told = record(child, (), ()) | {"area": asset.area.slug}
        told |= {name: _to_the_second(getattr(asset, name)) for name in MOMENTS}
        return {name: told[name] for name in self.properties}


class TieCollection:
    """The open ties, as lines between assets; one whose end is not placed has no geometry."""

    id = "ties"
    in_table = ("source_name", "kind", "target_name")

    def __init__(self):
        self.title = str(capfirst(Link._meta.verbose_name_plural))
        self.description = _("Ties that everybody may see between assets of these collections.")

    @cached_property
    def properties(self):
        return of_ties()

    def rows(self):
        return open_links()

    def in_box(self, rows, box):
        """Rows that cross the box, or nearly."""
        return box.links(rows)

    def is_tried_on(self, rows):
        return False

    def tallied(self, slug=None):
        """Return None: ties are counted."""

    def loaded(self, rows):
        return rows.select_related("source__area", "target").only(*TIE_FIELDS)

    def geometry(self, link):
        ends = [point(end.latitude, end.longitude) for end in (link.source, link.target)]
        if not all(ends):
            return None
        return {"type": "LineString", "coordinates": [end["coordinates"] for end in ends]}

    def told(self, link):
        """Return the properties of a tie."""
        told = tie_record(link) | {"area": link.source.area.slug}
        told |= {name: getattr(link, name) for name in ("data_source", "licence")}
        told["updated_at"] = _to_the_second(link.updated_at)
        return {name: told[name] for name in self.properties}


def _to_the_second(moment):
    """Smaller parts are lost in GDAL's numbers, and may stop those who read it from Python."""
    return moment and moment.isoformat(timespec="seconds")


def catalogue():
    """Return all collections as {id: collection}, in the layers' order."""
    found = [AssetCollection(*pair) for pair in layers_without_residents().items()]
    return {collection.id: collection for collection in [*found, TieCollection()]}


def collection_of(name):
    """Return the collection of an id; NotThere for any other."""
    known = catalogue()
    if name not in known:
        told = {"known": ", ".join(known)}
        raise NotThere(_("There is no such collection. There are: %(known)s") % told)
    return known[name]


def extents():
    """Return {collection id: [west, south, east, north]} of the points; one query for all."""
    rows = open_assets().placed().order_by().values("layer").annotate(**DEGREES)
    found = {f"{row['layer']}s": [row[side] for side in DEGREES] for row in rows}
    if found:
        west, south, east, north = zip(*found.values(), strict=True)
        found[TieCollection.id] = [min(west), min(south), max(east), max(north)]
    return found
