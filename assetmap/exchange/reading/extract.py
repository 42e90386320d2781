"""OpenStreetMap extracts, .osm and .osm.pbf, read by osmium."""

from dataclasses import dataclass
from functools import partial

import osmium
import shapely
from shapely.geometry import LineString, Point, Polygon

from . import limits, osm, pbf, xmlfile
from .shapes import made
from .sheet import Reading, Unreadable
from .table import sheet_of

# What osmium says of a broken file.
FAULTS = (RuntimeError, ValueError, osmium.InvalidLocationError)
SURFACES = ("multipolygon", "boundary")  # relations that osmium makes areas of


@dataclass
class Survey:
    """What a reading of the whole file came across."""

    left: int = 0
    newest: str = ""


def read(path, name, form):
    """Return the Reading of an extract; `form` is "osm" or "pbf". Raises Unreadable."""
    _check(path, form)
    survey = Survey()
    sheet = sheet_of(name, partial(_records, path, form, survey))
    if sheet is None:
        raise Unreadable(osm.NO_ASSET)
    licence = osm.licence_at(survey.newest)
    return Reading(form, [sheet], notes=osm.left_out(survey.left), licence=licence)


def _check(path, form):
    with path.open("rb") as stream:
        if form == "pbf":
            limits.check_size(path.stat().st_size, limits.WHOLE)
            limits.check_size(pbf.unpacked(stream), 10 * limits.FILE)
        else:
            xmlfile.check(stream)


def _records(path, form, survey):
    survey.left = 0
    try:
        yield from _read(osmium.io.File(str(path), form), survey)
    except FAULTS as fault:
        raise Unreadable(pbf.BROKEN) from fault


def _read(file, survey):
    """Yield the assets. A relation waits for its area, which osmium makes when it has all ways."""
    waiting = {}
    tagged = osmium.filter.EmptyTagFilter()
    for thing in osmium.FileProcessor(file).with_areas().with_filter(tagged):
        if thing.is_area() and thing.from_way():
            continue
        record = _record(thing)
        _note(survey, thing, record)
        if thing.is_relation() and record and thing.tags.get("type") in SURFACES:
            waiting[record.key] = record
        elif record:
            waiting.pop(record.key, None)
            yield record
    yield from waiting.values()


def _note(survey, thing, record):
    if not thing.is_area():
        survey.left += record is None
        survey.newest = max(survey.newest, thing.timestamp.strftime("%Y-%m-%d"))


def _record(thing):
    tags = {tag.k: tag.v for tag in thing.tags}
    number = thing.orig_id() if thing.is_area() else thing.id
    record = osm.record_of(f"{_kind(thing)}/{number}", tags)
    if record and not thing.is_relation():
        record.geometry, record.problem = made(partial(_shape, thing))
    return record


def _kind(thing):
    if thing.is_node():
        return "node"
    return "way" if thing.is_way() else "relation"


def _shape(thing):
    if thing.is_node() and thing.location.valid():
        return Point(thing.location.lon, thing.location.lat)
    if thing.is_node():
        raise ValueError(thing.location)
    if thing.is_area():
        return shapely.from_wkb(osmium.geom.WKBFactory().create_multipolygon(thing))
    corners = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
    if len(corners) == 1:
        return Point(corners[0])
    return Polygon(corners) if thing.is_closed() and len(corners) > 3 else LineString(corners)
