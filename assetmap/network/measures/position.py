"""Position: who stands between others that are not tied to each other.

Burt, R. S. (1992): Structural Holes. The Social Structure of Competition. Harvard University
Press. Freeman, L. C. (1977): A set of measures of centrality based on betweenness. Sociometry 40.
"""

import math
import random
from dataclasses import dataclass

EXACT_UP_TO = 2_000  # assets; beyond, betweenness is estimated
SAMPLE = 200  # assets that an estimate starts from
STUDENT = 2.262  # 95 % of Student's t with 9 degrees of freedom, for ten lots


@dataclass(frozen=True)
class Position:
    """Lists with an entry a vertex of a Network.

    betweenness: share (0 to 1) of the shortest ways between two others that lead through it.
    constraint: Burt's, how much its contacts are tied to each other; None where it has no tie.
    error: half the width of the 95 % interval of an estimated betweenness; 0.0 each if exact.
    """

    betweenness: list
    constraint: list
    error: list
    exact: bool


def position(network):
    """Return the Position of all assets of a Network; ties count alike, parallel ones as one.

    Betweenness of v (Freeman): the sum over all pairs s, t of others of σ(s, t | v) / σ(s, t), the
    share of the shortest ways between them that lead through v, divided by the number of such
    pairs, (n - 1)(n - 2) / 2. Constraint of v (Burt, equation 2.4): the sum over contacts j of
    (p(v, j) + Σ p(v, q) p(q, j))², where p(v, j) is the share of v's ties that goes to j.
    """
    graph = network.simple
    exact = graph.vcount() <= EXACT_UP_TO
    betweenness, error = (_exact if exact else _estimated)(graph)
    constraint = [None if math.isnan(value) else value for value in graph.constraint()]
    return Position(betweenness, constraint, error, exact)


def _exact(graph):
    number = graph.vcount()
    pairs = max(1, (number - 1) * (number - 2) / 2)  # where there is no pair, nothing lies between
    return [value / pairs for value in graph.betweenness()], [0.0] * number


def _estimated(graph, parts=10):
    """Betweenness from SAMPLE sources, drawn in `parts` lots; what lots differ by is the error.

    Brandes, U. and Pich, C. (2007): Centrality estimation in large networks. Each lot is an
    estimate of its own, so the standard error of their mean is s / √parts.
    """
    number = graph.vcount()
    drawn = random.Random(1).sample(range(number), SAMPLE)
    lots = [drawn[start::parts] for start in range(parts)]
    # igraph counts ways from the sources alone, each for half, as in an undirected network it
    # would find it again from the other end.
    scale = 2 * number / len(lots[0]) / ((number - 1) * (number - 2))
    columns = zip(*(graph.betweenness(sources=lot) for lot in lots), strict=True)
    found = [_mean_and_error(column, scale) for column in columns]
    return [mean for mean, _error in found], _held(found)


def _mean_and_error(column, scale):
    mean = sum(column) / len(column)
    squares = sum((value - mean) ** 2 for value in column)
    return mean * scale, STUDENT * scale * math.sqrt(squares / (len(column) - 1) / len(column))


def _held(found):
    """Widen the errors until 19 of 20 hold; found: (betweenness, error by its lots) of each.

    Many of the ways through an asset that few lead through begin right beside it, where hardly
    any source is drawn; then all lots miss them alike, and its own error is far too small. So it
    is no smaller than that of any asset with less betweenness; nor than the betweenness itself,
    as each missed way was seen from its other end; but never greater than all lots' greatest.
    """
    most, greatest, errors = max(error for _mean, error in found), 0.0, [0.0] * len(found)
    for vertex in sorted(range(len(found)), key=found.__getitem__):
        mean, error = found[vertex]
        greatest = max(greatest, error)
        errors[vertex] = min(most, max(greatest, mean))
    return errors


def centralization(position):
    """How far one single asset stands between all others, 0 (all alike) to 1 (a star).

    Freeman, L. C. (1979): Centrality in social networks. Social Networks 1: the sum over assets of
    what their betweenness falls short of the greatest, divided by n - 1, which a star has.
    """
    values = position.betweenness
    if len(values) < 3:
        return 0.0
    return sum(max(values) - value for value in values) / (len(values) - 1)


def share_between(position, vertices):
    """The share (0 to 1) of all standing between others that falls to some vertices, or None.

    The sum of their betweenness by the sum of all; None where nobody stands between others.
    """
    whole = sum(position.betweenness)
    return sum(position.betweenness[v] for v in set(vertices)) / whole if whole else None


def first_between(position, number):
    """Return the vertices that stand between others most, at most so many, the greatest first."""
    values = position.betweenness
    order = sorted(range(len(values)), key=lambda v: (-values[v], v))
    return [v for v in order[:number] if values[v] > 0]
