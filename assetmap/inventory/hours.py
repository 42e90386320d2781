"""Which days of the week, and when on them, free text in Danish or English speaks of.

Careful rather than clever: what is not understood for sure is left out, so that nobody is told
of hours in common that are none.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from assetmap.areas.text import fold

ASSUMED = 90  # minutes that a meeting takes of which only the beginning is known

NAMES = (
    *(("mandag", 0), ("tirsdag", 1), ("onsdag", 2), ("torsdag", 3), ("fredag", 4)),
    *(("loerdag", 5), ("soendag", 6), ("monday", 0), ("tuesday", 1), ("wednesday", 2)),
    *(("thursday", 3), ("friday", 4), ("saturday", 5), ("sunday", 6)),
)
SHORT = (
    *(("man", 0), ("mon", 0), ("tirs", 1), ("tir", 1), ("tues", 1), ("tue", 1), ("ons", 2)),
    *(("wed", 2), ("tors", 3), ("tor", 3), ("thurs", 3), ("thu", 3), ("fre", 4), ("fri", 4)),
    *(("loer", 5), ("sat", 5), ("soen", 6), ("sun", 6)),
)
DAYS = dict((*NAMES, *SHORT))
SEVERAL = {"working": range(5), "weekend": (5, 6), "daily": range(7)}

_name = rf"(?:{'|'.join(name for name, _day in NAMES)})(?:ene|ens|en|e|s)?\b"
# Short forms are words of their own too ("man", "fri"), so only before a dot, dash or hour.
_short = rf"(?:{'|'.join(name for name, _day in SHORT)})\b(?=\s*(?:[.:\-–—]|kl\b|\d))\.?"  # noqa: RUF001
_day = rf"\b(?:{_name}|{_short})"
_until = r"\s*(?:[-–—]|til og med\b|til\b|to\b|through\b)\s*"  # noqa: RUF001
_clock = r"(?:\d{1,2})(?:[.:]\d\d)?(?:\s*[ap]m\b)?"
TOKEN = re.compile(
    rf"(?P<first>{_day}){_until}(?P<last>{_day})|(?P<day>{_day})"
    r"|(?P<working>\bhverdag\w*|\bweekdays?\b)|(?P<weekend>\bweekend\w*)"
    r"|(?P<daily>\bhver dag\b|\balle dage\b|\bdagligt?\b|\bdaily\b|\bevery day\b|\baltid\b"
    r"|\balways\b|\bdoegnet rundt\b|\b24/7\b)"
    r"|(?P<closed>\blukke\w*|\bclosed\b)"
    r"|(?P<unsure>\bikke\b|\bnot\b|\bno\b|\bundt\w*|\bbortset\b|\bexcept\w*|\buden\b)"
    rf"|(?P<from>(?<![\d.]){_clock}){_until}(?:kl\.?\s*)?(?P<to>{_clock})"
    rf"|\b(?P<at>(?<![\d.]){_clock})(?!\.?\s*[a-z])(?!\d)"
)


@lru_cache(4096)
def hours_in(text):
    """Return {day of the week, Monday is 0: ((start, end), …) in minutes} of a free text.

    A day without pairs is one of which no hour is known. "Hverdage 10-18, lørdag 10-14" says
    {0: ((600, 1080),), …, 5: ((600, 840),)}; what is closed is left out.
    """
    tokens = list(TOKEN.finditer(fold(text)))
    if any(token["unsure"] for token in tokens):
        return {}
    found = {}
    for group in _groups(tokens):
        for day in () if group.closed else group.days:
            found[day] = tuple(sorted({*found.get(day, ()), *group.times}))
    return found


def in_common(one, other):
    """Return the days on which two results of hours_in() meet, in order.

    Where both tell the hour, the hours must overlap.
    """
    return [day for day in sorted(one.keys() & other.keys()) if _meet(one[day], other[day])]


def _meet(some, others):
    if not some or not others:
        return True
    return any(a < d and c < b for a, b in some for c, d in others)


@dataclass
class Group:
    """Days, and what is said of all of them: their hours, or that it is closed then."""

    days: list = field(default_factory=list)
    times: list = field(default_factory=list)
    closed: bool = False
    closed_since: bool = False  # "closed" came after the days, so it speaks of no further ones

    def ends_before(self, token, days_come_first):
        if token["closed"]:
            return bool(self.days and self.times)
        if _days(token):
            return days_come_first and bool(self.days and (self.times or self.closed_since))
        return not days_come_first and bool(self.days)

    def add(self, token):
        self.days += _days(token)
        self.times += _times(token)
        if token["closed"]:
            self.closed, self.closed_since = True, bool(self.days)


def _groups(tokens):
    """Yield the groups; hours follow their days, or go before them if the text begins so."""
    days_come_first = next((bool(_days(t)) for t in tokens if not t["closed"]), True)
    group = Group()
    for token in tokens:
        if group.ends_before(token, days_come_first):
            yield group
            group = Group()
        group.add(token)
    yield group


def _days(token):
    if token["day"]:
        return [_number(token["day"])]
    if token["first"]:
        first, last = _number(token["first"]), _number(token["last"])
        return [day % 7 for day in range(first, first + (last - first) % 7 + 1)]
    return [day for name, days in SEVERAL.items() if token[name] for day in days]


def _number(word):
    """The day that a word names, whatever its ending."""
    return next(day for name, day in DAYS.items() if word.startswith(name))


def _times(token):
    if token["at"]:
        start = _minutes(token["at"])
        return [] if start is None else [(start, start + ASSUMED)]
    if not token["from"]:
        return []
    start, end = _minutes(token["from"]), _minutes(token["to"])
    if start is None or end is None:
        return []
    return [(start, end if end > start else end + 24 * 60)]


def _minutes(clock):
    """Minutes after midnight of "19", "16.30" or "7 pm"; None if it is no time of a day."""
    number = clock.rstrip("apm ")
    hour, _sep, minute = number.replace(":", ".").partition(".")
    hour, minute = int(hour), int(minute or 0)
    if clock.endswith("m") and 1 <= hour <= 12:
        hour = hour % 12 + 12 * clock.endswith("pm")
    return hour * 60 + minute if hour <= 24 and minute < 60 else None
