"""An empty or thin cell of the matrix: kinds of assets that hardly anything ties together yet."""

from .facts import NEAR
from .reasons import Reason

KIND = "cells"
NEAREST = 3  # candidates for one asset


def candidates(facts, vertex, near):
    """The nearest few across an empty or thin cell."""
    found = [other for _metres, other in near if weakest(facts, vertex, other)]
    return found[:NEAREST]


def reason(facts, one, other):
    """Return the Reason, or None where there are ties enough between such as these.

    score: how empty the cell is (1 without a tie, else the share that is missing of the ties
    that chance would make), by half or, for two within NEAR metres, by up to all of it.
    facts: ("layer" or "sector", the two values in order, whether it is quite empty).
    """
    found = weakest(facts, one, other)
    if not found:
        return None
    emptiness, matrix, cell = found
    metres = facts.metres(one, other)
    closeness = max(0, 1 - metres / NEAR) if metres is not None else 0
    return Reason(KIND, emptiness * (0.5 + 0.5 * closeness), (matrix, *cell, emptiness == 1))


def weakest(facts, one, other):
    """The emptier of the cells that a pair is in, as (emptiness, matrix, cell), or None."""
    network, found = facts.network, []
    for matrix, groups in (("layer", network.layers), ("sector", network.sectors)):
        cell = tuple(sorted((groups[one], groups[other])))
        if cell in facts.weak[matrix]:
            found.append((facts.weak[matrix][cell], matrix, cell))
    return max(found, default=None, key=lambda cell: (cell[0], cell[1]))
