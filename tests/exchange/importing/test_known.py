"""When two records are likely to be about one and the same thing."""

import pytest

from assetmap.exchange.importing.known import LIKELY, SURE, Known, _compared, facts_of
from assetmap.exchange.models import Import
from tests.factories import make_institution, make_place, make_resident

LIBRARY = {"name": "Solvang Bibliotek", "latitude": 55.6487, "longitude": 12.5955}
FAR = {"latitude": 55.70, "longitude": 12.50}


def score(one, other):
    return _compared(facts_of(one), facts_of(other))["score"]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"name": "Bibliotek Solvang"},
        {"name": "Solvang biblioteket", "latitude": 55.64872},
        {"latitude": 55.6489},
    ],
)
def test_the_same_name_at_the_same_spot_is_surely_the_same(other):
    assert score(LIBRARY, LIBRARY | other) >= SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boligforeningen VIBO: 111, Hjørnevænget", "Boligforeningen VIBO: 112, Røgeritoften"),
        ("Afdeling 3", "Afdeling 4"),
        ("Amager Kulturpunkt", "Børnekulturhus Amar"),
        ("Solvang Bibliotek", "Kvarterhuset"),
    ],
)
def test_neighbours_in_one_house_are_two(one, other):
    place = {"latitude": 55.65, "longitude": 12.6, "address": "Øresundsvej 6"}
    assert score({"name": one, **place}, {"name": other, **place}) < LIKELY


def test_the_same_name_far_away_is_not_surely_the_same():
    assert score(LIBRARY, LIBRARY | FAR) < SURE


def test_a_company_number_tells_more_than_a_name():
    one = {"name": "Urban Art", "cvr": "25313763"}
    assert score(one, one | {"name": "Foreningen Urban Art Amager"}) >= SURE
    assert score(one, {"name": "Helt andet", "cvr": "25313763"}) >= LIKELY


@pytest.mark.parametrize(
    "contact",
    [
        ({"phone": "+45 12 34 56 78"}, {"phone": "12345678"}),
        ({"email": "KOR@example.org"}, {"email": "kor@example.org"}),
        ({"website": "https://www.kor.example/"}, {"website": "http://kor.example"}),
    ],
)
def test_the_same_contact_makes_it_likelier(contact):
    one, other = contact
    plain = score({"name": "Koret Solvang"}, {"name": "Solvangs kor"})
    assert score({"name": "Koret Solvang", **one}, {"name": "Solvangs kor", **other}) == plain + 8


def test_the_likeliest_comes_first_with_its_reasons(area, coordinator):
    run = Import.objects.create(area=area, user=coordinator, filename="x", source="x")
    near = make_institution(area, "Solvang Bibliotek", latitude=55.6487, longitude=12.5955)
    make_place(area, "Solvang Bibliotek", **FAR)
    make_resident(area, "Solvang Bibliotek")
    found = Known(run).likely(LIBRARY)
    assert [one["asset"] for one in found][0] == near.pk and len(found) == 2
    assert found[0]["why"] == [["name", {}], ["metres", {"metres": 0}]]


def test_what_other_rows_are_is_not_offered_again(area, coordinator):
    run = Import.objects.create(area=area, user=coordinator, filename="x", source="x")
    one = make_institution(area, "Solvang Bibliotek")
    assert Known(run).likely(LIBRARY, taken={one.pk}) == []


def test_an_organisation_and_its_house_of_the_same_name_are_not_surely_one(area, coordinator):
    run = Import.objects.create(area=area, user=coordinator, filename="x", source="x")
    make_place(area, "Lumix Nord")
    found = Known(run).likely({"name": "Lumix Nord"}, "institution")
    assert LIKELY <= found[0]["score"] < SURE
