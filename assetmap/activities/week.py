"""What happens in a week of an area, day by day."""

from dataclasses import dataclass
from datetime import date, timedelta

from .recurrence import occurrences, week_of, written_week


@dataclass(frozen=True)
class Day:
    """A day, with what begins on it in the order of the clock."""

    date: date
    occurrences: list


@dataclass(frozen=True)
class Week:
    """Seven Days from a Monday."""

    days: list

    @property
    def number(self):
        return self.days[0].date.isocalendar().week

    @property
    def first(self):
        return self.days[0].date

    @property
    def last(self):
        return self.days[-1].date

    @property
    def before(self):
        return written_week(self.first - timedelta(days=7))

    @property
    def after(self):
        return written_week(self.first + timedelta(days=7))

    @property
    def is_empty(self):
        return not any(day.occurrences for day in self.days)


def week_with(activities, monday, fits=lambda occurrence: True):
    """Return the Week from a Monday, of those occurrences of some activities that fit."""
    first, last = week_of(monday)
    found = [o for a in activities for o in occurrences(a, first, last) if fits(o)]
    found.sort(key=lambda one: (one.starts, one.activity.title, one.activity.pk))
    days = [first + timedelta(days=number) for number in range(7)]
    return Week([Day(day, [one for one in found if one.day == day]) for day in days])
