"""How alike two mixes of assets are, and in what."""

from dataclasses import dataclass, field

import igraph

SAME_LAYER, SAME_KIND, SAME_GIFTS = 0.4, 0.3, 0.3  # what each is worth; together 1
STEPS = 1_000  # igraph matches by whole numbers


@dataclass(frozen=True)
class Ingredient:
    """An asset as a part of a mix. groups: keys of the groups of gifts that it gives."""

    key: int
    layer: str
    kind: str = ""
    groups: frozenset = field(default_factory=frozenset)


@dataclass(frozen=True)
class Likeness:
    """How alike two mixes are, 0 to 1, and which part of one stands for which of the other."""

    number: float
    pairs: tuple  # (Ingredient of one, Ingredient of the other)


def alike(one, other):
    """Return how alike two Ingredients are, 0 to 1.

    0 for two of different layers. Else 0.4, and 0.3 if they are of the same kind, and 0.3 times
    the share of groups of gifts that both give of those that either gives (Jaccard 1901).
    """
    if one.layer != other.layer:
        return 0.0
    either = one.groups | other.groups
    gifts = len(one.groups & other.groups) / len(either) if either else 0
    kind = bool(one.kind) and one.kind == other.kind
    return SAME_LAYER + SAME_KIND * kind + SAME_GIFTS * gifts


def likeness(picked, members):
    """Return the Likeness of a mix that was picked with another one.

    Each that was picked is paired with another member, so that the sum of alike() is the largest
    (a maximum weighted bipartite matching); the number is that sum over the number picked.
    """
    pairs = [
        (i, len(picked) + j, alike(one, other))
        for i, one in enumerate(picked)
        for j, other in enumerate(members)
        if one.layer == other.layer
    ]
    if not pairs:
        return Likeness(0.0, ())
    matched = _matched(pairs, len(picked), len(members))
    found = [(picked[i], members[j - len(picked)]) for i, j in matched]
    whole = sum(alike(one, other) for one, other in found)
    return Likeness(whole / len(picked), tuple(found))


def _matched(pairs, first, second):
    graph = igraph.Graph(n=first + second, edges=[pair[:2] for pair in pairs])
    graph.vs["type"] = [False] * first + [True] * second
    graph.es["weight"] = [round(weight * STEPS) for _i, _j, weight in pairs]
    matching = graph.maximum_bipartite_matching(types="type", weights="weight")
    return [(i, matching.match_of(i)) for i in range(first) if matching.is_matched(i)]
