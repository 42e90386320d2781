"""When a place is open and nothing happens there."""

from datetime import date, time

import pytest

from assetmap.activities.idle import idle_hours

from .rows import WEDNESDAY, unsaved

pytestmark = pytest.mark.once

OPEN = "Onsdag 10-20"


def idle(opening_hours, *activities, day=WEDNESDAY):
    return {
        one.date: [f"{a:%H:%M}-{b:%H:%M}" for a, b in one.hours]
        for one in idle_hours(opening_hours, activities, day)
    }


def test_what_is_not_taken_is_idle():
    assert idle(OPEN, unsaved()) == {WEDNESDAY: ["10:00-16:00", "18:00-20:00"]}


def test_two_who_share_the_room_take_it_together():
    other = unsaved(begins=time(17), ends=time(19, 30))
    assert idle(OPEN, unsaved(), other) == {WEDNESDAY: ["10:00-16:00"]}  # half an hour is little


def test_without_activities_all_of_it_is():
    assert idle("Hverdage 10-12") == {
        date(2026, 11, 30 + n) if n < 1 else date(2026, 12, n): ["10:00-12:00"] for n in range(5)
    }


def test_when_it_is_taken_all_day_nothing_is():
    assert idle(OPEN, unsaved(begins=time(8), ends=time(21))) == {}


def test_a_day_off_is_idle_and_so_is_what_has_ended():
    assert idle(OPEN, unsaved(off=["2026-12-02"])) == {WEDNESDAY: ["10:00-20:00"]}
    ended = unsaved(last_day=date(2026, 12, 2))
    assert idle(OPEN, ended, day=date(2026, 12, 9)) == {date(2026, 12, 9): ["10:00-20:00"]}


def test_what_goes_on_after_midnight_takes_the_next_morning():
    late = unsaved(begins=time(22), ends=time(2), first_day=date(2026, 12, 1))
    assert idle("Onsdag 0-8", late) == {WEDNESDAY: ["02:00-08:00"]}


def test_what_began_on_sunday_night_takes_monday():
    late = unsaved(begins=time(22), ends=time(2), first_day=date(2026, 11, 29))
    assert idle("Mandag 0-8", late) == {date(2026, 11, 30): ["02:00-08:00"]}


@pytest.mark.parametrize("hours", ["", "Efter aftale", "Onsdage"])
def test_without_known_hours_nothing_is_said(hours):
    assert idle(hours, unsaved()) == {}
