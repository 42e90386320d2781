"""Would fall apart: which single asset, or single tie, others hang on."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..names import unnamed
from .separations import parts_without, separations, sides, sides_without
from .words import Part, joined, linked, named_in, not_named, part_of, sentence, whole

MOST = 8  # of either kind that are looked at
HUBS = 3  # of them, those that only single assets hang on


@dataclass(frozen=True)
class Break:
    """That some assets would be cut off from the rest without others (one asset, or one tie)."""

    without: tuple  # a key, or two
    off: Part
    rest: Part
    pieces: int  # that there would be


@dataclass(frozen=True)
class Breaks:
    """cuts, bridges: the Breaks that part most. number_of_cuts, number_of_bridges: all there are.

    hanging: assets that one tie alone holds to the rest.
    """

    cuts: list
    bridges: list
    number_of_cuts: int
    number_of_bridges: int
    hanging: int


@dataclass(frozen=True)
class Apart:
    """The breaks in sentences, those without residents who are not named; else how many."""

    cuts: list
    bridges: list
    unnamed: str
    hanging: str
    none: str
    figures: Breaks


def breaks(network, structure):
    """Return the Breaks of a Network: its articulation points and bridges.

    A bridge to a single asset is only counted: without its one tie anybody stands alone.
    """
    cuts = separations(network, structure)
    beyond = sides(network, structure)
    ends = {bridge: size for bridge, size in beyond.items() if size > 1}
    return Breaks(
        cuts=[_without_asset(network, structure, v) for v in _most_parting(cuts)],
        bridges=[_without_tie(network, structure, bridge) for bridge in _largest(ends)],
        number_of_cuts=len(cuts),
        number_of_bridges=len(beyond),
        hanging=len(beyond) - len(ends),
    )


def _most_parting(cuts):
    """The vertices that part groups first, then those that several single ones hang on.

    That one alone would stand alone is said by its bridge.
    """
    several = [v for v, sizes in cuts.items() if sum(sizes[1:]) > 1 or sizes[0] == 1]
    ranked = sorted(several, key=lambda v: (-min(cuts[v][1], 2), -sum(cuts[v][1:]), v))
    hubs = [v for v in ranked if cuts[v][0] == 1][:HUBS]
    return [v for v in ranked if cuts[v][0] > 1][: MOST - len(hubs)] + hubs


def _largest(sizes):
    return sorted(sizes, key=lambda one: (-sizes[one], one))[:MOST]


def _without_asset(network, structure, vertex):
    rest, *off = [part_of(network, part) for part in parts_without(network, structure, vertex)]
    return Break((network.keys[vertex],), joined(off), rest, len(off) + 1)


def _without_tie(network, structure, bridge):
    rest, off = [part_of(network, part) for part in sides_without(network, structure, bridge)]
    return Break(tuple(network.keys[v] for v in bridge), off, rest, 2)


def keys_in(figures):
    """All keys that telling these Breaks needs the names of."""
    every = [*figures.cuts, *figures.bridges]
    known = {key for one in every for part in (one.off, one.rest) for key in part.known}
    return known | {key for one in every for key in one.without}


def tell(figures, names):
    """Return the Apart of some Breaks, with the names that may be said."""
    cuts = [one for one in figures.cuts if _may_be_said(one, names)]
    bridges = [one for one in figures.bridges if _may_be_said(one, names)]
    hidden = {key for one in (*figures.cuts, *figures.bridges) for key in one.without}
    hidden -= {named.key for named in named_in(hidden, names)}
    return Apart(
        cuts=[_say_cut(one, names) for one in cuts],
        bridges=[_say_bridge(one, names) for one in bridges],
        unnamed=not_named(len(hidden)),
        hanging=_say_hanging(figures.hanging),
        none="" if figures.number_of_bridges or figures.number_of_cuts else _say_none(),
        figures=figures,
    )


def _may_be_said(one, names):
    """Whether all that it hangs on may be named, and somebody on either side."""
    sides = (one.off.known, one.rest.known)
    is_named = len(named_in(one.without, names)) == len(one.without)
    return is_named and all(named_in(keys, names) for keys in sides)


def _say_cut(one, names):
    (key,) = one.without
    if one.rest.size == 1:
        return _say_middle(linked(_named(key, names)), joined([one.rest, one.off]), names)
    said = _("Without {it}, {ones} would be cut off from {rest}.")
    return sentence(said, it=linked(_named(key, names)), **_both(one, names))


def _say_middle(it, ones, names):
    """Of one whom only single ones are tied to, as in a star."""
    said = _("Without {it}, {ones} would be cut off from each other.")
    return sentence(said, it=it, ones=whole(ones, names))


def _say_bridge(one, names):
    ends = [linked(_named(key, names)) for key in one.without]
    said = _("If {it} and {other} lost touch, {ones} would be cut off from {rest}.")
    return sentence(said, it=ends[0], other=ends[1], **_both(one, names))


def _both(one, names):
    return {"ones": whole(one.off, names), "rest": whole(one.rest, names)}


def _named(key, names):
    return names.get(key, unnamed(key))


def _say_hanging(number):
    if not number:
        return ""
    said = ngettext(
        "{n} hangs on to the rest by one tie alone.",
        "{n} hang on to the rest by one tie alone each.",
        number,
    )
    return sentence(said, n=number)


def _say_none():
    return _("Nothing would: whichever one is taken away, the others keep their ties.")
