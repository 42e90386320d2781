"""Make a small file of street names for a base map: where each name stands, and at what angle."""

import math
from pathlib import Path

import shapely
from django.core.management.base import BaseCommand, CommandError

from .make_base_map import (
    DECIMALS,
    metre_scale,
    parse_clip,
    parse_source,
    read_features,
    write_map,
)

SHORTEST = 60  # metres; a shorter street has no room for its name
APART = 350  # metres between two names on one street


class Command(BaseCommand):
    """Write one point for each name: {"kind": "name", "name", "angle"}, degrees clockwise."""

    help = "Make the street names of a base map (one GeoJSON file) from GeoJSON lines."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("out", metavar="OUT.json")
        parser.add_argument("sources", metavar="road=FILE[:PROPERTY=VALUE…]", nargs="+")
        parser.add_argument("--credit", required=True, help="credit line, kept in the file")
        parser.add_argument("--clip", metavar="W,S,E,N", help="keep only this box (degrees)")
        parser.add_argument("--name", default="name", help="the property that holds the name")

    def handle(self, **options):
        clip = parse_clip(options["clip"])
        streets = collect([parse_source(text) for text in options["sources"]], options["name"])
        names = [label for name in sorted(streets) for label in labels(name, streets[name], clip)]
        if not names:
            raise CommandError("No line has a name. Check the sources and --name.")
        size = write_map(Path(options["out"]), options["credit"], names)
        self.stdout.write(f"Wrote {options['out']}: {size} bytes ({len(names)} names).")


def collect(sources, name_property):
    """Return {street name: [line, …]} of all the features that the sources accept."""
    streets = {}
    for source in sources:
        for feature in read_features(source.path):
            properties = feature.get("properties") or {}
            name, geometry = properties.get(name_property), feature.get("geometry")
            if name and source.accepts(properties) and geometry["type"] == "LineString":
                streets.setdefault(name, []).append(shapely.LineString(geometry["coordinates"]))
    return streets


def labels(name, lines, clip):
    """Return the features that write a street's name along its longest stretch."""
    street = shapely.line_merge(shapely.union_all(lines))
    if clip is not None:
        street = shapely.clip_by_rect(street, *clip.bounds)
    if street.is_empty:
        return []
    to_metres, to_degrees = metre_scale(street)
    longest = max(shapely.get_parts(to_metres(street)), key=lambda part: part.length)
    if longest.length < SHORTEST:
        return []
    count = max(1, round(longest.length / APART))
    shares = [(number + 0.5) / count for number in range(count)]
    return [_label(name, longest, share, to_degrees) for share in shares]


def _label(name, line, share, to_degrees):
    """One name, centred at a share of the line, turned along it and never upside down."""
    reach = SHORTEST / 2 / line.length
    before, middle, after = (
        line.interpolate(share + step, normalized=True) for step in (-reach, 0, reach)
    )
    angle = -math.degrees(math.atan2(after.y - before.y, after.x - before.x))
    readable = (angle + 90) % 180 - 90
    place = to_degrees(middle)
    return {
        "type": "Feature",
        "properties": {"kind": "name", "name": name, "angle": round(readable)},
        "geometry": {
            "type": "Point",
            "coordinates": [round(place.x, DECIMALS), round(place.y, DECIMALS)],
        },
    }
