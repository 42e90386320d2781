"""Make a small base map file out of GeoJSON sources.

The browser draws the base map itself, so that the map works without a tile server. One feature
per kind keeps the file small and the number of drawn paths low.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import shapely
from django.core.management.base import BaseCommand, CommandError
from shapely.affinity import scale
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

WATER_LINE = "water-line"
# The order of the features in the file is the order in which the browser draws them.
DRAWING_ORDER = (
    "land-block",
    "green",
    "water",
    WATER_LINE,
    "house",
    "rail",
    "road",
    "road-main",
)
# What may be asked for; lines of kind "water" (canals, ditches) become "water-line".
KINDS = tuple(kind for kind in DRAWING_ORDER if kind != WATER_LINE)
LINE_KINDS = ("rail", "road", "road-main", WATER_LINE)

# Nobody can see anything smaller than this (square metres) at the zoom levels in use.
SMALLEST_AREA = {"house": 12}
SMALLEST_OTHER_AREA = 4

DECIMALS = 5
METRES_PER_DEGREE = 111_320
SOURCE_FORM = "KIND=FILE or KIND=FILE:PROPERTY=VALUE"


@dataclass(frozen=True)
class Source:
    """One KIND=FILE argument: where features come from and which of them count."""

    kind: str
    path: Path
    conditions: tuple[tuple[str, tuple[str, ...]], ...]

    def accepts(self, properties):
        """Tell whether a feature with these properties belongs to the source."""
        return all(_text(properties.get(name)) in values for name, values in self.conditions)


class Command(BaseCommand):
    """Write one compact GeoJSON file with the merged shapes of each kind."""

    help = "Make a small base map (one GeoJSON file) from GeoJSON sources."
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Declare the output file, its credit line and the sources."""
        parser.add_argument("out", metavar="OUT.json", help="the file to write")
        parser.add_argument("sources", metavar="SOURCE", nargs="+", help=_source_help())
        parser.add_argument("--credit", required=True, help="credit line, kept in the file")
        parser.add_argument("--clip", metavar="W,S,E,N", help="keep only this box (degrees)")
        parser.add_argument(
            "--tolerance", type=float, default=1.0, help="simplify by this many metres (1)"
        )

    def handle(self, *args, **options):
        """Read every source, merge by kind and write the file."""
        if options["tolerance"] < 0:
            raise CommandError("The tolerance must not be negative.")
        clip = parse_clip(options["clip"])
        sources = [parse_source(text) for text in options["sources"]]
        features = make_features(collect(sources), clip, options["tolerance"])
        if not features:
            raise CommandError("Nothing is left to draw. Check the clip box and the sources.")
        size = write_map(Path(options["out"]), options["credit"], features)
        kinds = ", ".join(feature["properties"]["kind"] for feature in features)
        self.stdout.write(f"Wrote {options['out']}: {size} bytes ({kinds}).")


def parse_source(text):
    """Turn KIND=FILE[:PROPERTY=VALUE[|VALUE...][,PROPERTY=...]] into a Source."""
    kind, equals, rest = text.partition("=")
    if not equals:
        raise CommandError(f"Cannot read “{text}”. Write {SOURCE_FORM}.")
    if kind not in KINDS:
        raise CommandError(f"Unknown kind “{kind}”. Use one of: {', '.join(KINDS)}.")
    filename, _colon, conditions = rest.partition(":")
    path = Path(filename)
    if not path.is_file():
        raise CommandError(f"The file “{filename}” does not exist.")
    return Source(kind, path, _parse_conditions(text, conditions))


def parse_clip(text):
    """Turn "W,S,E,N" into a box, or None when there is nothing to clip to."""
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise CommandError(f"Cannot read the clip box “{text}”. Write W,S,E,N.") from error
    if not (west < east and south < north):
        raise CommandError(f"The clip box “{text}” is empty. Write W,S,E,N.")
    return shapely.box(west, south, east, north)


def collect(sources):
    """Read all sources and return the geometries per kind, lines and areas kept apart."""
    shapes = {kind: [] for kind in DRAWING_ORDER}
    for source in sources:
        for geometry in read_geometries(source):
            for part in shapely.get_parts(geometry):
                kind = _kind_of(source.kind, part)
                if kind:
                    shapes[kind].append(part)
    return shapes


def read_geometries(source):
    """Return the geometries of the features that the source accepts."""
    features = read_features(source.path)
    try:
        chosen = [item for item in features if source.accepts(item.get("properties") or {})]
        found = [shape(item["geometry"]) for item in chosen if item.get("geometry")]
    except (AttributeError, KeyError, TypeError, ValueError, ShapelyError) as error:
        raise CommandError(f"“{source.path}” has a feature that cannot be read.") from error
    if not found:
        raise CommandError(f"No feature of “{source.path}” matches for kind “{source.kind}”.")
    # Repairing a polygon must not leave stray lines behind: they would be drawn as ditches.
    return [shapely.make_valid(item, method="structure", keep_collapsed=False) for item in found]


