"""Markers that would cover each other are moved apart, as little as makes them readable."""

import math

APART = 62  # between the middles of two markers, in tenths of a millimetre
ROUNDS = 80
EDGE = 40


def spread(points, width, height):
    """Return a new (x, y) for each point, so that none is nearer to another than APART.

    Those who stand alone keep their place. Where there is no room at all some still overlap.
    """
    at = [_inside(point, width, height) for point in points]
    for _round in range(ROUNDS):
        pushed = False
        for one in range(len(at)):
            for other in range(one):
                pushed |= _push(at, one, other)
        at = [_inside(point, width, height) for point in at]
        if not pushed:
            break
    return at


def _push(at, one, other):
    """Move two markers apart by half of what is missing each; return whether they had to."""
    (x1, y1), (x2, y2) = at[one], at[other]
    away = math.hypot(x1 - x2, y1 - y2)
    if away >= APART - 1:
        return False
    angle = math.atan2(y1 - y2, x1 - x2) if away > 1 else 2.4 * one  # golden: all directions
    step = (APART - away) / 2
    dx, dy = step * math.cos(angle), step * math.sin(angle)
    at[one], at[other] = (x1 + dx, y1 + dy), (x2 - dx, y2 - dy)
    return True


def _inside(point, width, height):
    x, y = point
    return min(max(x, EDGE), width - EDGE), min(max(y, EDGE), height - EDGE)
