"""The shortest chains of ties between two assets: who could introduce one to the other."""

from dataclasses import dataclass

import igraph

from assetmap.inventory.models import Layer

MOST = 3  # chains
LONGEST = 5  # ties of a chain; nobody is introduced through more
# What a tie costs beyond being one more. Together less than 1 / LONGEST, so that a chain of fewer
# ties always goes before one of more.
LOOSE = 0.04  # for each step below a strong tie
AGE = 0.005  # for each year, up to OLD
OLD = 10  # years after which a tie is only old
NOT_WILLING = 0.03  # for each end in between that is not a person who likes to introduce others


@dataclass(frozen=True)
class Path:
    """A chain from one asset to another, as vertices and the edges of the ties between them."""

    vertices: list
    edges: list


def chains(network, start, end, willing, year):
    """Return up to three Paths between two vertices of a Network, the best first.

    A chain with fewer ties is better. Of those as long, the one whose ties are stronger and newer
    and that leads through people who like to introduce others: the least sum of cost(). It has at
    most five ties and passes nobody twice. (Yen, 1971: "Finding the K shortest loopless paths in a
    network", Management Science 17(11), as igraph does it.)

    willing: primary keys of the residents who agreed to be suggested; a chain leads through no
    other resident. year: the year from which the age of a tie is counted.
    """
    graph = _near_both(network, start, end, willing)
    if graph is None:
        return []
    best = _best_ties(network, graph, {start, end}, willing, year)
    simple = igraph.Graph(n=graph.vcount(), edges=list(best))
    costs = [price for price, _tie in best.values()]
    ends = [graph.vs["vertex"].index(vertex) for vertex in (start, end)]
    found = simple.get_k_shortest_paths(*ends, k=MOST, weights=costs)
    return [_path(graph, best, steps) for steps in found if len(steps) <= LONGEST + 1]


def cost(network, tie, ends, willing, year):
    """Return what a tie costs in a chain between two vertices, in [1, 1 + 1/5)."""
    age = min(max(year - network.years[tie], 0), OLD)
    between = [vertex for vertex in network.ends[tie] if vertex not in ends]
    others = sum(network.keys[vertex] not in willing for vertex in between)
    return 1 + LOOSE * (3 - network.strengths[tie]) + AGE * age + NOT_WILLING * others


def _near_both(network, start, end, willing):
    """The part of the graph that chains may lead through, or None if none joins the two.

    Its vertices and edges carry what they are in the network: `vertex`, `tie`.
    """
    graph = network.graph.copy()
    graph.vs["vertex"] = range(len(network))
    graph.es["tie"] = range(len(network.ends))
    graph = graph.induced_subgraph(_passable(network, {start, end}, willing))
    ends = [graph.vs["vertex"].index(vertex) for vertex in (start, end)]
    from_start, from_end = graph.distances(ends)
    if from_start[ends[1]] > LONGEST:
        return None
    ways = enumerate(zip(from_start, from_end, strict=True))
    return graph.induced_subgraph([v for v, (there, back) in ways if there + back <= LONGEST])


def _passable(network, ends, willing):
    return [
        vertex
        for vertex, (key, layer) in enumerate(zip(network.keys, network.layers, strict=True))
        if layer != Layer.RESIDENT or key in willing or vertex in ends
    ]


def _best_ties(network, graph, ends, willing, year):
    """{(lower, higher vertex of the graph): (cost, tie)}, of several ties the cheapest."""
    best = {}
    for pair, tie in zip(graph.get_edgelist(), graph.es["tie"], strict=True):
        price = cost(network, tie, ends, willing, year), tie
        best[tuple(sorted(pair))] = min(best.get(tuple(sorted(pair)), price), price)
    return dict(sorted(best.items()))


def _path(graph, best, steps):
    pairs = zip(steps, steps[1:], strict=False)
    edges = [best[tuple(sorted(pair))][1] for pair in pairs]
    return Path([graph.vs[step]["vertex"] for step in steps], edges)
