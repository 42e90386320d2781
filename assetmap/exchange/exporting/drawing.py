"""The map of the printed sheet as SVG: drawn here, so that it prints without any script."""

import json
from dataclasses import dataclass
from functools import cache

import shapely
from django.contrib.staticfiles import finders
from shapely.geometry import Point, box, shape

from assetmap.areas.basemaps import BASE_MAPS
from assetmap.inventory.position import METRES_A_DEGREE, metres_a_degree_east

from .spreading import spread

WIDTH = 1860  # of the map, in tenths of a millimetre: A4 within its margins
HEIGHTS = 900, 1500  # of a map of what lies east to west, and north to south
MARGIN = 75  # so that no marker is cut off
FINEST = 2  # what is smaller is left out
AROUND = 0.5  # of the area's own width and height, in which others still count as near
LEAST = 400  # metres across, around a single asset
NAMES_UP_TO = 2_000  # metres across; above that, street names would cover the map
HOUSES_UP_TO = 4_000
ORDER = ("land-block", "green", "water", "water-line", "house", "rail", "road", "road-main")
BARS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 200_000)  # metres


@dataclass(frozen=True)
class Frame:
    """The part of the ground that the paper shows."""

    latitude: float  # of the middle
    longitude: float
    scale: float  # tenths of a millimetre a metre
    height: int  # of the paper, as wide as WIDTH

    @classmethod
    def around(cls, points):
        """Return the frame that just holds some (latitude, longitude)s."""
        norths, easts = zip(*points, strict=True)
        middle = (min(norths) + max(norths)) / 2, (min(easts) + max(easts)) / 2
        high = max((max(norths) - min(norths)) * METRES_A_DEGREE, LEAST)
        wide = max((max(easts) - min(easts)) * metres_a_degree_east(middle[0]), LEAST)
        lowest, highest = HEIGHTS
        height = min(max(round(WIDTH * high / wide), lowest), highest)
        scale = min((WIDTH - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
        return cls(*middle, scale, height)

    @property
    def metres(self):
        """How much ground lies between the left edge and the right."""
        return WIDTH / self.scale

    @property
    def box(self):
        """The frame's west, south, east and north in degrees."""
        high = self.height / 2 / self.scale / METRES_A_DEGREE
        wide = WIDTH / 2 / self.scale / metres_a_degree_east(self.latitude)
        return (
            *(self.longitude - wide, self.latitude - high),
            *(self.longitude + wide, self.latitude + high),
        )

    def place(self, latitude, longitude):
        """Return where a point lies on the paper, from its upper left corner."""
        east = (longitude - self.longitude) * metres_a_degree_east(self.latitude)
        north = (latitude - self.latitude) * METRES_A_DEGREE
        return WIDTH / 2 + east * self.scale, self.height / 2 - north * self.scale

    def path(self, geometry):
        """Return a shape in degrees as an SVG path of whole numbers; "" if none is in sight."""
        seen = shapely.clip_by_rect(geometry, *self.box)
        fine = FINEST / self.scale / METRES_A_DEGREE
        return "".join(map(self._line, _lines(seen.simplify(fine))))

    def _line(self, line):
        ends = [self.place(north, east) for east, north in line.coords]
        return "M" + "L".join(f"{round(x)} {round(y)}" for x, y in ends)

    @property
    def bar(self):
        """A length to measure by, as (metres, its length on the paper)."""
        metres = max((bar for bar in BARS if bar * self.scale < WIDTH / 4), default=BARS[0])
        return metres, round(metres * self.scale)


def _lines(geometry):
    """Yield the lines and rings that a shape is made of."""
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _lines(part)
    elif geometry.geom_type == "Polygon" and not geometry.is_empty:
        yield from (geometry.exterior, *geometry.interiors)
    elif geometry.geom_type in ("LineString", "LinearRing") and not geometry.is_empty:
        yield geometry


@dataclass
class Drawing:
    """What the template draws: paths as (class, path), names, and the numbered markers."""

    frame: Frame
    base: list
    names: list
    boundary: str
    markers: list
    outside: set  # the keys of assets that have a position beyond the frame
    width: int = WIDTH


def drawn(area, assets):
    """Return the Drawing of some numbered assets, or None if none has a position.

    Those far outside the area are left out where others lie in or near it.
    """
    placed = [asset for asset in assets if asset.latitude is not None]
    if not placed:
        return None
    near = _near(area, placed) or placed
    frame = Frame.around([(asset.latitude, asset.longitude) for asset in near])
    boundary = shapely.boundary(shape(area.boundary)) if area.boundary else None
    return Drawing(
        frame=frame,
        base=_base(area, frame),
        names=_names(area, frame),
        boundary=frame.path(boundary) if boundary else "",
        markers=_markers(frame, near),
        outside={asset.pk for asset in placed} - {asset.pk for asset in near},
    )


def _near(area, assets):
    """The assets that lie in the area or not much further than it is wide."""
    if not area.boundary:
        return assets
    west, south, east, north = shape(area.boundary).bounds
    wide, high = AROUND * (east - west), AROUND * (north - south)
    around = box(west - wide, south - high, east + wide, north + high)
    return [asset for asset in assets if around.covers(Point(asset.longitude, asset.latitude))]


def _markers(frame, assets):
    points = [frame.place(asset.latitude, asset.longitude) for asset in assets]
    return [
        {"asset": asset, "at": _whole(at), "from": _whole(point), "moved": at != point}
        for asset, point, at in zip(
            assets, points, spread(points, WIDTH, frame.height), strict=True
        )
    ]


def _whole(point):
    return {"x": round(point[0]), "y": round(point[1])}


def _base(area, frame):
    found = []
    for kind, geometry in _features(area.base_map):
        if kind in ORDER and (kind != "house" or frame.metres < HOUSES_UP_TO):
            found.append((kind, frame.path(geometry)))
    return sorted((row for row in found if row[1]), key=lambda row: ORDER.index(row[0]))


def _names(area, frame):
    if frame.metres > NAMES_UP_TO:
        return []
    west, south, east, north = frame.box
    return [
        {"text": name, "angle": angle, **_whole(frame.place(point.y, point.x))}
        for (name, angle), point in _named(area.base_map)
        if west < point.x < east and south < point.y < north
    ]


@cache
def _features(base_map):
    """Return the lines and areas of one of our own base maps, as [(kind, shape), …]."""
    return [
        (row["properties"]["kind"], shape(row["geometry"]))
        for row in _read(base_map)
        if "kind" in row["properties"] and row["geometry"]["type"] != "Point"
    ]


@cache
def _named(base_map):
    return [
        ((row["properties"]["name"], round(row["properties"]["angle"])), shape(row["geometry"]))
        for row in _read(base_map)
        if row["geometry"]["type"] == "Point"
    ]


def _read(base_map):
    for path in BASE_MAPS.get(base_map, {}).get("files", ()):
        with open(finders.find(path), encoding="utf-8") as file:
            yield from json.load(file)["features"]
