"""The week, an activity's page, and writing one down."""

from datetime import date, time

import pytest
from django.urls import reverse

from assetmap.activities import recurrence
from assetmap.activities.models import Activity
from assetmap.areas.models import Area
from assetmap.inventory.models import Asset
from tests import factories

from .rows import WEDNESDAY, make_activity

WEEK = "2026-W49"
SENT = {
    "title": "Syklub",
    "first_day": "2026-12-02",
    "begins": "16:00",
    "ends": "18:00",
    "repeats": "weekly",
    "meant_for": "everybody",
}


@pytest.fixture(autouse=True)
def december(monkeypatch):
    """It is 1 December 2026."""
    for module in ("views", "filters", "templatetags.activities"):
        monkeypatch.setattr(f"assetmap.activities.{module}.today", lambda: date(2026, 12, 1))


@pytest.fixture
def club(area):
    return factories.make_association(area, "Syklubben")


@pytest.fixture
def hall(area):
    return factories.make_place(area, "Salen", opening_hours="Onsdag 10-20")


@pytest.fixture
def keeper(client, area):
    """A coordinator's browser."""
    client.force_login(factories.make_user("coordinator", area))
    return client


@pytest.fixture
def week(client, area):
    """week(day="2"): the page of a week, narrowed down."""

    def get(**query):
        return client.get(reverse("activities:week", args=[area.slug]), {"week": WEEK} | query)

    return get


def text_of(response):
    return response.content.decode()


def shown(response):
    days = response.context["week"].days
    return [(one.day.day, one.activity.title) for day in days for one in day.occurrences]


# The week ------------------------------------------------------------------------------------


def test_a_week_shows_each_day_in_the_order_of_the_clock(week, club, hall):
    make_activity(club, "Sent", begins=time(19), ends=time(20))
    make_activity(club, place=hall)
    make_activity(club, "Lørdag", first_day=date(2026, 12, 5))
    page = week()
    assert shown(page) == [(2, "Syklub"), (2, "Sent"), (5, "Lørdag")]
    for words in ("Week 49", "Wednesday 2. December", "16.00–18.00", "Syklubben", "Salen", "free"):
        assert words in text_of(page)


def test_weeks_lead_to_each_other_across_new_year(week, club):
    make_activity(club)
    page = week(week="2026-W53", meant_for="women")
    assert shown(page) == [(30, "Syklub")]
    assert "week=2026-W52&amp;meant_for=women" in text_of(page)
    assert "week=2027-W01&amp;meant_for=women" in text_of(page)
    assert shown(week(week="2027-W01")) == [(6, "Syklub")]


def test_without_a_week_it_is_this_one(week, club):
    make_activity(club)
    assert shown(week(week="")) == [(2, "Syklub")]


def test_an_empty_week_says_so(week, club):
    assert "Nothing is written down for this week" in text_of(week())
    make_activity(club)
    assert "Nothing fits all of it in this week" in text_of(week(day="0"))


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        *[({"day": "2"}, ["Aften", "Børn", "Kvinder"]), ({"day": "3"}, [])],
        *[({"time": "evening"}, ["Aften"]), ({"time": "afternoon"}, ["Børn", "Kvinder"])],
        *[({"age": "9"}, ["Aften", "Børn", "Kvinder"]), ({"age": "40"}, ["Aften", "Kvinder"])],
        ({"meant_for": "women"}, ["Aften", "Børn", "Kvinder"]),
        ({"meant_for": "men"}, ["Aften", "Børn"]),
        *[({"language": "so"}, ["Kvinder"]), ({"gift": "MS1"}, ["Aften"])],
        ({"free": "on"}, ["Børn", "Kvinder"]),
        ({"free": "on", "age": "40"}, ["Kvinder"]),
    ],
)
def test_it_is_narrowed_down(week, club, query, fits):
    make_activity(club, "Aften", begins=time(19), ends=time(21), price="20 kr.", gifts=["MS1"])
    make_activity(club, "Børn", age_from=6, age_to=12)
    make_activity(club, "Kvinder", meant_for="women", languages=["da", "so"])
    assert sorted(title for _day, title in shown(week(**query))) == fits


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"week": "2026-W54"}, "Write a week as 2026-W49."),
        ({"week": "x"}, "Write a week as 2026-W49."),
        ({"day": "9"}, "9 is not one of the available choices"),
        ({"age": "x"}, "Enter a whole number"),
        ({"age": "999"}, "less than or equal to 120"),
        ({"gift": "xx"}, None),
    ],
)
def test_what_means_nothing_is_said_and_the_rest_is_shown(week, club, query, sentence):
    make_activity(club)
    page = week(**query)
    assert page.status_code == 200 and shown(page) == [(2, "Syklub")]
    assert sentence is None or sentence in text_of(page)


def test_the_number_of_queries_does_not_grow(week, club, hall, django_assert_max_num_queries):
    for number in range(6):
        make_activity(club, f"Syklub {number}", place=hall, gifts=["MS1"])
    with django_assert_max_num_queries(6):
        week()


