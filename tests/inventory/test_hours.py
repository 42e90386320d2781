import pytest

from assetmap.inventory.hours import hours_in, in_common

pytestmark = pytest.mark.once

ALL_DAYS = set(range(7))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(("Onsdage kl. 16.30", {2}), ("Tirsdag og torsdag 15-20", {1, 3})),
        *(("Mandag til fredag 9-16", {0, 1, 2, 3, 4}), ("Man.-fre. 9-16", {0, 1, 2, 3, 4})),
        *(("man–tors kl. 10–17, fre 10-15", {0, 1, 2, 3, 4}), ("Hverdage", {0, 1, 2, 3, 4})),
        *(("Hverdage 10-18, lørdag 10-14", {0, 1, 2, 3, 4, 5}), ("i weekenden", {5, 6})),
        *(("Altid åbent", ALL_DAYS), ("24/7", ALL_DAYS), ("Every day 9-17", ALL_DAYS)),
        *(("Første torsdag i måneden", {3}), ("Hver anden søndag", {6})),
        *(("Mon–Fri 9 am to 5 pm", {0, 1, 2, 3, 4}), ("Wednesdays at 7.30 pm", {2})),
        *(("Sat 10:00–12:30", {5}), ("lørdag til mandag", {5, 6, 0})),
        *(("LØRDAGE", {5}), ("om søndagen", {6}), ("Fridays", {4})),
    ],
)
def test_days_are_read_from_danish_and_english(text, days):
    assert set(hours_in(text)) == days


@pytest.mark.parametrize(
    "text",
    [
        *("", "Efter aftale", "Man kan komme, når man vil", "fri entré", "1. maj 2013"),
        *("De fleste dage efter kl. 10", "Tal med Tor", "ring 32 54 00 00", "vi sat i solen"),
    ],
)
def test_words_that_name_no_day_are_none(text):
    assert hours_in(text) == {}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(("Hverdage 10-18, lørdag lukket", {0, 1, 2, 3, 4}), ("Lukket lørdag, søndag", set())),
        *(("Hverdage 10-18 lukket lørdag", {0, 1, 2, 3, 4}), ("Lukket mandag", set())),
        *(("Lørdag lukket, søndag 10-14", {6}), ("Sat 10-12, Sun closed", {5})),
        *(("Mandag til fredag undtagen onsdag 9-16", set()), ("Ikke om mandagen", set())),
        *(("Every day except Sunday", set()), ("Not on Mondays", set())),
    ],
)
def test_a_day_on_which_it_is_closed_is_not_told(text, days):
    assert set(hours_in(text)) == days


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mandag kl. 10-12 og onsdag kl. 19", {0: ((600, 720),), 2: ((1140, 1230),)}),
        ("kl. 10-12 mandag, kl. 13-15 tirsdag", {0: ((600, 720),), 1: ((780, 900),)}),
        ("Mandag 10-12 og 14-16, tirsdag 9-10", {0: ((600, 720), (840, 960)), 1: ((540, 600),)}),
        ("Fredag 20-02", {4: ((1200, 1560),)}),
        ("Wednesday 12 am - 12 pm", {2: ((0, 720),)}),
        ("mandag 99-120", {0: ()}),
    ],
)
def test_hours_belong_to_the_days_that_they_stand_beside(text, hours):
    assert hours_in(text) == hours


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("Onsdage kl. 16.30", "Hverdage 10-18", [2]),
        ("Onsdage kl. 19", "Hverdage 10-18", []),
        ("Onsdage", "Hverdage 10-18", [2]),
        ("Onsdag 10-12", "Onsdag 12-14", []),
        ("Mandag og onsdag", "Onsdag og mandag", [0, 2]),
        ("Mandag", "", []),
    ],
)
def test_days_in_common_have_overlapping_hours_where_both_are_known(one, other, days):
    assert in_common(hours_in(one), hours_in(other)) == days
    assert in_common(hours_in(other), hours_in(one)) == days
