"""The calendars that others follow, read by another program's eyes."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.urls import reverse
from icalendar import Calendar

from assetmap.activities.recurrence import occurrences
from tests import factories

from .rows import make_activity

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def club(area):
    return factories.make_association(area, "Syklubben")


def feed(client, area, **query):
    response = client.get(reverse("activities:feed", args=[area.slug]), query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(calendar):
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


@pytest.mark.once
def test_an_event_says_what_where_when_and_by_whom(client, area, club):
    place = factories.make_place(area, "Salen", address="Remisevej 14")
    make_activity(
        club, place=place, summary="Vi syr, og \n alle kan være med; også du", price="20"
    )
    event = events(feed(client, area))["Syklub"]
    assert event["dtstart"].dt == datetime(2026, 12, 2, 16, tzinfo=COPENHAGEN)
    assert event["dtend"].dt == datetime(2026, 12, 2, 18, tzinfo=COPENHAGEN)
    assert str(event["location"]) == "Salen, Remisevej 14"
    assert str(event["url"]).startswith("http://testserver/urbanplanen/activities/")
    for words in ("Syklubben", "også du", "20"):
        assert words in event["description"]


@pytest.mark.parametrize("repeats", ["weekly", "fortnightly", "monthly"])
@pytest.mark.parametrize("last_day", [None, date(2027, 6, 30)])
def test_another_program_finds_the_same_days(client, area, club, repeats, last_day):
    activity = make_activity(
        club, first_day=date(2026, 12, 30), repeats=repeats, last_day=last_day
    )
    event = events(feed(client, area))["Syklub"]
    start = event["dtstart"].dt
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=start)
    theirs = rule.between(start, datetime(2027, 12, 31, tzinfo=COPENHAGEN), inc=True)
    ours = [one.starts for one in occurrences(activity, activity.first_day, date(2027, 12, 31))]
    assert [moment.date() for moment in theirs] == [moment.date() for moment in ours]
    assert {moment.hour for moment in theirs} == {16}


def test_days_off_are_exceptions(client, area, club):
    make_activity(club, off=["2026-12-23"])
    event = events(feed(client, area))["Syklub"]
    assert event["exdate"].dts[0].dt == datetime(2026, 12, 23, 16, tzinfo=COPENHAGEN)


def test_what_happens_once_has_no_rule(client, area, club):
    make_activity(club, repeats="once", begins=time(20), ends=time(1))
    event = events(feed(client, area))["Syklub"]
    assert "rrule" not in event
    assert event["dtend"].dt == datetime(2026, 12, 3, 1, tzinfo=COPENHAGEN)


def test_the_time_zone_comes_along(client, area, club):
    make_activity(club)
    zones = [str(zone["tzid"]) for zone in feed(client, area).walk("VTIMEZONE")]
    assert zones == ["Europe/Copenhagen"]


def test_a_place_and_an_organiser_have_their_own(client, area, club):
    place = factories.make_place(area, "Salen")
    choir = factories.make_association(area, "Koret")
    make_activity(club, "Sy", place=place)
    make_activity(choir, "Syng")
    assert set(events(feed(client, area))) == {"Sy", "Syng"}
    assert set(events(feed(client, area, of=place.uid))) == {"Sy"}
    calendar = feed(client, area, of=choir.uid)
    assert set(events(calendar)) == {"Syng"} and str(calendar["x-wr-calname"]) == "Koret"


def test_whoever_follows_it_gets_what_everybody_may_see(client, area):
    hidden = factories.make_association(area, visibility="private")
    club = factories.make_association(area)
    room = factories.make_place(area, "qxroom", visibility="partners")
    make_activity(hidden, "qxhidden")
    make_activity(club, "Sy", place=room)
    client.force_login(factories.make_user("coordinator", area))
    calendar = feed(client, area)
    assert set(events(calendar)) == {"Sy"} and b"qx" not in calendar.to_ical()
    address = reverse("activities:feed", args=[area.slug])
    assert client.get(address, {"of": hidden.uid}).status_code == 404
    assert client.get(address, {"of": "x"}).status_code == 404


def test_an_area_without_activities_has_an_empty_one(client, area):
    assert events(feed(client, area)) == {}
