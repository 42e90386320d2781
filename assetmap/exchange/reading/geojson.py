"""GeoJSON: collections, single features, bare shapes, one feature a line."""

import json
import re
from functools import partial

from . import shapes
from .sheet import Reading, Unreadable
from .table import NO_FEATURE, Record, sheet_of, text_of

WGS84 = "EPSG:4326"


def read(document, name):
    """Return the Reading of a GeoJSON Document. Raises Unreadable."""
    prefix = "features.item" if "features" in document.members else ""
    sheet = sheet_of(name, partial(_records, document, prefix), crs_of(document.member("crs")))
    if sheet is None:
        raise Unreadable(NO_FEATURE)
    return Reading("geojson", [sheet])


def is_geojson(members):
    kinds = {"Feature", "FeatureCollection", "GeometryCollection", *shapes.DEPTHS}
    return members.get("type") in kinds


def crs_of(member):
    """Return the old `crs` member as "EPSG:25832"; what it names otherwise stays as it is."""
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or name.endswith("CRS84"):
        return WGS84
    code = re.fullmatch(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})", name)
    return f"EPSG:{code[1]}" if code else name[:100]


def _records(document, prefix):
    for item in document.items(prefix):
        yield record_of(item)


def record_of(item):
    """Return a GeoJSON feature, or a bare shape, as a Record."""
    if not isinstance(item, dict):
        return Record({}, problem=shapes.UNKNOWN)
    bare = item.get("type") != "Feature" and "coordinates" in item
    geometry, problem = shapes.from_geojson(item if bare else item.get("geometry"))
    properties = {} if bare else item.get("properties")
    key = item.get("id")
    key = text_of(key) if isinstance(key, str | int | float) else ""
    return Record(flat(properties), geometry, key, problem)


def flat(properties):
    """Return properties as {column: text}: maps inside as "a.b", lists joined by ";"."""
    values = {}
    if isinstance(properties, dict):
        _flatten(properties, "", values)
    return values


def _flatten(properties, prefix, values):
    for key, value in properties.items():
        name = prefix + (" ".join(key.split())[:200] or "-")
        if isinstance(value, dict):
            _flatten(value, f"{name}.", values)
        elif isinstance(value, list):
            values[name] = ";".join(map(_part, value))
        else:
            values[name] = text_of(value)


def _part(value):
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return text_of(value)