# Who sees what -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [{"visibility": "partners"}, {"status": "archived"}])
def test_what_a_hidden_group_holds_is_nowhere(client, week, area, hall, state):
    hidden = factories.make_association(area, "qxgroup", **state)
    activity = make_activity(hidden, "qxtitle", place=hall)
    assert shown(week()) == []
    assert client.get(activity.get_absolute_url()).status_code == 404
    page = text_of(client.get(hall.get_absolute_url()))
    assert (
        "qxgroup" not in page and "qxtitle" not in page and "10.00–20.00" in page
    )  # not even that the room is taken


def test_a_hidden_place_is_not_told(client, week, area, club):
    room = factories.make_place(area, "qxroom", visibility="private")
    activity = make_activity(club, place=room)
    assert "qxroom" not in text_of(week())
    assert "qxroom" not in text_of(client.get(activity.get_absolute_url()))


def test_another_area_has_its_own(client, other_area, club):
    activity = make_activity(club)
    there = reverse("activities:detail", args=[other_area.slug, activity.uid])
    assert client.get(there).status_code == 404


# Its page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Every Wednesday, 16.00–18.00"),
        ({"repeats": "once"}, "Wednesday 2. December 2026, 16.00–18.00"),
        ({"repeats": "fortnightly"}, "Every second Wednesday, 16.00–18.00"),
        ({"repeats": "monthly"}, "The first Wednesday of each month, 16.00–18.00"),
        (
            {"repeats": "monthly", "first_day": date(2026, 12, 30)},
            "The last Wednesday of each month, 16.00–18.00",
        ),
        ({"last_day": date(2026, 12, 16)}, "16.00–18.00, until Dec. 16, 2026"),
    ],
)
def test_when_it_is_in_words(client, club, fields, said):
    assert said in text_of(client.get(make_activity(club, **fields).get_absolute_url()))


def test_its_page_says_all_there_is_to_know(client, club, hall):
    activity = make_activity(
        club,
        place=hall,
        meant_for="women",
        age_from=15,
        age_to=25,
        languages=["so"],
        price="10 kr.",
        joining="Bare kom",
        gifts=["MS1"],
        off=["2026-12-23"],
    )
    page = text_of(client.get(activity.get_absolute_url()))
    for words in ("Girls and women · 15 to 25 years · Somali", "10 kr.", "Bare kom", "Salen"):
        assert words in page
    assert "Not on" in page and "Dec. 23, 2026" in page and "?gift=MS1" in page
    assert "Edit" not in page


def test_what_is_over_says_so(client, club):
    activity = make_activity(club, first_day=date(2026, 11, 25), repeats="once")
    assert "It is over." in text_of(client.get(activity.get_absolute_url()))


def test_a_group_and_a_place_tell_what_happens_there(client, club, hall):
    make_activity(club, place=hall)
    make_activity(club, "Forbi", first_day=date(2026, 11, 25), repeats="once")
    for asset, beside in ((club, "Salen"), (hall, "Syklubben")):
        page = text_of(client.get(asset.get_absolute_url()))
        assert "Syklub</bdi>" in page and "Every Wednesday" in page and beside in page
        assert "Forbi" not in page and f"calendar.ics?of={asset.uid}" in page


def test_a_place_shows_its_idle_hours(client, club, hall):
    make_activity(club, place=hall)
    page = text_of(client.get(hall.get_absolute_url()))
    assert "Open, and nothing happens this week" in page
    assert "Wednesday 10.00–16.00, 18.00–20.00" in page


# Writing one down ----------------------------------------------------------------------------


@pytest.fixture
def add(keeper, area, club):
    """add(title=…): send the form for something that the club holds."""

    def send(**sent):
        url = f"{reverse('activities:add', args=[area.slug])}?organiser={club.uid}"
        return keeper.post(url, SENT | sent)

    return send


def test_the_form_begins_with_where_the_group_meets(keeper, area, club, hall):
    factories.make_link(club, hall, "meets_at")
    url = f"{reverse('activities:add', args=[area.slug])}?organiser={club.uid}"
    form = keeper.get(url).context["form"]
    assert form["where"].value() == "Salen" and str(form["place_uid"].value()) == str(hall.uid)


def test_what_is_written_down_is_there_at_once(add, week, club, hall):
    response = add(
        where="salen",
        days_off="2026-12-23, 2026-12-30",
        gift_words="synge, Bage",
        spoken=["da", "so"],
        age_from="6",
    )
    activity = Activity.objects.get()
    assert response["Location"] == activity.get_absolute_url()
    assert (activity.organiser_id, activity.place_id) == (club.pk, hall.pk)
    assert activity.off == ["2026-12-23", "2026-12-30"] and activity.languages == ["da", "so"]
    assert sorted(gift.code for gift in activity.gifts.all()) == ["FG3", "MS1"]
    assert shown(week()) == [(2, "Syklub")]


def test_a_place_that_several_names_fit_is_picked(add, area, hall):
    other = factories.make_place(area, "Salen i kælderen")
    factories.make_place(area, "Salen", address="Den anden")
    page = add(where="sale")
    assert "Several places are called that" in text_of(page)
    assert 'value="16:00"' in text_of(page) and not Activity.objects.exists()
    add(where="sale", pick=other.uid)
    assert Activity.objects.get().place_id == other.pk


