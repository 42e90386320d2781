"""Parts of a picture put beside each other, so that none covers another."""

import math

WIDE = 1.4  # times as wide as high, as screens and paper are
WASTE = 1.1  # how much more room boxes take than they fill


def packed(drawings, gap):
    """Return the drawings, each a list of (x, y), moved so that `gap` lies between any two.

    The first stands in the upper left corner; each of the others as far up as there is room.
    """
    sizes = [tuple(side + gap for side in _size_of(points)) for points in drawings]
    area = sum(width * height for width, height in sizes)
    across = max([math.sqrt(area * WASTE * WIDE), *(width for width, _height in sizes)])
    corners = _corners(sizes, across * 1.001)
    return [_moved(*pair) for pair in zip(drawings, corners, strict=True)]


def _size_of(points):
    xs, ys = zip(*points, strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


def _corners(sizes, across):
    """Yield the upper left corner of each box.

    What is filled so far ends in steps, each (left, right, lowest point of it).
    """
    steps = [(0.0, across, 0.0)]
    for wide, tall in sizes:
        fits = [left for left, _right, _low in steps if left + wide <= across]
        left = min(fits, key=lambda left: (_lowest(steps, left, left + wide), left))
        top = _lowest(steps, left, left + wide)
        yield left, top
        steps = _filled(steps, left, left + wide, top + tall)


def _lowest(steps, left, right):
    """The lowest point of what is filled between two upright lines."""
    return max(low for start, end, low in steps if start < right and end > left)


def _filled(steps, left, right, low):
    kept = []
    for start, end, old in steps:
        if start < left:
            kept.append((start, min(end, left), old))
        if end > right:
            kept.append((max(start, right), end, old))
    return sorted(part for part in [*kept, (left, right, low)] if part[1] > part[0])


def _moved(points, corner):
    """The points with the upper left corner of the box around them in a given place."""
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    return [(x - left + corner[0], y - top + corner[1]) for x, y in points]


def grid(number, across, gap):
    """Return so many points in rows of `across`, `gap` from each other."""
    return [(gap * (n % across), gap * (n // across)) for n in range(number)]
