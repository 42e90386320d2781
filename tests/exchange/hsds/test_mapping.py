"""What of an asset stands where in the standard."""

import pytest

from assetmap.exchange.hsds.ids import turned
from assetmap.inventory.models import Asset, Layer, layer_models
from tests.factories import (
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
)

from .conftest import CVR

pytestmark = pytest.mark.once


def names(contents):
    return [record["name"] for record in contents]


def test_an_organization_tells_what_is_known(rich, club, library, get):
    told = get(f"organizations/{club.uid}")
    assert (told["name"], told["description"]) == ("Haveholdet", "Dyrker grønt på taget.")
    assert told["email"] == "hej@example.org"
    assert told["website"] == "https://example.org/h%C3%B8st"
    assert told["uri"] == f"http://testserver{club.get_absolute_url()}"
    assert told["year_incorporated"] == 2013
    assert told["legal_status"] == "frivillig forening"
    assert told["parent_organization_id"] == str(library.uid)
    assert [phone["number"] for phone in told["phones"]] == ["12 34 56 78"]
    number = told["organization_identifiers"][0]
    assert (number["identifier_scheme"], number["identifier"]) == ("DK-CVR", CVR)
    assert names(told["locations"]) == ["Haveholdet", "Salen", "Biblioteket"]
    assert names(told["services"]) == ["Haveholdet"] and "schedules" not in told["services"][0]


def test_an_organization_tells_all_of_its_service_when_asked(rich, club, get):
    told = get(f"organizations/{club.uid}", full_service="true")
    assert told["services"][0]["schedules"][0]["description"] == "Torsdag kl. 17"


def test_a_bare_organization_has_an_empty_description(area, get):
    bare = make_institution(area, "Kontor")
    told = get(f"organizations/{bare.uid}")
    assert told["description"] == ""
    assert set(told) == {"id", "name", "description", "uri", "attributes"}


def test_a_service_tells_what_is_known(rich, club, tie, get):
    told = get(f"services/{turned(club.uid, 'service')}")
    assert told["name"] == "Haveholdet" and told["status"] == "active"
    assert told["description"] == "Dyrker grønt på taget.\nBistade"
    assert told["eligibility_description"] == "Alle"
    assert told["schedules"][0]["description"] == "Torsdag kl. 17"
    assert told["languages"][0]["code"] == "so" and told["languages"][0]["name"] == "somali"
    assert names(told["service_areas"]) == [rich.name]
    assert told["organization"]["id"] == str(club.uid)
    assert told["assured_date"] and told["last_modified"].endswith("Z")
    ats = {at["location"]["name"]: at for at in told["service_at_locations"]}
    assert set(ats) == {"Haveholdet", "Salen", "Biblioteket"}
    assert (ats["Salen"]["id"], ats["Salen"]["description"]) == (str(tie.uid), "I salen")


def test_gifts_are_terms_and_wishes_are_not_told(rich, club, get):
    told = get(f"services/{turned(club.uid, 'service')}")["attributes"]
    gifts = [a for a in told if a["taxonomy_term"]["taxonomy"] == "evner"]
    assert [(g["taxonomy_term"]["code"], g["link_type"], g["value"]) for g in gifts] == [
        ("FG7", "teach", "Hver torsdag")
    ]
    term = gifts[0]["taxonomy_term"]
    parent = get(f"taxonomy_terms/{term['parent_id']}")
    assert parent["code"] == "FG" and "parent_id" not in parent
    assert get(f"taxonomies/{term['taxonomy_detail']['id']}")["name"] == "evner"


def test_a_place_tells_what_is_known(rich, hall, get):
    told = get(f"locations/{hall.uid}")
    assert told["location_type"] == "physical" and "organization_id" not in told
    assert told["description"].startswith("Stor sal.\nKøkken\n") and "80" in told["description"]
    assert (told["latitude"], told["longitude"]) == (hall.latitude, hall.longitude)
    assert told["accessibility"][0]["description"].endswith(": delvist")
    schedule = told["schedules"][0]
    assert schedule["description"] == "Alle dage 8-22"
    assert schedule["schedule_link"] == "https://example.org/book"
    assert told["phones"][0]["number"] == "87 65 43 21"
    assert {a["taxonomy_term"]["code"] for a in told["attributes"]} == {"FG7", "room", "partly"}