def test_a_hidden_place_cannot_be_found_by_its_name(client, area, club):
    Area.objects.filter(pk=area.pk).update(moderated=False)
    owner = factories.make_user("resident", area)
    Asset.objects.filter(pk=club.pk).update(owner=owner)
    hidden = factories.make_place(area, "Salen", visibility="private")
    client.force_login(owner)
    url = f"{reverse('activities:add', args=[area.slug])}?organiser={club.uid}"
    for sent in ({"where": "Salen"}, {"where": "Salen", "pick": hidden.uid}):
        assert "No place here is called that" in text_of(client.post(url, SENT | sent))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": ""}, "This field is required"),
        ({"title": "Ring 010203-1234"}, "CPR"),
        ({"first_day": "x"}, "Enter a valid date"),
        ({"ends": "16:00"}, "It ends when it begins"),
        ({"last_day": "2026-12-01"}, "The last day comes before the first"),
        ({"age_from": "20", "age_to": "10"}, "younger than the age it is from"),
        ({"age_from": "999"}, "less than or equal to 120"),
        ({"where": "findes ikke"}, "No place here is called that"),
        ({"gift_words": "sy, flyve til månen"}, "no gift that is known here"),
        ({"days_off": "24/12"}, "Write each day as year, month and day"),
        ({"days_off": "2026-12-24"}, "It would not happen on"),
        ({"spoken": ["xx"]}, "xx is not one of the available choices"),
        ({"repeats": "daily"}, "daily is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(add, hall, sent, sentence):
    page = add(**{"summary": "Med kaffe"} | sent)
    assert page.status_code == 200 and sentence in text_of(page)
    assert "Med kaffe" in text_of(page) and not Activity.objects.exists()


def test_it_is_changed_and_an_edit_that_came_too_late_is_refused(keeper, club):
    activity = make_activity(club)
    edit = activity.url("edit")
    assert keeper.get(edit).context["form"]["title"].value() == "Syklub"
    keeper.post(edit, SENT | {"title": "Strik", "version": 1})
    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("Strik", 2)
    page = keeper.post(edit, SENT | {"title": "Hækl", "version": 1})
    assert "Somebody else changed this" in text_of(page)
    activity.refresh_from_db()
    assert activity.title == "Strik"


def test_it_is_taken_out_of_the_calendar(keeper, club):
    activity = make_activity(club)
    assert keeper.get(activity.url("erase")).status_code == 405
    shown = keeper.get(activity.url("detail"), headers={"accept-language": "da"})
    assert ">Slet</button>" in text_of(shown)
    page = keeper.post(activity.url("erase"), follow=True)
    assert "is out of the calendar" in text_of(page) and not Activity.objects.exists()


@pytest.mark.parametrize("role", [None, "resident", "partner", "elsewhere"])
def test_nobody_else_writes(client, area, club, role):
    activity = make_activity(club)
    if role:
        there = factories.make_area("naboby") if role == "elsewhere" else area
        client.force_login(
            factories.make_user("coordinator" if role == "elsewhere" else role, there)
        )
    add = f"{reverse('activities:add', args=[area.slug])}?organiser={club.uid}"
    for url in (add, activity.url("edit")):
        assert client.get(url).status_code in (302, 403)
        assert client.post(url, SENT).status_code in (302, 403)
    assert client.post(activity.url("erase")).status_code in (302, 403)
    assert Activity.objects.get().version == 1


def test_whoever_looks_after_the_group_writes_what_it_holds(client, area, club):
    Area.objects.filter(pk=area.pk).update(moderated=False)
    owner = factories.make_user("resident", area)
    Asset.objects.filter(pk=club.pk).update(owner=owner)
    client.force_login(owner)
    assert "Add an activity" in text_of(client.get(club.get_absolute_url()))
    url = f"{reverse('activities:add', args=[area.slug])}?organiser={club.uid}"
    assert client.post(url, SENT).status_code == 302
    assert Activity.objects.get().waiting is False


@pytest.mark.parametrize("layer", ["place", "resident"])
def test_places_and_people_hold_nothing(keeper, area, layer):
    asset = getattr(factories, f"make_{layer}")(area)
    url = f"{reverse('activities:add', args=[area.slug])}?organiser={asset.uid}"
    assert keeper.get(url).status_code == 404
    for wrong in ("x", ""):
        url = f"{reverse('activities:add', args=[area.slug])}?organiser={wrong}"
        assert keeper.get(url).status_code == 404


# Without its organiser or place --------------------------------------------------------------


def test_a_place_that_is_erased_leaves_the_activity(club, hall):
    activity = make_activity(club, place=hall)
    hall.delete()
    activity.refresh_from_db()
    assert activity.place is None


def test_what_an_erased_group_held_goes_with_it(club):
    make_activity(club)
    club.delete()
    assert not Activity.objects.exists()


def test_the_next_time_is_found(club):
    activity = make_activity(club)
    assert recurrence.next_occurrence(activity, WEDNESDAY).day == WEDNESDAY
