"""A place's idle hours: when it is open and nothing happens there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from assetmap.inventory.hours import hours_in

from .recurrence import occurrences, week_of

LEAST = 60  # minutes; less is nothing to fill


@dataclass(frozen=True)
class Idle:
    """The hours of a day in which a place is open and idle, as (from, to) of the clock."""

    date: date
    hours: list


def idle_hours(opening_hours, activities, day):
    """Return an Idle for each day of a day's week on which there are idle hours.

    opening_hours: the place's, as it writes them; of a day without known hours nothing is said.
    activities: those that happen there and that whoever looks may see; they may overlap.
    """
    first, last = week_of(day)
    open_ = hours_in(opening_hours)
    before = first - timedelta(days=1)  # what began the night before may go on
    busy = [_minutes(one, first) for a in activities for one in occurrences(a, before, last)]
    found = [
        Idle(first + timedelta(days=number), _free(open_.get(number, ()), busy, number))
        for number in range(7)
    ]
    return [one for one in found if one.hours]


def _minutes(occurrence, monday):
    """An occurrence as minutes of the clock since Monday at midnight."""
    return tuple(
        int((timezone.make_naive(moment) - datetime.combine(monday, time())).total_seconds() // 60)
        for moment in (occurrence.starts, occurrence.ends)
    )


def _free(spans, busy, number):
    """The parts of a day's spans, in minutes after its midnight, that nothing covers."""
    shift = number * 24 * 60
    free = [(start + shift, end + shift) for start, end in spans]
    for taken in busy:
        free = [part for span in free for part in without(span, taken)]
    return [(_clock(a), _clock(b)) for a, b in free if b - a >= LEAST]


def without(span, taken):
    """The parts of a span, in minutes, that another one does not cover."""
    (start, end), (begins, ends) = span, taken
    if ends <= start or end <= begins:
        return [span]
    return [part for part in ((start, begins), (ends, end)) if part[0] < part[1]]


def _clock(minutes):
    return time(minutes // 60 % 24, minutes % 60)
