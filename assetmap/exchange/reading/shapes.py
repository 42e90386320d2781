"""Shapes of map files as shapely geometries, and sentences for those that are none."""

import math

import shapely
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from . import limits

UNKNOWN = _("The shape cannot be read.")
TOO_FINE = _("The shape has more than 100,000 corners: simplify it.")
DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
MENDED = 500  # corners of an outline that is made valid; of a scribble even these take seconds
MEETINGS = 5_000  # among its sides, each of which meets itself and its neighbours
PLAIN = ("Point", "MultiPoint", "LineString")
FAULTS = (ValueError, TypeError, LookupError, RuntimeError, shapely.errors.ShapelyError)


def from_geojson(member):
    """Return (geometry or None, problem or "") of a GeoJSON geometry; None has neither."""
    if member is None:
        return None, ""
    if not isinstance(member, dict) or not _is_sound(member):
        return None, UNKNOWN
    if _corners(member) > limits.POINTS:
        return None, TOO_FINE
    return made(lambda: shape(member))


def made(make):
    """Return (geometry or None, problem or "") of a function that makes a geometry.

    It has two dimensions and, as outlines drawn by hand often cross themselves, is made valid
    where that is soon done. A shape without a corner is no shape.
    """
    try:
        geometry = make()
        geometry = shapely.force_2d(geometry) if geometry.has_z else geometry
        if geometry.geom_type not in PLAIN and not geometry.is_valid:
            geometry = _mended(geometry)
    except FAULTS:
        return None, UNKNOWN
    if geometry.is_empty:
        return None, ""
    return (geometry, "") if all(map(math.isfinite, geometry.bounds)) else (None, UNKNOWN)


def _mended(geometry):
    """Return an outline made valid; as it is if its sides cross each other again and again."""
    corners = shapely.get_coordinates(geometry)
    if len(corners) > MENDED:
        return geometry
    sides = shapely.linestrings(list(zip(corners, corners[1:], strict=False)))
    meetings = shapely.STRtree(sides).query(sides, predicate="intersects")
    if meetings.shape[1] > MEETINGS:
        return geometry
    return shapely.make_valid(geometry, method="structure")


def _is_sound(member):
    if member.get("type") == "GeometryCollection":
        parts = member.get("geometries")
        return isinstance(parts, list) and all(
            isinstance(part, dict) and _is_sound(part) for part in parts
        )
    depth = DEPTHS.get(member.get("type")) if isinstance(member.get("type"), str) else None
    return depth is not None and _is_nested(member.get("coordinates"), depth)


def _is_nested(coordinates, depth):
    if not isinstance(coordinates, list):
        return False
    if depth:
        return all(_is_nested(part, depth - 1) for part in coordinates)
    return len(coordinates) >= 2 and all(_is_number(number) for number in coordinates)


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300


def _corners(member):
    if member["type"] == "GeometryCollection":
        return sum(_corners(part) for part in member["geometries"])
    return _count(member["coordinates"], DEPTHS[member["type"]])


def _count(coordinates, depth):
    if depth < 2:
        return len(coordinates)
    return sum(_count(part, depth - 1) for part in coordinates)
