"""Positions as numbers: a tile address that sorts by place, blocks, distances on the ground."""

import math

import mercantile

CELL_ZOOM = 24
BLOCK_ZOOM = 17  # about 170 m a side in Denmark
MAX_TILES = 16  # to cover a box with
METRES_A_DEGREE = 111_320
LAST_LATITUDE = 85.05  # where the square map of the world ends


def _tile(latitude, longitude, zoom):
    return mercantile.tile(longitude, max(-LAST_LATITUDE, min(LAST_LATITUDE, latitude)), zoom)


def cell_of(latitude, longitude):
    """Return the address of the zoom-24 tile as one integer: the quadkey read in base 4."""
    return int(mercantile.quadkey(_tile(latitude, longitude, CELL_ZOOM)), 4)


def cell_ranges(west, south, east, north):
    """Return the ranges of cells that cover a box in degrees, as [(first, last), …]; few of them.

    They cover a little more than the box, so the box itself must still be asked for.
    """
    zoom = CELL_ZOOM
    while zoom and _tiles_across(west, south, east, north, zoom) > MAX_TILES:
        zoom -= 1
    shift = 2 * (CELL_ZOOM - zoom)
    ranges = []
    for code in sorted(
        int(mercantile.quadkey(tile) or "0", 4)
        for tile in mercantile.tiles(west, max(south, -85), east, min(north, 85), zoom)
    ):
        first, last = code << shift, (code + 1 << shift) - 1
        if ranges and ranges[-1][1] + 1 == first:
            first = ranges.pop()[0]
        ranges.append((first, last))
    return ranges


def _tiles_across(west, south, east, north, zoom):
    first, last = _tile(north, west, zoom), _tile(south, east, zoom)
    return (last.x - first.x + 1) * (last.y - first.y + 1)


def block_of(latitude, longitude):
    """Return the centre (latitude, longitude) of the block that a point lies in."""
    box = mercantile.bounds(_tile(latitude, longitude, BLOCK_ZOOM))
    return round((box.south + box.north) / 2, 6), round((box.west + box.east) / 2, 6)


def metres_a_degree_east(latitude):
    """Return the length of a degree of longitude; not quite nothing at the poles."""
    return METRES_A_DEGREE * max(math.cos(math.radians(latitude)), 0.01)


def box_around(latitude, longitude, metres):
    """Return west, south, east, north of the box that holds a circle on the ground."""
    high = metres / METRES_A_DEGREE
    wide = metres / metres_a_degree_east(latitude)
    return longitude - wide, latitude - high, longitude + wide, latitude + high
