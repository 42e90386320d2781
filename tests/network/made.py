"""Networks made from a list of ties, without a database."""

import csv
from pathlib import Path

from assetmap.network.graph import Network
from assetmap.network.resources import Resources

DATA = Path(__file__).parent / "data"


def made(number, ends, layers=None, sectors=None, kinds=None):
    """A Network of so many vertices, whose keys are 100, 101, … and whose ties join `ends`."""
    ends = list(ends)
    ties = len(ends)
    return Network(
        keys=[100 + vertex for vertex in range(number)],
        layers=layers or ["association"] * number,
        sectors=sectors or ["civil"] * number,
        links=list(range(1, ties + 1)),
        ends=ends,
        kinds=kinds or ["supports"] * ties,
        strengths=[2] * ties,
        since=[""] * ties,
        until=[""] * ties,
        years=[2020] * ties,
    )


def star(points):
    """One in the middle, tied to so many others."""
    return made(points + 1, [(0, other) for other in range(1, points + 1)])


def ring(number):
    return made(number, [(one, (one + 1) % number) for one in range(number)])


def clique(number):
    """All tied to all."""
    return made(number, [(a, b) for a in range(number) for b in range(a)])


def two_triangles():
    """0, 1, 2 and 3, 4, 5, which the tie between 2 and 3 alone holds together."""
    return made(6, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)])


def islands(number, size=2):
    """So many parts of so many assets each, in a row."""
    firsts = range(0, number * size, size)
    return made(number * size, [(f, f + n) for f in firsts for n in range(1, size)])


def resources(number, **columns):
    """Resources of so many vertices, of which only those named have some: gifts={3: (1, 2)}."""
    usual = {"gifts": (), "words": 0, "rooms": "", "money": 0}
    return Resources(
        **{
            name: [columns.get(name, {}).get(vertex, nothing) for vertex in range(number)]
            for name, nothing in usual.items()
        }
    )


def read(name):
    """The rows of a file of data/, without its header."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def named(rows):
    """A Network of the ties between names, and {name: vertex}."""
    names = {name: number for number, name in enumerate(sorted({n for row in rows for n in row}))}
    return made(len(names), [(names[a], names[b]) for a, b in rows]), names
