"""Where a row lies: from numbers, a geometry or an address; what is odd about it is said."""

import math
import re
from functools import cache, cached_property

import shapely
from pyproj import Geod, Transformer
from pyproj.exceptions import ProjError
from shapely.errors import ShapelyError
from shapely.geometry import mapping

from assetmap.areas.text import fold

DANISH_GRID = "EPSG:25832"
EAST, NORTH = (100_000, 1_000_000), (5_900_000, 6_600_000)  # of that grid, around Denmark
AROUND = 0.1  # degrees, less than FAR
FAR = 50_000  # metres from the middle of the area
ALIKE = 1e-6  # degrees; nearer to 0, 0 than this is no position
DECIMALS = 7  # about a centimetre
EARTH = Geod(ellps="WGS84")


@cache
def _to_degrees(crs):
    return Transformer.from_crs(crs, "EPSG:4326", always_xy=True)


class Placer:
    """Finds positions for the rows of one sheet in an area.

    `find` returns ({"latitude", "longitude", "outline"}, problems); the dict is empty for a row
    that cannot be placed.
    """

    def __init__(self, area, crs="EPSG:4326"):
        self.area, self.crs = area, crs

    @cached_property
    def addresses(self):
        """The area's list, as {folded address, and the same without its town: position}."""
        found = {}
        names = ("folded", "latitude", "longitude")
        for folded, north, east in self.area.addresses.values_list(*names).order_by("pk"):
            where = {"latitude": north, "longitude": east}
            found.setdefault(folded, where)
            found.setdefault(folded.partition(",")[0], where)
        return found

    def find(self, row, texts):
        """`texts` are the row's texts by target: latitude, longitude, position, address."""
        problems = []
        where = self._from_texts(texts, problems)
        if where is None and row.geometry is not None and not row.geometry.is_empty:
            where = self._checked(row.geometry, problems)
        if where is None:
            where = self.at_address(texts.get("address", ""))
            problems.append(["by_address" if where else "unplaced", {}])
        return where, problems

    def at_address(self, address):
        """Return {"latitude", "longitude"} of an address that the area's list knows, else {}."""
        folded = re.sub(r"\s+", " ", fold(address)).strip()
        if not folded:
            return {}
        street = folded.partition(",")[0].strip()
        return dict(self.addresses.get(folded) or self.addresses.get(street) or {})

    def _from_texts(self, texts, problems):
        position = texts.get("position", "")
        if position:
            return self._from_one_text(position, problems)
        north, east = texts.get("latitude", ""), texts.get("longitude", "")
        if not north and not east:
            return None
        if not north or not east:
            problems.append(["half", {}])
            return None
        numbers = [_number(text) for text in (east, north)]
        if None in numbers:
            problems.append(["not_number", {"text": north if numbers[1] is None else east}])
            return None
        return self._plain(*numbers) or self._checked(shapely.Point(*numbers), problems)

    def _plain(self, east, north):
        """A position in degrees around the area, as nearly all are: nothing is odd about it."""
        near = (
            abs(north - self.area.latitude) < AROUND and abs(east - self.area.longitude) < AROUND
        )
        if near and self.crs == "EPSG:4326":
            return {"latitude": round(north, DECIMALS), "longitude": round(east, DECIMALS)}
        return None

    def _from_one_text(self, text, problems):
        """Well-known text, or two numbers with north first as people and map services write."""
        pair = _two_numbers(text)
        if pair:
            return self._checked(shapely.Point(pair[1], pair[0]), problems)
        try:
            return self._checked(shapely.from_wkt(text), problems)
        except ShapelyError:
            problems.append(["not_number", {"text": text[:60]}])
            return None

    def _checked(self, geometry, problems):
        geometry = shapely.force_2d(geometry)
        geometry = self._in_degrees(geometry, problems)
        if geometry is None or geometry.is_empty:
            return None
        if not all(math.isfinite(edge) for edge in geometry.bounds):
            problems.append(["off_earth", {}])
            return None
        point = _pin(geometry)
        if abs(point.x) < ALIKE and abs(point.y) < ALIKE:
            problems.append(["zero", {}])
            return None
        if self._is_swapped(point):
            problems.append(["swapped", {}])
            geometry = _turned(geometry)
            point = _pin(geometry)
        if not (-90 <= point.y <= 90 and -180 <= point.x <= 180):
            problems.append(["off_earth", {}])
            return None
        metres = self._metres(point.x, point.y)
        if metres > FAR:
            problems.append(["far", {"km": round(metres / 1000)}])
        return self._kept(geometry, point, problems)

    def _in_degrees(self, geometry, problems):
        """Turn other coordinates into degrees: those the file names, and the Danish grid's."""
        if geometry.is_empty:
            return None
        crs, (x, y) = self.crs, _pin(geometry).coords[0]
        if crs == "EPSG:4326" and (abs(x) > 180 or abs(y) > 180):
            if _between(y, EAST) and _between(x, NORTH):
                geometry, x, y = _turned(geometry), y, x
                problems.append(["swapped", {}])
            if not (_between(x, EAST) and _between(y, NORTH)):
                problems.append(["off_earth", {}])
                return None
            crs = DANISH_GRID
        if crs == "EPSG:4326":
            return geometry
        problems.append(["utm", {}] if crs == DANISH_GRID else ["crs", {"crs": crs}])
        try:
            return shapely.transform(geometry, _to_degrees(crs).transform, interleaved=False)
        except ProjError:
            problems.append(["off_earth", {}])
            return None

    def _is_swapped(self, point):
        here = abs(point.y) <= 90 and self._metres(point.x, point.y) <= FAR
        return not here and abs(point.x) <= 90 and self._metres(point.y, point.x) <= FAR

    def _metres(self, longitude, latitude):
        return EARTH.inv(self.area.longitude, self.area.latitude, longitude, latitude)[2]

    def _kept(self, geometry, point, problems):
        where = {"latitude": round(point.y, DECIMALS), "longitude": round(point.x, DECIMALS)}
        if geometry.geom_type in ("Point", "MultiPoint"):
            return where
        problems.append(["middle", {}])
        outline = _outline(geometry)
        if outline is None:
            problems.append(["outline", {}])
            return where
        return where | {"outline": outline}


