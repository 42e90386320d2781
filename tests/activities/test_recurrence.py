"""Each time that an activity happens: by the clock on the wall, across years and summer time."""

from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.activities.recurrence import (
    next_occurrence,
    occurrences,
    read_week,
    week_of,
    written_week,
)

from .rows import WEDNESDAY, unsaved

pytestmark = pytest.mark.once

FAR = date(2027, 12, 31)


def days(activity, first=WEDNESDAY, last=FAR):
    return [one.day for one in occurrences(activity, first, last)]


def test_once_is_once():
    assert days(unsaved(repeats="once")) == [WEDNESDAY]
    assert days(unsaved(repeats="once"), WEDNESDAY + timedelta(1)) == []
    assert days(unsaved(repeats="once"), last=WEDNESDAY - timedelta(1)) == []


def test_every_week_goes_on_across_new_year():
    found = days(unsaved(), date(2026, 12, 28), date(2027, 1, 10))
    assert found == [date(2026, 12, 30), date(2027, 1, 6)]


def test_every_second_week_keeps_its_step_whenever_one_begins_to_look():
    activity = unsaved(repeats="fortnightly")
    every = days(activity)
    assert every[:3] == [date(2026, 12, 2), date(2026, 12, 16), date(2026, 12, 30)]
    for start in range(40):
        first = WEDNESDAY + timedelta(start)
        assert days(activity, first) == [day for day in every if day >= first]


@pytest.mark.parametrize(
    ("first_day", "following"),
    [
        (date(2026, 12, 2), [date(2027, 1, 6), date(2027, 2, 3)]),  # the first Wednesday
        (date(2026, 12, 23), [date(2027, 1, 27), date(2027, 2, 24)]),  # the fourth
        (date(2026, 12, 30), [date(2027, 1, 27), date(2027, 2, 24)]),  # the fifth: the last
    ],
)
def test_every_month_is_the_same_weekday_of_it(first_day, following):
    found = days(unsaved(repeats="monthly", first_day=first_day))
    assert found[:3] == [first_day, *following]


def test_it_ends_with_its_last_day():
    activity = unsaved(last_day=date(2026, 12, 16))
    assert days(activity)[-1] == date(2026, 12, 16)
    assert next_occurrence(activity, date(2026, 12, 17)) is None
    assert next_occurrence(activity, date(2026, 12, 10)).day == date(2026, 12, 16)


def test_days_off_are_left_out():
    activity = unsaved(off=["2026-12-23", "2026-12-30"])
    assert days(activity, last=date(2027, 1, 6)) == [
        *(date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16), date(2027, 1, 6))
    ]


def test_the_clock_says_the_same_in_summer_and_in_winter():
    """Summer time begins on 28 March 2027 and ends on 31 October 2027 in Copenhagen."""
    found = occurrences(unsaved(), date(2027, 3, 24), date(2027, 3, 31))
    assert [one.starts.astimezone(UTC).hour for one in found] == [15, 14]
    assert {one.starts.hour for one in found} == {16}
    found = occurrences(unsaved(), date(2027, 10, 27), date(2027, 11, 3))
    assert [one.starts.astimezone(UTC).hour for one in found] == [14, 15]


def test_an_hour_that_summer_time_skips_or_repeats_is_no_fault():
    night = {"begins": time(2, 30), "ends": time(3, 30), "repeats": "once"}
    for day in (date(2027, 3, 28), date(2027, 10, 31)):
        (found,) = occurrences(unsaved(first_day=day, **night), day, day)
        assert found.ends > found.starts


def test_what_ends_before_it_begins_ends_the_day_after():
    (found,) = occurrences(unsaved(begins=time(22), ends=time(1)), WEDNESDAY, WEDNESDAY)
    assert found.ends - found.starts == timedelta(hours=3)


@given(
    first=st.dates(date(2013, 1, 1), date(2027, 1, 1)),
    looked=st.integers(0, 2000),
    repeats=st.sampled_from(["weekly", "fortnightly", "monthly"]),
)
def test_where_one_begins_to_look_changes_nothing(first, looked, repeats):
    activity = unsaved(first_day=first, repeats=repeats)
    start = first + timedelta(looked)
    end = start + timedelta(90)
    assert days(activity, start, end) == [d for d in days(activity, first, end) if d >= start]
    assert all(day.weekday() == first.weekday() for day in days(activity, start, end))


def test_weeks_are_those_of_iso_8601():
    assert week_of(date(2027, 1, 1)) == (date(2026, 12, 28), date(2027, 1, 3))
    assert written_week(date(2027, 1, 1)) == "2026-W53"
    assert read_week("2026-W53") == date(2026, 12, 28)


@pytest.mark.parametrize("text", ["2026", "2026-W54", "2026-W00", "x-W1", "0-W1", "2026-Wx"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(ValueError, match="."):
        read_week(text)
