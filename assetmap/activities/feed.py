"""Activities as an iCalendar feed (RFC 5545), for the calendars of phones and computers."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from icalendar import Calendar, Event, vRecur

from .recurrence import Repeats, occurrence_on, which_of_month
from .wording import whom

PRODUCT = "-//assetmap//activities//EN"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def as_calendar(name, rows, absolute):
    """Return an iCalendar file as bytes.

    rows: (activity, its place or None, as whoever reads the feed may see it). absolute: a
    function that makes an address whole.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for activity, place in rows:
        calendar.add_component(_event(activity, place, absolute))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(activity, place, absolute):
    first = occurrence_on(activity, activity.first_day)
    event = Event()
    event.add("uid", f"{activity.uid}@assetmap")
    event.add("dtstamp", activity.updated_at)
    event.add("sequence", activity.version)
    event.add("summary", activity.title)
    event.add("description", _description(activity))
    event.add("dtstart", timezone.localtime(first.starts))
    event.add("dtend", timezone.localtime(first.ends))
    event.add("url", absolute(activity.get_absolute_url()))
    if place:
        event.add("location", ", ".join(filter(None, [place.name, place.address])))
    if activity.repeats != Repeats.ONCE:
        event.add("rrule", recur(activity))
    for day in activity.off:
        event.add("exdate", timezone.localtime(_start_on(activity, day)))
    return event


def _start_on(activity, day):
    return occurrence_on(activity, datetime.fromisoformat(day).date()).starts


def _description(activity):
    parts = [activity.organiser.name, activity.summary, ", ".join(whom(activity))]
    parts += [activity.price, activity.joining]
    return "\n".join(part for part in parts if part)


def recur(activity):
    """Return the activity's rule as an RRULE."""
    told = {"freq": "monthly" if activity.repeats == Repeats.MONTHLY else "weekly"}
    if activity.repeats == Repeats.FORTNIGHTLY:
        told["interval"] = 2
    if activity.repeats == Repeats.MONTHLY:
        day = activity.first_day
        told["byday"] = f"{which_of_month(day)}{DAYS[day.weekday()]}"
    if activity.last_day:
        last = occurrence_on(activity, activity.last_day)
        told["until"] = (last.starts + timedelta(seconds=1)).astimezone(UTC)
    return vRecur(told)
