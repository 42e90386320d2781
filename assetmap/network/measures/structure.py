"""Structure: what hangs together, what would fall apart, what stands alone.

Tarjan, R. E. (1972): Depth-first search and linear graph algorithms. SIAM Journal on Computing 1.
"""

from dataclasses import dataclass

ISLAND = 5  # assets; a part of the network that has no more of them is an island


@dataclass(frozen=True)
class Structure:
    """component: number of the part that each vertex is in; the largest part is 0.

    sizes: assets in each part, largest first. cuts: vertices without which their part would fall
    into several (articulation points). bridges: pairs (lower vertex, higher vertex) that nothing
    but the tie between them holds together.
    """

    component: list
    sizes: list
    cuts: list
    bridges: list

    @property
    def alone(self):
        """Vertices without any tie."""
        return [v for v, part in enumerate(self.component) if self.sizes[part] == 1]

    @property
    def has_mainland(self):
        """Whether one part is larger than every other; among equal islands none is."""
        return bool(self.sizes) and self.sizes[0] > max([1, *self.sizes[1:2]])

    @property
    def islands(self):
        """The small parts of two assets or more, as lists of vertices; the mainland is none."""
        first = 1 if self.has_mainland else 0
        small = {p for p, size in enumerate(self.sizes) if p >= first and 1 < size <= ISLAND}
        found = {}
        for vertex, part in enumerate(self.component):
            if part in small:
                found.setdefault(part, []).append(vertex)
        return list(found.values())


def structure(network):
    """Return the Structure of a Network; the work grows evenly with assets and ties (Tarjan)."""
    graph = network.simple
    parts = graph.connected_components()
    order = sorted(range(len(parts)), key=lambda part: (-len(parts[part]), parts[part][0]))
    rank = {part: number for number, part in enumerate(order)}
    bridges = sorted(tuple(sorted(graph.es[edge].tuple)) for edge in graph.bridges())
    return Structure(
        component=[rank[part] for part in parts.membership],
        sizes=[len(parts[part]) for part in order],
        cuts=sorted(graph.articulation_points()),
        bridges=bridges,
    )
