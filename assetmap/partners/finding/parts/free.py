"""It has nothing else at the time that is asked for."""

from django.db.models import TextField
from django.db.models.functions import Cast, Coalesce

from assetmap.activities.idle import LEAST, without
from assetmap.activities.models import Activity
from assetmap.activities.recurrence import today
from assetmap.inventory.hours import hours_in
from assetmap.inventory.models import Asset, Layer

from ..asked import WHOLE_DAY
from ..reading import those
from .value import Value

FREE, UNKNOWN, TAKEN = 1, 0.5, 0
# Of an asset one at most is there: that of its layer.
TELLING = (
    "resident__availability",
    "association__meeting_times",
    "institution__opening_hours",
    "place__opening_hours",
)


def values(reading):
    """1 if it is free then as far as is known, 0 if it is taken, 0.5 if nothing is known.

    An association is free when it meets at other times; a resident when she says so; a place or
    an institution when it is open and, for at least an hour, nothing happens there. What happens
    once only takes nobody's day.

    facts: one of ("meets", days…), ("open",), ("says",), ("unknown",), ("taken",), ("closed",).
    """
    known = Known(reading)
    return {
        key: _VALUE.get(row.layer, _with_a_door)(known, key) for key, row in reading.assets.items()
    }


class Known:
    """What is known of an area's times. taken: {organiser or place: spans of the day asked for};
    days: {organiser: days on which it holds something}; told: {asset: {day: spans}}, of those
    who tell their times so that it is understood."""

    def __init__(self, reading):
        self.asked, self.taken, self.days = reading.asked, {}, {}
        self.told = _told(reading)
        again = _repeated(reading)
        for organiser, first_day, *clocks in _about(reading, again, "organiser"):
            self.days.setdefault(organiser, set()).add(first_day.weekday())
            self._note(organiser, first_day, clocks)
        for place, first_day, *clocks in _about(reading, again, "place"):
            self._note(place, first_day, clocks)

    def _note(self, key, first_day, clocks):
        if first_day.weekday() == self.asked.day:
            self.taken.setdefault(key, []).append(_span(*clocks))


def _repeated(reading):
    """What happens again and again, as far as the user may see who holds it."""
    seen = Activity.objects.visible_to(reading.user).filter(area=reading.area)
    return seen.going_on(today()).exclude(repeats=Activity.Repeats.ONCE)


def _about(reading, activities, end):
    """Those of the assets whose times are asked for, or all where there are many; by each end, as
    a database looks up only one at a time."""
    rows = those(activities, reading.assets, by=end)
    clocks = (Cast(clock, TextField()) for clock in ("begins", "ends"))  # few of them are read
    return rows.order_by().values_list(end, "first_day", *clocks)


def _span(begins, ends):
    """Minutes of the day, of clocks as 19:30:00; what ends before it begins, ends a day later."""
    start, end = (int(clock[:2]) * 60 + int(clock[3:5]) for clock in (begins, ends))
    return start, end if end > start else end + 24 * 60


def _told(reading):
    rows = those(Asset.objects.filter(area=reading.area), reading.assets).order_by()
    told = rows.annotate(told=Coalesce(*TELLING)).values_list("pk", "told").exclude(told="")
    read = ((key, hours_in(text)) for key, text in told)
    return {key: days for key, days in read if days}


def _resident(known, key):
    """For people: free when they say so."""
    told = known.told.get(key)
    if not told:
        return Value(UNKNOWN, (("unknown",),))
    spans = told.get(known.asked.day)
    suits = spans is not None and _any_meet(spans or [WHOLE_DAY], known.asked.span)
    return Value(FREE, (("says",),)) if suits else Value(TAKEN, (("taken",),))


def _association(known, key):
    """For those who meet: free when they do not, if any day of theirs is known."""
    told = known.told.get(key, {})
    days = known.days.get(key, set()) | told.keys()
    if not days:
        return Value(UNKNOWN, (("unknown",),))
    day, spans = known.asked.day, known.taken.get(key, [])
    spans = [*spans, *((told[day] or [WHOLE_DAY]) if day in told else ())]
    if _any_meet(spans, known.asked.span):
        return Value(TAKEN, (("taken",),))
    return Value(FREE, (("meets", *sorted(days)),))


def _with_a_door(known, key):
    """For places, institutions and whatever else: free when open, and nothing happens."""
    told, taken = known.told.get(key), known.taken.get(key, [])
    if not told:
        busy = _any_meet(taken, known.asked.span)
        return Value(TAKEN, (("taken",),)) if busy else Value(UNKNOWN, (("unknown",),))
    if known.asked.day not in told:
        return Value(TAKEN, (("closed",),))
    spans = told[known.asked.day] or [WHOLE_DAY]
    free = [_within(span, known.asked.span) for span in spans]
    for busy in taken:
        free = [part for span in free for part in without(span, busy)]
    idle = any(end - start >= LEAST for start, end in free)
    return Value(FREE, (("open",),)) if idle else Value(TAKEN, (("taken",),))


_VALUE = {Layer.RESIDENT: _resident, Layer.ASSOCIATION: _association}


def _any_meet(spans, other):
    return any(_meet(span, other) for span in spans)


def _meet(span, other):
    return span[0] < other[1] and other[0] < span[1]


def _within(span, other):
    return max(span[0], other[0]), min(span[1], other[1])