@pytest.mark.parametrize(
    ("text", "street", "code", "town"),
    [
        ("Remisevej 14, 2300 København S", "Remisevej 14", "2300", "København S"),
        ("Remisevej 14, 2. th, 2300 København S", "Remisevej 14, 2. th", "2300", "København S"),
        ("Remisevej 14 2300 København S", "Remisevej 14", "2300", "København S"),
        ("Remisevej 1400", "Remisevej 1400", "", "København"),
        ("Ved søen", "Ved søen", "", "København"),
    ],
)
def test_an_address_is_cut_up(area, get, text, street, code, town):
    type(area).objects.update(municipality="København")
    place = make_place(area, address=text)
    address = get(f"locations/{place.uid}")["addresses"][0]
    told = (address["address_1"], address["postal_code"], address["city"])
    assert told == (street, code, town)
    assert (address["state_province"], address["country"]) == ("København", "DK")


def test_an_organization_with_an_address_is_a_location(area, get):
    club = make_association(area, "Klub", address="Vej 1")
    home = get("locations")["contents"]
    assert [(h["id"], h["organization_id"]) for h in home] == [
        (str(turned(club.uid, "location")), str(club.uid))
    ]
    assert get(f"locations/{home[0]['id']}")["addresses"][0]["address_1"] == "Vej 1"


@pytest.mark.parametrize(
    ("fields", "has"),
    [
        ({}, False),
        ({"address": "Vej 1"}, False),
        ({"meeting_times": "Torsdag"}, True),
        ({"meeting_times": "Torsdag", "stage": "idea"}, False),
        ({"meeting_times": "Torsdag", "stage": "self_running"}, True),
    ],
)
def test_an_association_has_a_service_when_one_can_come_to_it(area, get, fields, has):
    club = make_association(area, **fields)
    assert bool(get("services")["contents"]) is has
    assert ("services" in get(f"organizations/{club.uid}")) is has


@pytest.mark.parametrize(("mode", "has"), [("can", True), ("teach", True), ("learn", False)])
def test_a_gift_is_something_to_come_to_and_a_wish_is_not(area, get, mode, has):
    make_offering(make_institution(area), "FG7", mode)
    assert bool(get("services")["contents"]) is has


@pytest.mark.parametrize(
    ("kind", "has"), [("meets_at", True), ("uses", True), ("has_site", True), ("supports", False)]
)
def test_a_place_to_keep_to_is_something_to_come_to(area, get, kind, has):
    tie = make_link(make_association(area), make_place(area), kind)
    found = get("service_at_locations")["contents"]
    assert [at["id"] for at in found] == ([str(tie.uid)] if has else [])
    assert bool(get("services")["contents"]) is has


@pytest.mark.parametrize(("until", "has"), [("2013", False), ("2013-05-17", False), ("", True)])
def test_a_tie_that_has_ended_counts_no_more(area, get, until, has):
    make_link(make_association(area), make_place(area), "uses", until=until)
    assert get("service_at_locations")["total_items"] == has


def test_two_ties_with_one_place_are_one_service_at_it(area, get):
    club, place = make_association(area), make_place(area)
    first = make_link(club, place, "uses")
    make_link(club, place, "meets_at")
    assert [at["id"] for at in get("service_at_locations")["contents"]] == [str(first.uid)]


def parent_of(get, asset):
    return get(f"organizations/{asset.uid}").get("parent_organization_id")


def test_a_department_is_under_its_organization(area, get):
    house, part = make_institution(area), make_institution(area)
    make_link(house, part, "has_department")
    assert (parent_of(get, part), parent_of(get, house)) == (str(house.uid), None)


def test_only_a_tree_has_parents(area, get):
    one, other, third = (make_institution(area) for _ in range(3))
    make_link(one, other, "part_of")
    make_link(one, third, "part_of")
    make_link(other, third, "part_of")
    make_link(third, other, "part_of")
    assert [parent_of(get, asset) for asset in (one, other, third)] == [None, None, None]


def test_a_key_turned_again_is_the_key_it_came_from(area):
    place = make_place(area)
    for what in ("service", "location"):
        key = turned(place.uid, what)
        assert key != place.uid and turned(key, what) == place.uid
        assert (key.version, key.variant) == (place.uid.version, place.uid.variant)


def test_every_layer_but_residents_is_told_of(area, get):
    """A layer that the standard knows nothing of stays out, and is no fault."""
    for layer, model in layer_models().items():
        model.objects.create(
            area=area, name=f"Et {layer}", visibility="public", latitude=1, longitude=2
        )
    told = {
        name for path in ("organizations", "locations") for name in names(get(path)["contents"])
    }
    assert told == {f"Et {layer}" for layer in ("association", "institution", "place")}
    assert Asset.objects.count() == len(Layer)
