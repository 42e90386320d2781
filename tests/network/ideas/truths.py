"""What each sentence about two assets claims, as functions of a Town, the two, and its words."""

import math
import re
from collections import Counter

from assetmap.inventory.models import Layer, Offering
from assetmap.inventory.position import METRES_A_DEGREE, metres_a_degree_east
from institutions.models import Institution
from tests.network.ideas.town import TIMES

WISHES = {"wants to learn": "learn", "would like to join in": "join"}
GIVES = {"do": "can", "teach": "teach"}
ROOMS = ["room", "centre", "studio"]


def is_true(sentence, town, one, other):
    """Whether it is; a sentence of a form that is not known here is not."""
    for pattern, claim in CLAIMS.items():
        if found := re.fullmatch(pattern, sentence):
            return claim(town, one, other, **found.groupdict())
    return False


def _match(town, one, other, seeker, how, gift, giver, ability):
    return (
        {seeker, giver} == {one.name, other.name}
        and gift in _gifts(town.made[seeker], WISHES[how])
        and gift in _gifts(town.made[giver], GIVES[ability])
    )


def _gifts(asset, mode):
    rows = Offering.objects.filter(asset=asset.pk, mode=mode).select_related("gift")
    return [str(row.gift) for row in rows]


def _room(town, one, other, seeker, giver):
    wished = town.made[seeker].offerings.filter(gift__code="EA6", mode__in=("learn", "join"))
    is_room = town.told[giver]["layer"] == "place" and town.told[giver]["kind"] in ROOMS
    return wished.exists() and is_room and {seeker, giver} == {one.name, other.name}


def _same_places(town, one, other, places):
    names = set(re.findall(NAME, places))
    are_places = all(town.told[name]["layer"] == "place" for name in names)
    return are_places and names <= town.common(one, other)


def _metres(one, other):
    north = (one.latitude - other.latitude) * METRES_A_DEGREE
    east = (one.longitude - other.longitude) * metres_a_degree_east(one.latitude)
    return math.hypot(north, east)


def _apart(town, one, other, metres):
    return abs(_metres(one, other) - int(metres)) <= 5.01 and not _person(one, other)


def _same_spot(town, one, other):
    return _metres(one, other) < 5.01 and not _person(one, other)


def _close(town, one, other):
    return _metres(one, other) < 150.01 and _person(one, other)


def _person(one, other):
    return "resident" in (one.layer, other.layer)


def _days(town, one, other, days, a, a_times, b, b_times):
    (a_days, a_hours), (b_days, b_hours) = TIMES[a_times], TIMES[b_times]
    return (
        (a, b) == (one.name, other.name)
        and (a_times, b_times) == (town.told[a]["times"], town.told[b]["times"])
        and set(re.findall(r"\w+day", days)) == a_days & b_days
        and (not a_hours or not b_hours or (a_hours[0] < b_hours[1] and b_hours[0] < a_hours[1]))
    )


def _both(town, one, other, first, second, more="0"):
    between = {name for name in town.common(one, other) if town.told[name]["layer"] != "place"}
    return {first, second} <= between and len(between) >= 2 + int(more)


def _layers(is_empty):
    def claim(town, one, other, a, b=None):
        told = {Layer(end.layer).plural for end in (one, other)} == {a, b or a}
        return told and _is_weak(town, town.layers(), one, other, is_empty)

    return claim


def _sectors(is_empty):
    def claim(town, one, other, a, b=None):
        of = town.sectors()
        labels = {Institution.Sector(of[end.name]).label for end in (one, other)}
        return labels == {a, b or a} and _is_weak(town, of, one, other, is_empty)

    return claim


def _is_weak(town, of, one, other, is_empty):
    """Count by hand the ties of the cell that two are in, and those that chance would make."""
    tied = {tuple(sorted(tie)) for tie in town.ties_now() if set(tie) <= set(of)}
    cell = sorted((of[one.name], of[other.name]))
    ties = sum(sorted((of[a], of[b])) == cell for a, b in tied)
    first, second = (Counter(of.values())[group] for group in cell)
    possible = math.comb(first, 2) if cell[0] == cell[1] else first * second
    expected = len(tied) * possible / math.comb(len(of), 2)
    return ties == 0 if is_empty else 0 < ties <= expected / 4


NAME = r"Asset\d"
FIRST = r" This would be the first\."
CLAIMS = {
    rf"(?P<seeker>{NAME}) (?P<how>wants to learn|would like to join in) “(?P<gift>.+)”, "
    rf"and (?P<giver>{NAME}) can (?P<ability>do|teach) it\.": _match,
    rf"(?P<seeker>{NAME}) wishes for a room, and (?P<giver>{NAME}) is one\.": _room,
    r"Both are tied to the same places?: (?P<places>.+)\.": _same_places,
    r"They are about (?P<metres>\d+) metres apart\.": _apart,
    r"They are in the same spot\.": _same_spot,
    r"They are close to each other\.": _close,
    rf"Days in common: (?P<days>.+)\. (?P<a>{NAME}) writes “(?P<a_times>.+)”, "
    rf"and (?P<b>{NAME}) “(?P<b_times>.+)”\.": _days,
    rf"Both are tied to (?P<first>{NAME}) and (?P<second>{NAME})\.": _both,
    rf"Both are tied to (?P<first>{NAME}), (?P<second>{NAME}) and (?P<more>\d+) more\.": _both,
    rf"Between (?P<a>\w+) and (?P<b>\w+) there is no tie yet\.{FIRST}": _layers(True),
    r"Between (?P<a>\w+) and (?P<b>\w+) there are few ties so far\.": _layers(False),
    rf"Among (?P<a>\w+) there is no tie yet\.{FIRST}": _layers(True),
    r"Among (?P<a>\w+) there are few ties so far\.": _layers(False),
    rf"Between the sectors “(?P<a>.+)” and “(?P<b>.+)” there is no tie yet\.{FIRST}": (
        _sectors(True)
    ),
    r"Between the sectors “(?P<a>.+)” and “(?P<b>.+)” there are few ties so far\.": (
        _sectors(False)
    ),
    rf"Within the sector “(?P<a>.+)” there is no tie yet\.{FIRST}": _sectors(True),
    r"Within the sector “(?P<a>.+)” there are few ties so far\.": _sectors(False),
}
