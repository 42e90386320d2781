"""Reach: the gifts, rooms and money that can be come by through one's ties.

Bourdieu, P. (1986): The Forms of Capital. In Richardson, J. (ed.): Handbook of Theory and Research
for the Sociology of Education. Greenwood: social capital is the resources that belong to those one
is tied to. How many different ones are within reach is what Lin, N. (2001): Social Capital,
Cambridge University Press, calls their extensity; two ties are as far as most people ask.
"""

import statistics
from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_


@dataclass(frozen=True)
class Reach:
    """Lists with an entry a vertex: what others have that are at most two ties away.

    assets: how many others. gifts: how many different gifts they give, each in own words being
    one. rooms: how many places. money: kroner. variety: how many different gifts and kinds of
    places, and one more for money.
    """

    assets: list
    gifts: list
    rooms: list
    money: list
    variety: list


@dataclass(frozen=True)
class Things:
    """What some assets have: {gift's key: how many give it}, how many gifts in own words,
    {kind of place: how many}, and kroner."""

    assets: int
    gifts: dict
    words: int
    rooms: dict
    money: float

    @property
    def different_gifts(self):
        return len(self.gifts) + self.words

    @property
    def number_of_rooms(self):
        return sum(self.rooms.values())


@dataclass(frozen=True)
class Reached:
    """What is reached through one tie, through two (and not through one), and by both together."""

    one_tie: Things
    two_ties: Things
    both: Things


@dataclass(frozen=True)
class Usual:
    """What is within reach of the assets of an area or a group: half of them reach at least so
    much, and the share (0 to 1) of them that reach a gift, a place or money at all."""

    gifts: float
    rooms: float
    money: float
    with_gifts: float
    with_rooms: float
    with_money: float


def reach(network, resources):
    """Return the Reach of all assets of a Network; what an asset has itself does not count.

    The work grows with the sum of squared numbers of contacts; where an asset reaches all that it
    is tied to in any way, the search ends at once, so that a dense network costs no more.
    """
    contacts = [set(found) for found in network.simple.get_adjlist()]
    columns = _columns(resources)
    whole = _sizes_of_parts(network)
    rows = [_of_one(contacts, v, columns, whole[v]) for v in range(len(network))]
    return Reach(*([list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(5)]))


def _columns(resources):
    """What each vertex has, so that it adds up quickly; gifts and kinds as bits of a number."""
    gifts = {
        key: 1 << n for n, key in enumerate(sorted({g for gs in resources.gifts for g in gs}))
    }
    kinds = {kind: 1 << n for n, kind in enumerate(sorted({*resources.rooms} - {""}))}
    return (
        [sum(gifts[key] for key in keys) for keys in resources.gifts],
        resources.words,
        [kinds.get(kind, 0) for kind in resources.rooms],
        [int(kind != "") for kind in resources.rooms],
        resources.money,
    )


def _sizes_of_parts(network):
    parts = network.simple.connected_components()
    sizes = parts.sizes()
    return [sizes[part] for part in parts.membership]


def _of_one(contacts, vertex, columns, whole):
    gifts, words, kinds, rooms, money = columns
    found = _within_two(contacts, vertex, whole)
    different = _together(gifts, found) + sum(map(words.__getitem__, found))
    kroner = sum(map(money.__getitem__, found))
    variety = different + _together(kinds, found) + (kroner > 0)
    return len(found), different, sum(map(rooms.__getitem__, found)), kroner, variety


def _together(bits, found):
    """How many different ones some vertices have among them."""
    return reduce(or_, map(bits.__getitem__, found), 0).bit_count()


def _within_two(contacts, vertex, whole):
    found = {vertex, *contacts[vertex]}
    for contact in contacts[vertex]:
        if len(found) == whole:
            break
        found |= contacts[contact]
    found.discard(vertex)
    return found


def reached(network, resources, vertices):
    """Return what a group of vertices (one, a layer, a cluster) has Reached outside itself."""
    group = set(vertices)
    one_tie = _contacts(network, group) - group
    two_ties = _contacts(network, one_tie) - one_tie - group
    return Reached(*(_things(resources, part) for part in (one_tie, two_ties, one_tie | two_ties)))


def _contacts(network, vertices):
    graph = network.simple
    return {other for vertex in vertices for other in graph.neighbors(vertex)}


def _things(resources, vertices):
    rooms = Counter(resources.rooms[v] for v in vertices if resources.rooms[v])
    return Things(
        assets=len(vertices),
        gifts=dict(Counter(gift for v in vertices for gift in resources.gifts[v])),
        words=sum(resources.words[v] for v in vertices),
        rooms=dict(rooms),
        money=sum(resources.money[v] for v in vertices),
    )


def usual(found, vertices=None):
    """Return what is Usual in a Reach: among all of an area, or some of its vertices."""
    chosen = range(len(found.assets)) if vertices is None else vertices
    columns = [[column[v] for v in chosen] for column in (found.gifts, found.rooms, found.money)]
    if not columns[0]:
        return Usual(0, 0, 0, 0.0, 0.0, 0.0)
    shares = (sum(value > 0 for value in column) / len(column) for column in columns)
    return Usual(*(statistics.median_low(column) for column in columns), *shares)
