"""Small parts of which the map's data are made: features, and clusters by tiles of a grid."""

import math

MAX_CELLS = 380
GRID = 2  # grid cells are tiles two zooms closer than the map: 64 pixels on the screen
WORLD = (-180, -85, 180, 85)


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(latitude, longitude):
    return {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}


def line(one, other):
    ends = [[asset.longitude, asset.latitude] for asset in (one, other)]
    return {"type": "LineString", "coordinates": ends}


def grid_zoom(bbox, closest):
    """Return the zoom of tiles of which at most MAX_CELLS cover a box, not beyond `closest`."""
    west, south, east, north = bbox
    wide = (east - west) / 360
    high = (_mercator(north) - _mercator(south)) / (2 * math.pi)
    for grid in range(closest, 0, -1):
        if (wide * 2**grid + 2) * (high * 2**grid + 2) <= MAX_CELLS:
            return grid
    return 0


def _mercator(latitude):
    return math.asinh(math.tan(math.radians(max(-85, min(85, latitude)))))


class Cluster:
    """Assets that are shown together: how many of each layer, and the mean of where they lie."""

    def __init__(self):
        self.count, self.layers = 0, {}
        self.latitude = self.longitude = 0.0

    def add(self, layer, number, latitude, longitude):
        """Take in `number` more assets of a layer, of which this is the mean position."""
        self.layers[layer] = self.layers.get(layer, 0) + number
        self.count += number
        share = number / self.count
        self.latitude += (latitude - self.latitude) * share
        self.longitude += (longitude - self.longitude) * share

    def feature(self, **more):
        place = point(self.latitude, self.longitude)
        return feature(place, cluster=True, count=self.count, layers=self.layers, **more)
