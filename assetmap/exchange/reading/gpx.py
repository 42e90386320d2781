"""GPX: waypoints as places; routes and tracks as lines with a name."""

from functools import partial

from shapely.geometry import LineString, MultiLineString, Point

from .shapes import made
from .sheet import Reading, Unreadable
from .table import NO_FEATURE, Record, filled, sheet_of
from .xmlfile import elements, local, text_at

COLUMNS = {
    "name": "name",
    "desc": "description",
    "cmt": "comment",
    "type": "type",
    "sym": "symbol",
    "time": "time",
    "ele": "elevation",
}


def read(opener, name):
    """Return the Reading of a GPX document that `opener()` opens. Raises Unreadable."""
    sheet = sheet_of(name, partial(_records, opener))
    if sheet is None:
        raise Unreadable(NO_FEATURE)
    return Reading("gpx", [sheet])


def _records(opener):
    for element, _path in elements(opener, ("wpt", "rte", "trk")):
        values = {column: text_at(element, name) for name, column in COLUMNS.items()}
        geometry, problem = made(partial(_shape, element))
        yield Record(filled({**values, "link": _link(element)}), geometry, "", problem)


def _link(element):
    link = next((child for child in element if local(child.tag) == "link"), None)
    return text_at(element, "url") if link is None else link.get("href", "").strip()


def _shape(element):
    name = local(element.tag)
    if name == "wpt":
        return Point(_corner(element))
    if name == "rte":
        return LineString(_corners(element, "rtept"))
    lines = (_corners(part, "trkpt") for part in element if local(part.tag) == "trkseg")
    return MultiLineString([line for line in lines if len(line) > 1])


def _corners(element, name):
    return [_corner(child) for child in element if local(child.tag) == name]


def _corner(element):
    return float(element.get("lon", "")), float(element.get("lat", ""))
