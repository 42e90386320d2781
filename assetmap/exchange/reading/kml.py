"""KML and KMZ, such as Google My Maps and Google Earth write them."""

from functools import partial

from django.utils.translation import gettext as _
from shapely.geometry import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)

from . import limits, markup
from .shapes import TOO_FINE, made
from .sheet import Reading, Unreadable
from .table import NO_FEATURE, Record, filled, sheet_of, unlike
from .xmlfile import elements, local, text_at

MANY = {"Point": MultiPoint, "LineString": MultiLineString, "Polygon": MultiPolygon}
SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")


def read(opener, name, form="kml"):
    """Return the Reading of a KML document that `opener()` opens. Raises Unreadable."""
    sheet = sheet_of(name, partial(_records, opener))
    if sheet:
        return Reading(form, [sheet])
    if any(elements(opener, ("NetworkLink",))):
        raise Unreadable(
            _("The file only points to a map on the web: export it with all its data inside.")
        )
    raise Unreadable(NO_FEATURE)


def _records(opener):
    for element, path in elements(opener, ("Placemark",), ("name",)):
        if local(element.tag) == "Placemark":
            yield _record(element, " / ".join(filter(None, (one.get("folder") for one in path))))
        elif path and local(path[-1].tag) == "Folder":
            path[-1].set("folder", (element.text or "").strip())


def _record(placemark, folder):
    text, link = markup.from_html(text_at(placemark, "description"))
    values = {"name": text_at(placemark, "name"), "description": text, "folder": folder}
    for name, value in _extended(placemark):
        limits.check_columns(len(values))
        values[unlike(" ".join(name.split())[:200] or "-", values)] = value
    if "link" not in map(str.casefold, values):
        values["link"] = link
    geometry, problem = _geometry(placemark)
    return Record(filled(values), geometry, placemark.get("id", ""), problem)


def _extended(placemark):
    for part in placemark.iter():
        if local(part.tag) == "Data":
            yield part.get("name", ""), text_at(part, "value")
        elif local(part.tag) == "SimpleData":
            yield part.get("name", ""), (part.text or "").strip()


def _geometry(placemark):
    part = next((child for child in placemark if local(child.tag) in SHAPES), None)
    if part is None:
        return None, ""
    letters = sum(len(one.text or "") for one in part.iter())
    return (None, TOO_FINE) if letters > limits.POINTS * 60 else made(partial(_shape, part))


def _shape(element):
    name = local(element.tag)
    if name == "Polygon":
        rings = [one for one in element.iter() if local(one.tag) == "LinearRing"]
        return Polygon(_coordinates(rings[0]), [_coordinates(ring) for ring in rings[1:]])
    if name == "MultiGeometry":
        return _many([_shape(child) for child in element if local(child.tag) in SHAPES])
    corners = _coordinates(element)
    return Point(corners[0]) if name == "Point" else LineString(corners)


def _many(parts):
    kinds = {part.geom_type for part in parts}
    return MANY.get(kinds.pop() if len(kinds) == 1 else "", GeometryCollection)(parts)


def _coordinates(element):
    corners = text_at(element, "coordinates").split()
    return [tuple(map(float, corner.split(",")[:2])) for corner in corners]
