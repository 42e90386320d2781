"""Names for made networks, whose keys are 100, 101, …"""

import re

from assetmap.network.names import Named, unnamed

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def names(network, but=()):
    """{key: Named}: A, B, C … in the order of the vertices; those in `but` are not named."""
    found = {}
    for vertex, key in enumerate(network.keys):
        name = LETTERS[vertex % 26] + str(vertex // 26 or "")
        named = Named(key, network.layers[vertex], name, f"/{name}/")
        found[key] = unnamed(key) if vertex in but else named
    return found


def plain(text):
    """A sentence without its links."""
    return re.sub(r"<[^>]*>", "", str(text))
