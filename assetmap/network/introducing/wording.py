"""Chains of ties in words, as a page shows them to whoever looks."""

from dataclasses import dataclass
from itertools import pairwise

from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.models import Link

from ..names import Named, names_of


@dataclass(frozen=True)
class Step:
    """A tie of a chain, read in the chain's direction: one, what it does, the other."""

    one: Named
    tie: str
    other: Named
    strength: str
    since: str


def in_words(network, paths, area, user):
    """Return the chains of some Paths, each a list of Steps; names are read for this user."""
    keys = {network.keys[vertex] for path in paths for vertex in path.vertices}
    names = names_of(keys, area, user)
    named = [path for path in paths if all(network.keys[v] in names for v in path.vertices)]
    return [_steps(network, path, names) for path in named]


def _steps(network, path, names):
    pairs = zip(pairwise(path.vertices), path.edges, strict=True)
    return [_step(network, one, other, edge, names) for (one, other), edge in pairs]


def _step(network, one, other, edge, names):
    kind = LINK_KINDS[network.kinds[edge]]
    return Step(
        one=names[network.keys[one]],
        tie=kind.out if network.ends[edge][0] == one else kind.back,
        other=names[network.keys[other]],
        strength=Link.Strength(network.strengths[edge]).label,
        since=network.since[edge],
    )
