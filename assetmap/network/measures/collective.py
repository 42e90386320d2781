"""Collective: what all the ties of an area are worth to everybody in it.

Putnam, R. D. (2000): Bowling Alone. Simon & Schuster: bonding capital ties alike to alike,
bridging capital reaches across. Traag, V. A., Waltman, L. and van Eck, N. J. (2019): From Louvain
to Leiden: guaranteeing well-connected communities. Scientific Reports 9.
"""

from dataclasses import dataclass

from assetmap.inventory.kinds import LINK_KINDS

from .randomness import seeded


@dataclass(frozen=True)
class Collective:
    """density: pairs of assets that are tied, of all pairs, 0 to 1.

    reciprocity: share of the ties that go both ways, 0 to 1, None without ties. cluster: number
    of the cluster of each vertex, the largest is 0; sizes: assets in each cluster. bonding: for
    "layer", "sector" and "cluster" the share (0 to 1) of tied pairs within the same one, None
    where no pair has one at both ends; the rest is bridging. modularity: how much more the
    clusters hold together than chance would have it, None without ties.
    """

    density: float
    reciprocity: float | None
    cluster: list
    sizes: list
    bonding: dict
    modularity: float | None = None


def collective(network):
    """Return the Collective of a Network.

    Density is m / (n(n - 1) / 2) with m tied pairs among n assets. A tie goes both ways if its
    kind means the same both ways, or another of the same kind goes back. Clusters are those of
    Leiden with modularity, seeded. Bonding is the tied pairs of like and like by all tied pairs.
    Modularity (Newman and Girvan 2004, Physical Review E 69) is the sum over clusters of
    L / m - (d / 2m)², with L tied pairs inside and d the sum of its numbers of contacts.
    """
    graph = network.simple
    cluster, sizes = clusters(graph)
    groups = {"layer": network.layers, "sector": network.sectors, "cluster": cluster}
    return Collective(
        density=graph.density() if graph.vcount() > 1 else 0.0,
        reciprocity=_reciprocity(network),
        cluster=cluster,
        sizes=sizes,
        bonding={name: bonding(network, group) for name, group in groups.items()},
        modularity=graph.modularity(cluster) if graph.ecount() else None,
    )


def clusters(graph):
    """Return (number of the cluster of each vertex, sizes), the largest cluster first."""
    with seeded():
        found = graph.community_leiden(objective_function="modularity", n_iterations=10)
    order = sorted(range(len(found)), key=lambda one: (-len(found[one]), found[one][0]))
    rank = {one: number for number, one in enumerate(order)}
    return [rank[one] for one in found.membership], [len(found[one]) for one in order]


def _reciprocity(network):
    ways = {(*ends, kind) for ends, kind in zip(network.ends, network.kinds, strict=True)}
    if not ways:
        return None
    mutual = sum(LINK_KINDS[kind].symmetric or (t, s, kind) in ways for s, t, kind in ways)
    return mutual / len(ways)


def bonding(network, group):
    """The share (0 to 1) of tied pairs whose two ends are in one group; the rest is bridging.

    group: what each vertex belongs to, "" for nothing. None where no pair has a group both ends.
    """
    pairs = network.simple.get_edgelist()
    both = [(group[s], group[t]) for s, t in pairs if group[s] != "" and group[t] != ""]
    return sum(one == other for one, other in both) / len(both) if both else None


def inside_and_out(network, vertices):
    """Return (tied pairs inside, tied pairs that reach out) of a group of vertices.

    Krackhardt, D. and Stern, R. N. (1988): Informal networks and organizational crises. Social
    Psychology Quarterly 51, compare the two as the E-I index.
    """
    group = set(vertices)
    ends = [(s in group) + (t in group) for s, t in network.simple.get_edgelist()]
    return ends.count(2), ends.count(1)
