"""Coordinate systems that the feed answers in: degrees either way round, and Danish metres."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from django.utils.translation import gettext as _
from pyproj import Transformer
from pyproj.enums import TransformDirection
from pyproj.exceptions import ProjError
from shapely.geometry import mapping, shape

from .refusal import Refusal

WORLD = (-180.0, -90.0, 180.0, 90.0)
MILLIMETRES = 3  # decimals of a metre


@dataclass(frozen=True)
class Crs:
    """A coordinate system by its URI. In here positions are x, y: east before north."""

    uri: str
    metres: str = ""  # how pyproj calls it, if it is one of metres
    north_first: bool = False  # how the standard wants it written

    def moved(self, geometry):
        """Return a GeoJSON geometry in longitude and latitude as it is written in this system.

        None for one that is none, or that the system has no numbers for.
        """
        if geometry is None or not (self.metres or self.north_first):
            return geometry
        placed = self.placed(shape(geometry))
        if placed is None:
            return None
        return mapping(shapely.transform(placed, np.fliplr) if self.north_first else placed)

    def placed(self, figure):
        """Return a shapely figure in longitude and latitude as one in this system, or None."""
        if not self.metres:
            return figure
        moved = shapely.transform(figure, self._metres_of)
        return moved if np.isfinite(shapely.get_coordinates(moved)).all() else None

    def _metres_of(self, degrees):
        east, north = _transformer(self.metres).transform(degrees[:, 0], degrees[:, 1])
        return np.round(np.column_stack([east, north]), MILLIMETRES)

    def around(self, west, south, east, north):
        """Return the box in degrees that holds a box of this system: the world if it is vast."""
        if not self.metres:
            return west, south, east, north
        back = _transformer(self.metres).transform_bounds
        try:
            found = back(west, south, east, north, direction=TransformDirection.INVERSE)
        except ProjError:
            return WORLD
        return found if np.isfinite(found).all() else WORLD


CRS84 = Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84")
ALL = (
    CRS84,
    Crs("http://www.opengis.net/def/crs/EPSG/0/4326", north_first=True),
    Crs("http://www.opengis.net/def/crs/EPSG/0/25832", metres="EPSG:25832"),
)
URIS = [crs.uri for crs in ALL]


@cache
def _transformer(name):
    return Transformer.from_crs("OGC:CRS84", name, always_xy=True)


def read_crs(uri, parameter):
    """Return the Crs that a parameter names."""
    for crs in ALL:
        if crs.uri == uri:
            return crs
    told = {"parameter": parameter, "known": " ".join(URIS)}
    raise Refusal(_("%(parameter)s must be one of these: %(known)s") % told)