def make_features(shapes, clip, tolerance):
    """Return one GeoJSON feature per kind that has something to draw, in drawing order."""
    features = []
    for kind, parts in shapes.items():
        merge = merge_lines if kind in LINE_KINDS else merge_areas
        geometry = merge(parts, clip, tolerance, SMALLEST_AREA.get(kind, SMALLEST_OTHER_AREA))
        if not geometry.is_empty:
            features.append(_feature(kind, geometry))
    return features


def merge_areas(polygons, clip, tolerance, smallest):
    """Merge polygons into one MultiPolygon: clipped, simplified, without tiny parts."""
    merged = shapely.union_all(polygons)
    if clip is not None:
        merged = merged.intersection(clip)
    if merged.is_empty:
        return shapely.MultiPolygon()
    to_metres, to_degrees = metre_scale(merged)
    simple = to_metres(merged).simplify(tolerance)
    kept = [_without_small_holes(part, smallest) for part in _polygons(simple)]
    large = shapely.MultiPolygon([part for part in kept if part.area >= smallest])
    return shapely.MultiPolygon(_polygons(_rounded(to_degrees(large))))


def merge_lines(lines, clip, tolerance, _smallest):
    """Join lines end to end into one MultiLineString: clipped and simplified."""
    if clip is not None:
        # Unlike intersection(), this does not cut the lines where they cross each other.
        lines = shapely.clip_by_rect(lines, *clip.bounds)
    joined = shapely.line_merge(shapely.MultiLineString(_lines(lines)))
    if joined.is_empty:
        return shapely.MultiLineString()
    to_metres, to_degrees = metre_scale(joined)
    simple = to_metres(joined).simplify(tolerance)
    return shapely.MultiLineString(_lines([_rounded(to_degrees(simple))]))


def write_map(path, credit, features):
    """Write the compact FeatureCollection and return its size in bytes."""
    collection = {"type": "FeatureCollection", "credit": credit, "features": features}
    data = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise CommandError(f"Cannot write “{path}”: {error.strerror}.") from error
    return len(data)


def _source_help():
    kinds = ", ".join(KINDS)
    return (
        "KIND=FILE[:PROPERTY=VALUE[|VALUE...]]; more PROPERTY=VALUE conditions can follow after "
        f"a comma, and an empty VALUE means that the property is not set. KIND is one of: {kinds}"
    )


def _parse_conditions(argument, text):
    conditions = []
    for condition in text.split(",") if text else ():
        name, equals, values = condition.partition("=")
        if not (name and equals):
            raise CommandError(f"Cannot read “{argument}”. Write {SOURCE_FORM}.")
        conditions.append((name, tuple(values.split("|"))))
    return tuple(conditions)


def read_features(path):
    """Return the features of a GeoJSON file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise CommandError(f"“{path}” is not GeoJSON: it cannot be read as JSON.") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise CommandError(f"“{path}” is not GeoJSON: it is not a FeatureCollection.")
    return features


def _text(value):
    return "" if value is None else str(value)


def _kind_of(kind, part):
    """Return the kind this part is drawn as, or None when the kind cannot show it."""
    if part.geom_type == "Polygon":
        # A square among the streets has no centre line, and its outline is not a street.
        return None if kind in LINE_KINDS else kind
    if part.geom_type != "LineString":
        return None
    if kind == "water":
        return WATER_LINE
    return kind if kind in LINE_KINDS else None


def metre_scale(geometry):
    """Return functions from degrees to metres and back, good for a map of a few kilometres."""
    _west, south, _east, north = geometry.bounds
    per_latitude = METRES_PER_DEGREE
    per_longitude = METRES_PER_DEGREE * math.cos(math.radians((south + north) / 2))

    def to_metres(shape_in_degrees):
        return scale(shape_in_degrees, per_longitude, per_latitude, origin=(0, 0))

    def to_degrees(shape_in_metres):
        return scale(shape_in_metres, 1 / per_longitude, 1 / per_latitude, origin=(0, 0))

    return to_metres, to_degrees


def _rounded(geometry):
    # Unlike plain rounding this keeps polygons valid and drops repeated points.
    return shapely.set_precision(geometry, 10**-DECIMALS)


def _polygons(geometry):
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]


def _lines(geometries):
    parts = shapely.get_parts(geometries)
    return [part for part in parts if part.geom_type == "LineString" and not part.is_empty]


def _without_small_holes(polygon, smallest):
    holes = [ring for ring in polygon.interiors if shapely.Polygon(ring).area >= smallest]
    return shapely.Polygon(polygon.exterior, holes)


def _feature(kind, geometry):
    member = {"type": geometry.geom_type, "coordinates": _plain(mapping(geometry)["coordinates"])}
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": member}


def _plain(coordinates):
    """Return nested coordinates as lists of numbers with few decimals."""
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    return [_plain(part) for part in coordinates]
