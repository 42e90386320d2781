"""When an activity happens: the rule of RFC 5545 that it follows, and each time that it does.

Days and hours are those of the clock on the wall, so that what begins at 16 does so in summer and
in winter.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.utils import timezone

from .models import Activity

Repeats = Activity.Repeats
AHEAD = timedelta(days=400)  # that are looked through for the next time
WEEKS = {Repeats.WEEKLY: 1, Repeats.FORTNIGHTLY: 2}
LAST = -1  # the fifth Tuesday of a month is the last one, as few months have five


@dataclass(frozen=True)
class Occurrence:
    """One time that an activity happens, from one moment to another."""

    activity: Activity
    starts: datetime
    ends: datetime

    @property
    def day(self):
        return timezone.localtime(self.starts).date()


def occurrences(activity, first, last):
    """Return the Occurrences of an activity that begin on a day from `first` to `last`."""
    days = (day for day in _days(activity, first, last) if day.isoformat() not in activity.off)
    return [occurrence_on(activity, day) for day in days]


def next_occurrence(activity, day):
    """Return the first Occurrence on a day or after it, or None if there is none within AHEAD."""
    return next(iter(occurrences(activity, day, day + AHEAD)), None)


def occurrence_on(activity, day):
    """Return the Occurrence of a day; what ends before it begins ends on the day after."""
    over = day + timedelta(days=activity.ends <= activity.begins)
    return Occurrence(activity, _moment(day, activity.begins), _moment(over, activity.ends))


def _moment(day, clock):
    return timezone.make_aware(datetime.combine(day, clock))


def _days(activity, first, last):
    """The days from `first` to `last` that its rule names, whatever is off."""
    last = min(last, activity.last_day or last)
    if activity.repeats == Repeats.ONCE:
        return [activity.first_day] if first <= activity.first_day <= last else []
    start = _first_after(activity, first)
    found = rrule(**rule(activity), dtstart=_midnight(start), until=_midnight(last))
    return [day.date() for day in found if day.date() >= first]


def _first_after(activity, first):
    """The last day of the rule that is not after `first`, so that years are not gone through."""
    if activity.repeats not in WEEKS:
        return activity.first_day
    step = timedelta(weeks=WEEKS[activity.repeats])
    return activity.first_day + max(0, (first - activity.first_day) // step) * step


def _midnight(day):
    return datetime.combine(day, time())


def rule(activity):
    """Return the rule of what happens again, as the arguments of dateutil's rrule."""
    if activity.repeats in WEEKS:
        return {"freq": WEEKLY, "interval": WEEKS[activity.repeats]}
    day = activity.first_day
    return {"freq": MONTHLY, "byweekday": weekday(day.weekday(), which_of_month(day))}


def which_of_month(day):
    """Which of its month's weekdays of that name a day is: 1 to 4, or LAST for a fifth one."""
    number = (day.day - 1) // 7 + 1
    return LAST if number > 4 else number


def today():
    return timezone.localdate()


def week_of(day):
    """Return (Monday, Sunday) of a day's week, as ISO 8601 counts weeks."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def read_week(text):
    """Return the Monday of a week such as "2026-W53"; raises ValueError for what is none."""
    year, separator, week = text.partition("-W")
    if not (separator and year.isdecimal() and week.isdecimal()):
        raise ValueError(text)
    return date.fromisocalendar(int(year), int(week), 1)


def written_week(day):
    year, week, _weekday = day.isocalendar()
    return f"{year:04}-W{week:02}"
