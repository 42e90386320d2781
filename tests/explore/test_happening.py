"""Day, time and audience in the list's filter: what happens decides which assets are found."""

from datetime import date, time

import pytest

from tests.activities.rows import make_activity
from tests.explore.test_filters import CHIP, get, names
from tests.factories import make_association, make_place

SATURDAY = date(2026, 12, 5)


@pytest.fixture
def hall(area):
    return make_place(area, "Salen")


@pytest.fixture
def sewing(area, hall):
    """Wednesdays 16 to 18, for girls and women from 15 years on, in the hall."""
    club = make_association(area, "Syklubben")
    make_activity(club, place=hall, meant_for="women", age_from=15)
    make_association(area, "Stille forening")
    return club


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("day=2", ["Salen", "Syklubben"]),
        ("day=3", []),
        ("time=afternoon", ["Salen", "Syklubben"]),
        ("time=morning", []),
        ("time=evening", []),
        ("audience=women", ["Salen", "Syklubben"]),
        ("audience=men", []),
        ("age=14", []),
        ("age=15", ["Salen", "Syklubben"]),
        ("age=0", []),
        ("day=2&layer=place", ["Salen"]),
        ("day=2&q=syk", ["Syklubben"]),
    ],
)
def test_finds_who_holds_it_and_where_it_is(client, sewing, query, found):
    assert names(client, query) == found


def test_what_is_for_everybody_is_for_women_too(client, area):
    make_activity(make_association(area, "Koret"))
    assert names(client, "audience=women") == ["Koret"]
    assert names(client, "audience=everybody") == ["Koret"]


def test_all_of_it_must_meet_in_one_activity(client, area):
    choir = make_association(area, "Koret")
    make_activity(choir, begins=time(9), ends=time(10))
    make_activity(choir, first_day=SATURDAY, begins=time(19), ends=time(21))
    assert names(client, "day=2&time=evening") == []
    assert names(client, "day=5&time=evening") == ["Koret"]


@pytest.mark.parametrize("repeats", ["weekly", "fortnightly", "monthly"])
def test_the_day_is_the_same_however_often_it_happens(client, area, repeats):
    make_activity(make_association(area, "Koret"), repeats=repeats)
    assert names(client, "day=2") == ["Koret"]
    assert names(client, "day=1") == []


@pytest.mark.parametrize(
    "over",
    [
        {"repeats": "once", "first_day": date(2020, 1, 1)},
        {"first_day": date(2020, 1, 1), "last_day": date(2020, 6, 1)},
    ],
)
def test_what_is_over_finds_nothing(client, area, over):
    make_activity(make_association(area, "Koret"), **over)
    assert names(client, f"day={over['first_day'].weekday()}") == []


def test_hidden_activities_find_no_open_place(client, area, hall):
    make_activity(make_association(area, "Skjult", visibility="private"), place=hall)
    assert names(client, "day=2") == []
    assert 'id="audience"' not in get(client)


def test_an_archived_organiser_finds_no_place(client, area, hall):
    make_activity(make_association(area, status="archived"), place=hall)
    assert names(client, "day=2") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("day=9", "Select a valid choice"),
        ("time=midnight", "Select a valid choice"),
        ("age=ti", "Write an age as a whole number of years, such as 12."),
        ("age=-1", "Write an age as a whole number of years, such as 12."),
    ],
)
def test_what_means_nothing_is_said_and_left_out(client, sewing, query, said):
    page = get(client, query)
    assert said in page
    assert "Stille forening" in page


def test_each_is_a_chip_that_can_be_taken_off(client, sewing):
    chips = CHIP.findall(get(client, "day=2&time=afternoon&audience=women&age=20"))
    said = [" ".join(text.split()) for _query, text in chips]
    assert any("something happens on Wednesday" in text for text in said)
    assert any("something happens in the afternoon" in text for text in said)
    assert any("something for girls and women" in text for text in said)
    assert any("something for people of 20 years" in text for text in said)
    assert [query for query, text in chips if "Wednesday" in text] == [
        "time=afternoon&amp;audience=women&amp;age=20"
    ]


def test_is_asked_only_where_something_happens(client, area, sewing):
    assert 'id="audience"' in get(client)
    sewing.activities.all().delete()
    assert 'id="audience"' not in get(client)
    assert 'id="audience"' in get(client, "day=2")  # or the choice could not be undone


def test_the_map_and_the_file_keep_to_it(client, sewing):
    features = client.get("/urbanplanen/map.geojson?day=2&zoom=18").json()["features"]
    assert [f["properties"]["name"] for f in features] == ["Salen"]
    file = client.get("/urbanplanen/export.csv?day=2")
    assert "Stille forening" not in b"".join(file.streaming_content).decode()
