"""OpenStreetMap as the Overpass API answers: JSON, with or without shapes written out."""

from functools import partial

from django.utils.translation import gettext as _
from shapely import polygonize
from shapely.geometry import LineString, MultiLineString, Point, Polygon

from . import limits, osm
from .osmkinds import main_tag
from .shapes import made
from .sheet import Reading, Unreadable
from .table import sheet_of, text_of

TYPES = ("node", "way", "relation")


def read(document, name):
    """Return the Reading of an Overpass Document. Raises Unreadable."""
    left, wanted = _survey(document)
    nodes = _positions(document, wanted) if wanted else {}
    sheet = sheet_of(name, partial(_records, document, nodes))
    if sheet is None:
        raise Unreadable(osm.NO_ASSET)
    head = document.member("osm3s")
    date = head.get("timestamp_osm_base") if isinstance(head, dict) else ""
    licence = osm.licence_at(date if isinstance(date, str) else "")
    return Reading("overpass", [sheet], notes=osm.left_out(left), licence=licence)


def _survey(document):
    """Return (how many tagged elements are no assets, the nodes that the others stand on)."""
    left, wanted = 0, set()
    for element in _elements(document):
        tags = _tags(element)
        if tags and not main_tag(tags):
            left += 1
        elif tags and not _has_place(element):
            nodes = element.get("nodes")
            wanted.update(node for node in _listed(nodes) if isinstance(node, int))
        if len(wanted) > limits.REFERENCES:
            raise Unreadable(_("The file holds too many shapes: ask for a smaller area."))
    return left, wanted


def _has_place(element):
    return any(name in element for name in ("lat", "center", "geometry", "members"))


def _positions(document, wanted):
    """Return {node: (longitude, latitude)} of the wanted nodes, which may come after the ways."""
    return {
        element["id"]: (element.get("lon"), element.get("lat"))
        for element in _elements(document)
        if element["type"] == "node" and element["id"] in wanted
    }


def _records(document, nodes):
    for element in _elements(document):
        ref = f"{element['type']}/{element['id']}"
        record = osm.record_of(ref, _tags(element))
        if record:
            record.geometry, record.problem = made(partial(_shape, element, nodes))
            yield record


def _elements(document):
    """Yield the elements that have a type and a number; others are no OpenStreetMap."""
    for element in document.items("elements.item"):
        known = isinstance(element, dict) and element.get("type") in TYPES
        if known and isinstance(element.get("id"), int):
            yield element


def _tags(element):
    tags = element.get("tags")
    return {k: text_of(v) for k, v in tags.items()} if isinstance(tags, dict) else {}


def _listed(value):
    return value if isinstance(value, list) else []


def _shape(element, nodes):
    if "lat" in element:
        return Point(_corner(element))
    if "geometry" in element:
        return _line(_corners(element))
    if outer := [_corners(part) for part in _listed(element.get("members")) if _is_outer(part)]:
        return _outline([line for line in outer if len(line) > 1])
    if "center" in element:
        return Point(_corner(element["center"]))
    return _line([nodes[node] for node in _listed(element.get("nodes")) if node in nodes])


def _is_outer(part):
    return isinstance(part, dict) and "geometry" in part and part.get("role") != "inner"


def _line(corners):
    """A way as a shape: a surface if it comes back to where it begins."""
    if len(corners) == 1:
        return Point(corners[0])
    closed = len(corners) > 3 and corners[0] == corners[-1]
    return Polygon(corners) if closed else LineString(corners)


def _outline(lines):
    """The surfaces that lines enclose together, or the lines if they enclose none."""
    surfaces = polygonize([LineString(line) for line in lines])
    return MultiLineString(lines) if surfaces.is_empty else surfaces


def _corners(part):
    return [_corner(corner) for corner in _listed(part.get("geometry")) if corner]


def _corner(corner):
    if not isinstance(corner, dict):
        raise ValueError(corner)
    return float(corner["lon"]), float(corner["lat"])
