"""Which cells of a matrix of ties are empty or thin."""

from collections import Counter
from itertools import combinations_with_replacement

THIN = 0.25  # of the ties that would be there if ties fell by chance


def weak_cells(groups, pairs):
    """Return {(group, group): how empty} of the empty and thin cells of a matrix.

    groups: of each vertex, "" for none. pairs: the tied pairs of vertices. By chance a cell
    would hold m × q / p ties, with m the tied pairs, q the pairs of vertices that fall in the
    cell, and p all pairs of vertices that have a group.
    """
    sizes = Counter(group for group in groups if group)
    counted = Counter(
        tuple(sorted((groups[a], groups[b]))) for a, b in pairs if groups[a] and groups[b]
    )
    total, ties = sum(sizes.values()), sum(counted.values())
    found = {}
    for cell in combinations_with_replacement(sorted(sizes), 2):
        possible = _pairs_in(cell, sizes)
        expected = ties * possible / max(total * (total - 1) / 2, 1)
        if possible and counted[cell] <= THIN * expected:
            found[cell] = 1 - counted[cell] / expected if counted[cell] else 1
    return found


def _pairs_in(cell, sizes):
    one, other = cell
    return sizes[one] * (sizes[one] - 1) / 2 if one == other else sizes[one] * sizes[other]
