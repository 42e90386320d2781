"""One asset's circle: who is one step of ties away from it, and who is two."""

import math

from .layout import SPACE

RING = 2.2 * SPACE  # from the middle to the first ring, and from ring to ring at least


def circle(network, ego, steps, without=frozenset()):
    """Return {vertex: steps from `ego`} of all that are at most so many ties away, itself too.

    without: vertices that no way leads through.
    """
    found = {ego: 0}
    for step in range(1, steps + 1):
        edge = [vertex for vertex, far in found.items() if far == step - 1]
        beyond = {other for vertex in edge for other in network.simple.neighbors(vertex)}
        found |= dict.fromkeys(sorted(beyond - found.keys() - without), step)
    return found


def rings(network, found, places):
    """Return {vertex: (x, y)}: the asset in the middle, its ties around it, theirs around them.

    found: as circle() returns it. places: where each stands in the whole picture, which decides
    their order around the middle; those of the second ring stand beside whom they come through.
    """
    ego = next(vertex for vertex, steps in found.items() if steps == 0)
    turns = {vertex: _turn(places[ego], places[vertex]) for vertex in found}
    first = sorted((v for v, steps in found.items() if steps == 1), key=lambda v: (turns[v], v))
    drawn = {ego: (0.0, 0.0)}
    drawn |= _ring(first, RING)
    second = [v for v, steps in found.items() if steps == 2]
    order = {v: _through(network, v, drawn, set(first)) for v in second}
    return drawn | _beside(order, _radius(len(first), RING) + RING)


def _turn(middle, point):
    return math.atan2(point[1] - middle[1], point[0] - middle[0])


def _radius(number, least):
    """So wide a ring that so many have room on it."""
    return max(least, number * SPACE * 0.8 / (2 * math.pi))


def _ring(vertices, least):
    """Evenly spread."""
    turn = 2 * math.pi / max(len(vertices), 1)
    return _placed(vertices, [n * turn for n in range(len(vertices))], least)


def _placed(vertices, angles, least):
    radius = _radius(len(vertices), least)
    points = [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]
    return {v: (round(x, 1), round(y, 1)) for v, (x, y) in zip(vertices, points, strict=True)}


def _beside(order, radius):
    """Each as near to its own direction as there is room, or evenly spread if there is none."""
    vertices = sorted(order, key=lambda v: (order[v], v))
    apart = SPACE * 0.8 / _radius(len(vertices), radius)
    angles = []
    for vertex in vertices:
        angles.append(max(order[vertex], angles[-1] + apart) if angles else order[vertex])
    if angles and angles[-1] - angles[0] > 2 * math.pi - apart:
        return _ring(vertices, radius)
    return _placed(vertices, angles, radius)


def _through(network, vertex, drawn, first):
    """The direction of those in the first ring through whom it is reached."""
    points = [drawn[one] for one in network.simple.neighbors(vertex) if one in first]
    x, y = (sum(values) for values in zip(*points, strict=True))
    return math.atan2(y, x) % (2 * math.pi)
