"""Where each asset stands in the picture: worked out here, and the same until the ties change."""

import math

from ..measures.randomness import seeded
from .packing import grid, packed

SPACE = 60.0  # from one asset to the next, on average; also the unit of everything drawn
CAREFUL_UP_TO = 200  # assets of a part; beyond, springs would take too long to find their rest
THOROUGH_UP_TO = 1_000  # beyond, only those who are near each other push each other away
MOST_ROOM = 1.6  # times SPACE, where each asset has many ties
STEPS_THOROUGH, STEPS_QUICK = 150, 300
GOLDEN_ANGLE, GOLDEN_PART = math.pi * (3 - math.sqrt(5)), (math.sqrt(5) - 1) / 2


def layout_of(seen):
    """The layout of a network, worked out once for all who see the same."""
    return seen.kept("layout", lambda: layout(seen.network))


def layout(network):
    """Return where each vertex of a Network stands, as [(x, y), …]: x to the right, y down.

    The parts of the network lie beside each other, the largest first; what has no tie stands in
    rows, by layer. Parts of up to CAREFUL_UP_TO assets are drawn as springs (Kamada, T. and Kawai,
    S. (1989): An algorithm for drawing general undirected graphs. Information Processing Letters
    31), larger ones as forces (Fruchterman, T. and Reingold, E. (1991): Graph drawing by
    force-directed placement. Software: Practice and Experience 21). An asset begins in a place
    that only its own key decides, so a new one does not move all others.
    """
    parts = sorted(network.simple.connected_components(), key=lambda part: (-len(part), part[0]))
    tied = [part for part in parts if len(part) > 1]
    alone = sorted(
        (part[0] for part in parts if len(part) == 1), key=lambda v: (network.layers[v], v)
    )
    drawings = [_part(network, part) for part in tied]
    if alone:
        across = math.ceil(math.sqrt(1.4 * len(alone)))
        drawings.append(grid(len(alone), across, SPACE * 0.75))
    order = [vertex for part in [*tied, alone] for vertex in part]
    points = [point for drawing in packed(drawings, SPACE) for point in drawing]
    return [point for _vertex, point in sorted(zip(order, map(_rounded, points), strict=True))]


def _rounded(point):
    return round(point[0], 1), round(point[1], 1)


def _part(network, part):
    """Draw one part of the network by itself."""
    if len(part) == 2:
        return [(0.0, 0.0), (0.8 * SPACE, 0.0)]
    graph = network.simple.induced_subgraph(part)
    start = [_start(network.keys[vertex], len(part)) for vertex in part]
    with seeded():
        points = _drawn(graph, start)
    ties = graph.ecount() / len(part)
    return _lying(_spaced(points, min(max(1.0, math.sqrt(ties)), MOST_ROOM)))


def _start(key, number):
    """Where an asset begins: by its key alone, spread over a disc that holds the whole part."""
    radius = math.sqrt(number * (key * GOLDEN_PART % 1) / math.pi)
    angle = key * GOLDEN_ANGLE
    return [radius * math.cos(angle), radius * math.sin(angle)]


def _drawn(graph, start):
    number = graph.vcount()
    if number <= CAREFUL_UP_TO:
        return graph.layout_kamada_kawai(seed=start).coords
    thorough = number <= THOROUGH_UP_TO
    steps = STEPS_THOROUGH if thorough else STEPS_QUICK
    return graph.layout_fruchterman_reingold(
        seed=start, niter=steps, grid=not thorough, start_temp=math.sqrt(number) / 10
    ).coords


def _spaced(points, room):
    """Put the middle at (0, 0), and give each point `room` times SPACE to each side on average."""
    number = len(points)
    middle = sum(x for x, _y in points) / number, sum(y for _x, y in points) / number
    centred = [(x - middle[0], y - middle[1]) for x, y in points]
    spread = math.sqrt(sum(x * x + y * y for x, y in centred) / number) or 1.0
    wanted = (
        room * SPACE * math.sqrt(number / (2 * math.pi))
    )  # of a disc with so many points in it
    return [(x * wanted / spread, y * wanted / spread) for x, y in centred]


def _lying(points):
    """Turn the points so that they spread most from left to right."""
    long = sum(x * x - y * y for x, y in points)
    angle = math.atan2(2 * sum(x * y for x, y in points), long) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in points]
