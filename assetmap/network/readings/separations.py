"""What falls apart from what, if one asset or one tie were not there; linear in assets and ties.

Every network is a tree of its blocks, the parts that hold together whichever one asset leaves
(Hopcroft, J. and Tarjan, R. (1973): Algorithm 447: efficient algorithms for graph manipulation.
Communications of the ACM 16). Whoever stands in several blocks holds them together.
"""

import igraph


def separations(network, structure):
    """Return {cut vertex: sizes of the parts that its part would fall into, largest first}."""
    tree = _Tree(network, structure)
    return {v: sorted(tree.parts_around(v), reverse=True) for v in structure.cuts}


def sides(network, structure):
    """Return {bridge: assets on its smaller side}, the bridges as in the Structure."""
    tree = _Tree(network, structure)
    found = {}
    for one, other in structure.bridges:
        beyond = min(tree.sizes[one], tree.sizes[other])  # the end that is farther from the root
        found[one, other] = min(beyond, tree.whole(one) - beyond)
    return found


def parts_without(network, structure, vertex):
    """Return the parts that a vertex's part falls into without it, as lists of vertices.

    The largest comes first.
    """
    part = structure.component[vertex]
    others = [v for v, p in enumerate(structure.component) if p == part and v != vertex]
    found = network.simple.induced_subgraph(others).connected_components()
    return sorted(([others[v] for v in piece] for piece in found), key=len, reverse=True)


def sides_without(network, structure, bridge):
    """Return the two sides of a bridge as lists of vertices, the larger one first."""
    graph = network.simple.copy()
    graph.delete_edges([bridge])
    return sorted((graph.subcomponent(end) for end in bridge), key=len, reverse=True)


class _Tree:
    """The vertices of a network and its blocks as one tree, hung up at one vertex of each part.

    sizes: for each vertex and block the vertices in it and below.
    """

    def __init__(self, network, structure):
        self.structure = structure
        self.blocks = list(network.simple.biconnected_components())
        self.number = len(network)
        self.root = self.number + len(self.blocks)
        order, _levels, self.parents = igraph.Graph(self.root + 1, self._edges()).bfs(self.root)
        self.sizes = [1] * self.number + [0] * (len(self.blocks) + 1)
        for node in reversed(order[1:]):
            self.sizes[self.parents[node]] += self.sizes[node]
        self.below = {}
        for block in range(self.number, self.root):
            self.below.setdefault(self.parents[block], []).append(self.sizes[block])

    def _edges(self):
        tops = {part: v for v, part in enumerate(self.structure.component)}
        members = [(self.number + b, v) for b, block in enumerate(self.blocks) for v in block]
        return members + [(self.root, top) for top in tops.values()]

    def whole(self, vertex):
        """The size of the part that a vertex is in."""
        return self.structure.sizes[self.structure.component[vertex]]

    def parts_around(self, vertex):
        """The sizes of what would be left in pieces without a vertex."""
        above = self.whole(vertex) - self.sizes[vertex]
        return [*self.below.get(vertex, []), *([above] if above else [])]
