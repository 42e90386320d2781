"""The lines of the table: what is asked for, and beside each its floor."""

import math
from functools import partial
from itertools import count
from random import Random

import mercantile
from django.urls import reverse
from django.utils.http import urlencode

from assetmap.explore.paging import Mark
from assetmap.inventory.position import box_around
from bench.inside import floors
from bench.inside.measure import Line, Variant, visitor
from bench.inside.subject import RARE, SLIP, WORD, middle, visible
from places.forms import PlaceForm

ZOOMS = (6, 8, 10, 12, 13, 14, 15, 16, 17)
SCREEN = (1024, 768)
TILE = 256
AREAS_UNTIL = 14  # the zoom from which the map of all areas shows assets
METRES = 500
CONSONANTS = "bcdfghjklmnpqrstvwxz"


def lines(subject):
    """Yield every line that the database has something for."""
    yield from _maps(subject, subject.area, "one area")
    if subject.large:
        yield from _maps(subject, subject.large, "large area")
    yield from _maps(subject, None, "all areas")
    yield from _lists(subject)
    if subject.large:
        home = subject.large.get_absolute_url()
        yield _page("list, large area", "list large", home, floors.by_name(area=subject.large))
    if subject.areas > 1:  # else the page leads straight to the only one
        yield from _everywhere(subject)
    yield from _suggestions(subject)
    yield _page(
        "asset page",
        "asset page",
        subject.association.get_absolute_url(),
        floors.asset_page(subject.association),
    )
    yield from _saves(subject)


def _page(name, kind, address, floor, **query):
    address += f"?{urlencode(query)}" if query else ""
    return Line(name, kind, [Variant(lambda: ("get", address, None), floor)])


def _maps(subject, area, where):
    """A line for each filter, with all zooms as its variants."""
    layer, gift = {"layer": "association"}, {"gift": subject.gift.code}
    for name, kind, query, filters in (
        ("no filter", "map", {}, {}),
        ("layer", "map", layer, layer),
        ("layer + gift", "map gift", layer | gift, layer | {"gift": subject.gift}),
        ("text", "map text", {"q": WORD}, {"q": WORD}),
    ):
        variants = [_map(subject, area, zoom, query, filters) for zoom in ZOOMS]
        yield Line(f"map, {where}, {name}", kind, variants)


def _map(subject, area, zoom, query, filters):
    centre = area or subject.area
    bbox = viewport(centre.latitude, centre.longitude, zoom)
    home = area.get_absolute_url() if area else reverse("explore:everywhere")
    query = query | {"bbox": ",".join(f"{end:.6f}" for end in bbox), "zoom": zoom}
    address = f"{home}map.geojson?{urlencode(query)}"
    if not area and zoom < AREAS_UNTIL and set(filters) <= {"layer"}:
        floor = floors.areas_on_map(**filters)
    else:
        floor = floors.clusters(bbox, zoom, area=area, **filters)
    return Variant(lambda: ("get", address, None), floor, f"z{zoom}")


def viewport(latitude, longitude, zoom):
    """Return west, south, east, north of what a SCREEN shows around a point."""
    metres = 2 * math.pi * 6378137 / (TILE * 2**zoom)  # a pixel, in the map's projection
    x, y = mercantile.xy(longitude, latitude)
    wide, high = (pixels / 2 * metres for pixels in SCREEN)
    west, south = mercantile.lnglat(x - wide, y - high)
    east, north = mercantile.lnglat(x + wide, y + high)
    return max(-180, west), max(-85, south), min(180, east), min(85, north)


def _lists(subject):
    area, home = subject.area, subject.area.get_absolute_url()
    page = partial(_page, kind="list", address=home)
    half = middle(visible().filter(area=area))
    point = (subject.place.latitude, subject.place.longitude)
    by_name = partial(floors.by_name, area=area)
    both = {"layer": "association", "gift": subject.gift}
    yield page("list, one area, first page", floor=by_name())
    yield page("list, one area, deep page", floor=by_name(half), page=mark(0, half))
    yield page("list, one area, text", floor=by_name(q=WORD), q=WORD)
    codes = both | {"gift": subject.gift.code}
    yield page("list, one area, layer + gift", floor=by_name(**both), **codes)
    yield page(
        f"list, one area, within {METRES} m",
        floor=floors.near(*point, box_around(*point, METRES), area),
        near="{},{}".format(*point),
        within=METRES,
    )
    yield page("list, one area, freshest first", floor=floors.freshest(area), sort="fresh")


def mark(stretch, asset):
    """Return the page that begins after an asset, as a link says it."""
    return str(Mark(False, stretch, (asset.name_order, asset.pk)))


def _everywhere(subject):
    home = reverse("explore:everywhere")
    layer = {"layer": "association"}
    half = middle(visible().filter(**layer))
    yield _page("all areas, front page", "everywhere", home, floors.areas_by_name())
    yield _page(
        "all areas, layer, deep page",
        "everywhere",
        home,
        floors.by_name(half, **layer),
        page=mark(0, half),
        **layer,
    )
    search = partial(_page, kind="search everywhere", address=home)
    for name, word in (("frequent word", WORD), ("rare word", RARE), ("a slip", SLIP)):
        yield search(f"all areas, {name}", floor=floors.by_name(q=word), q=word)
    half = middle(visible().search(WORD).exclude(search_name__contains=WORD))
    yield search(
        "all areas, frequent word, deep page",
        floor=floors.by_name(half, q=WORD),
        q=WORD,
        page=mark(2, half),  # the stretch of those that are not so named
    )


def _suggestions(subject):
    address = reverse("explore:suggest", args=[subject.area.slug])
    words = (("two letters", "gy"), ("three letters", "gym"), ("rare name", subject.rare_name))
    for name, word in words:
        floor = floors.names(word, subject.area)
        yield _page(f"suggest, {name}", "suggest", address, floor, q=word)


def _saves(subject):
    """As a coordinator; the form is filled in before each round from what it shows then."""
    client = visitor()
    client.force_login(subject.coordinator)
    numbers = count(1)
    for name, request, floor in (
        ("save", partial(_edit, subject, numbers), floors.update(subject.place)),
        ("save, a new one", partial(_add, subject, numbers), floors.Insert(subject.place)),
    ):
        yield Line(name, "save", [Variant(request, floor)], client, answer=302)


def _edit(subject, numbers):
    place = type(subject.place).objects.select_related("area").get(pk=subject.place.pk)
    form = PlaceForm(instance=place, area=subject.area, user=subject.coordinator)
    summary = f"Gymnastik i salen, hold {next(numbers)}."
    return "post", place.url("edit"), filled(form) | {"summary": summary}


def _add(subject, numbers):
    """With a word that many names hold, but like none so much that somebody would be asked."""
    number = next(numbers)
    new = {
        "name": f"Klub {invented(number)}",
        "latitude": subject.place.latitude + number / 2000,
        "longitude": subject.place.longitude,
    }
    form = PlaceForm(area=subject.area, user=subject.coordinator)
    return "post", subject.place.url_to_add_another(), filled(form) | new


def invented(number):
    """Return a word that is unlike those of other numbers."""
    return "".join(Random(number).choices(CONSONANTS, k=16))


def filled(form):
    """Return what a browser would send of a form that nobody has changed."""
    rows = [part for rows in form.formsets for part in (rows.management_form, *rows.forms)]
    fields = {field.html_name: field.value() for part in (form, *rows) for field in part}
    return {name: value for name, value in fields.items() if value is not None}
