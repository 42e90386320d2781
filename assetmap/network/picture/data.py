"""The picture as data, for the script that draws it."""

from assetmap.inventory.models import Layer

from ..names import names_of, unnamed
from .lines import LINES, WIDTHS, line_of


def drawing():
    """Return what the script needs to know to draw: the layers' numbers, and each sort of line."""
    return {
        "layers": {layer.value: layer.number for layer in Layer},
        "dashes": {line.code: list(line.dash) for line in LINES.values()},
        "widths": WIDTHS,
    }


def picture(sight):
    """Return what a Sight shows, ready for JSON.

    nodes: {"x", "y", "layer", "size" (0 to 1), "ties", "hit", "name"} and, of those that may be
    named, "id" (the asset's uid) and "url"; "steps" from the ego where there is one. Later ones
    lie above earlier ones. ties: {"ends" (two places in nodes), "line", "strength", "kinds",
    "since", "until"}, one for any two assets that are tied. left_out: how many there is no room
    for. At most MOST nodes.
    """
    order = {vertex: number for number, vertex in enumerate(sight.drawn)}
    return {
        "nodes": _nodes(sight),
        "ties": [_tie(sight.network, ends, ties, order) for ends, ties in sight.pairs.items()],
        "year": sight.year,
        "left_out": sight.left_out,
    }


def _nodes(sight):
    keys = [sight.network.keys[vertex] for vertex in sight.drawn]
    names = names_of(keys, sight.area, sight.user)
    return [
        _node(sight, v, names.get(key) or unnamed(key))
        for v, key in zip(sight.drawn, keys, strict=True)
    ]


def _node(sight, vertex, named):
    x, y = sight.places[vertex]
    node = {
        "x": x,
        "y": y,
        "layer": sight.network.layers[vertex],
        "size": round(sight.weight(vertex), 3),
        "ties": len(sight.network.ties_of[vertex]),
        "hit": vertex in sight.hits,
        "name": named.name,
    }
    if named.is_named:
        node |= {"id": named.uid, "url": named.url}
    if sight.circle is not None:
        node["steps"] = sight.circle[vertex]
    return node


def _tie(network, ends, ties, order):
    line, strength = line_of(network, ties)
    return {
        "ends": [order[end] for end in ends],
        "line": line,
        "strength": strength,
        "kinds": sorted({network.kinds[tie] for tie in ties}),
        "since": min(network.since[tie] for tie in ties),
        "until": max(network.until[tie] for tie in ties),
    }