def _turned(geometry):
    return shapely.transform(geometry, lambda x, y: (y, x), interleaved=False)


def _between(number, ends):
    return ends[0] <= number <= ends[1]


def _pin(geometry):
    """A point on the thing itself, the only one if it has one."""
    return geometry if geometry.geom_type == "Point" else geometry.representative_point()


def _outline(geometry):
    """Return lines and areas as GeoJSON that Asset.outline takes, or None if they are broken."""
    parts = list(getattr(geometry, "geoms", [geometry]))
    for kind, many in (("Polygon", shapely.MultiPolygon), ("LineString", shapely.MultiLineString)):
        same = [part for part in parts if part.geom_type == kind]
        if same:
            whole = same[0] if len(same) == 1 else many(same)
            rounded = shapely.set_precision(whole, 10**-DECIMALS, mode="pointwise")
            return mapping(rounded) if rounded.is_valid and not rounded.is_empty else None
    return None


def _number(text):
    """Return a coordinate as people write it, such as "55,6487" or "12.59° E"; None for others."""
    text = re.sub(r"[°\sNSEWØV]+$", "", text.strip(), flags=re.IGNORECASE).replace(" ", "")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    elif "," in text:  # 6.171.234,5 or 6,171,234.5
        last = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def _two_numbers(text):
    """Return (north, east) of a text such as "55.65, 12.59" or "55,65; 12,59", or None."""
    text = text.strip().strip("()[]")
    for apart in (r"\s*;\s*", r",\s+", r"\s+", r","):
        parts = [_number(part) for part in re.split(apart, text)]
        if len(parts) == 2 and None not in parts:
            return parts
    return None
