"""Closed circle? How much of it all goes through the same few, and who came in this year."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmap.inventory.models import Layer

from .words import named_and_others, named_in, sentence

FEW = 6
ENOUGH = 4 * FEW  # assets with a tie; among fewer, the same few are no circle
BACK = 4  # years that are looked back
LONG_AGO = 0
NEW = 8  # newcomers who are named
CLOSED, LEANING = 0.6, 0.3  # shares of the ties


@dataclass(frozen=True)
class Year:
    """The ties of one year: how many of them go through the FEW with the most, by their keys.

    tied: assets with a tie. new: those whose first tie is of that year; newcomers: the keys of
    NEW of them, residents last, as they may not be named.
    """

    year: int
    ties: int
    through: int
    few: tuple
    tied: int
    new: int
    newcomers: tuple

    @property
    def share(self):
        return self.through / self.ties if self.ties else 0.0

    @property
    def tells(self):
        return self.tied >= ENOUGH


@dataclass(frozen=True)
class Circle:
    """The years, the latest first, and in sentences how closed the circle is and who is new."""

    years: list
    few: list
    newcomers: list


def years(network, ever, year):
    """Return the Years from this one back to the first that a tie is known of, BACK at most.

    network: as it stands now, for this year. ever: with all ties that ever were, for the others.
    """
    begun = _begun(ever)
    back = max(0, min(BACK, year - min(begun, default=year)))
    first = _first_years(ever, begun)
    now = _year(network, range(len(network.ends)), year, first)
    earlier = [year - number for number in range(1, back + 1)]
    return [now, *(_year(ever, _standing(ever, begun, y), y, first) for y in earlier)]


def _begun(ever):
    """The year that each tie is known from; its last, if it was over when it was written down."""
    ends = zip(ever.years, ever.until, strict=True)
    return [min(year, int(until[:4])) if until else year for year, until in ends]


def _first_years(ever, begun):
    """{key: year of its first tie}.

    Ties without a date that were written down in the first year that any was have stood for
    nobody knows how long: whoever has one is new in no year.
    """
    undated = [year for year, since in zip(ever.years, ever.since, strict=True) if not since]
    start, found = min(undated, default=None), {}
    for ends, since, year in zip(ever.ends, ever.since, begun, strict=True):
        from_when = LONG_AGO if not since and year == start else year
        for key in (ever.keys[vertex] for vertex in ends):
            found[key] = min(from_when, found.get(key, from_when))
    return found


def _standing(ever, begun, year):
    """The ties that stood at some time of a year."""
    ends = enumerate(zip(begun, ever.until, strict=True))
    return [edge for edge, (since, until) in ends if since <= year and not _over(until, year)]


def _over(until, year):
    return bool(until) and int(until[:4]) < year


def _year(network, edges, year, first):
    numbers = Counter(vertex for edge in edges for vertex in network.ends[edge])
    few = set(sorted(numbers, key=lambda v: (-numbers[v], v))[:FEW])
    return Year(
        year=year,
        ties=len(edges),
        through=sum(not few.isdisjoint(network.ends[edge]) for edge in edges),
        few=tuple(network.keys[v] for v in sorted(few, key=lambda v: (-numbers[v], v))),
        tied=len(numbers),
        new=sum(begun == year for begun in first.values()),
        newcomers=_newcomers(network, first, year),
    )


def _newcomers(network, first, year):
    new = [v for v, key in enumerate(network.keys) if first.get(key) == year]
    new.sort(key=lambda v: network.layers[v] == Layer.RESIDENT)
    return tuple(network.keys[v] for v in new[:NEW])


def keys_in(figures):
    """All keys that telling these Years needs the names of."""
    now = figures[0]
    return {*now.few, *now.newcomers}


def tell(figures, names):
    """Return the Circle of some Years, with the names that may be said."""
    now, *before = figures
    if not now.tells:
        few = [_("There are too few ties yet to tell a closed circle from an open one.")]
    else:
        few = [_say_few(now, names), _judge(now.share), *_look_back(now, before)]
    return Circle(figures, [text for text in few if text], _say_newcomers(now, before, names))


def _say_few(now, names):
    called = named_in(now.few, names)
    ones = named_and_others(called, len(now.few))
    if called:
        said = _("{through} of {ties} ties go through the same {few}: {ones}.")
    else:
        said = _("{through} of {ties} ties go through the same {few}.")
    return sentence(said, through=now.through, ties=now.ties, few=len(now.few), ones=ones)


def _judge(share):
    if share >= CLOSED:
        return _("That is a closed circle: whoever comes in meets the same few at every turn.")
    if share >= LEANING:
        return _("A few carry much of it.")
    return _("The circle is open: no few hold it all.")


def _look_back(now, before):
    """What it was in the year before, and in the first year that enough is known of."""
    told = [year for year in before if year.tells and 2 * year.ties >= now.ties]
    chosen = dict.fromkeys([*told[:1], *told[-1:]])
    return [_say_before(now, year) for year in chosen]


def _say_before(now, then):
    same = len(set(now.few) & set(then.few))
    said = ngettext(
        "In {year} it was {through} of {ties} ties, and {same} of the few was the same.",
        "In {year} it was {through} of {ties} ties, and {same} of the few were the same.",
        same,
    )
    shown = {"year": then.year, "through": then.through, "ties": then.ties, "same": same}
    return said.format(**shown)


def _say_newcomers(now, before, names):
    if not now.tied:
        return []
    if not any(year.tied for year in before):
        return [_("The ties were first written down this year: who is new cannot be told yet.")]
    said = [_say_new(now, names)]
    return [*said, _say_new_before(before[0])] if before[0].new else said


def _say_new(now, names):
    number = now.new
    if not number:
        return _("Nobody is known to have come in this year. Who could be asked?")
    called = named_in(now.newcomers, names)
    if not called:
        said = ngettext(
            "{n} has a first tie this year.", "{n} have a first tie this year.", number
        )
        return said.format(n=number)
    said = ngettext(
        "{n} has a first tie this year: {ones}.", "{n} have a first tie this year: {ones}.", number
    )
    return sentence(said, n=number, ones=named_and_others(called, number))


def _say_new_before(year):
    said = ngettext("Last year there was {n}.", "Last year there were {n}.", year.new)
    return said.format(n=year.new)
