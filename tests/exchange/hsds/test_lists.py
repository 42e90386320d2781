"""Pages and parameters of the lists."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assetmap.inventory.models import Asset, Link
from tests.factories import (
    make_address,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
)

LISTS = [
    *("organizations", "services", "locations", "service_at_locations"),
    *("taxonomies", "taxonomy_terms"),
]


def names(contents):
    return [record["name"] for record in contents]


def walk(get, path, **query):
    """The keys of all pages, one after the other, as a client reads them."""
    page, keys = get(path, page=1, **query), []
    while True:
        keys += [record["id"] for record in page["contents"]]
        if page["last_page"]:
            return keys
        page = get(path, page=page["page_number"] + 1, **query)


@pytest.mark.parametrize("shallow", [1_000, 0])
def test_pages_hold_every_record_once(rich, get, monkeypatch, shallow):
    """From the front pages and from those far down."""
    monkeypatch.setattr("assetmap.exchange.hsds.paging.SHALLOW", shallow)
    for path in LISTS:
        whole = walk(get, path, per_page=100)
        assert walk(get, path, per_page=3 if len(whole) < 50 else 50) == whole
        assert len(set(whole)) == len(whole) == get(path)["total_items"]


def test_a_page_says_where_it_is(area, get):
    for number in range(5):
        make_institution(area, f"Nr. {number}")
    page = get("organizations", per_page=2, page=3)
    assert names(page.pop("contents")) == ["Nr. 4"]
    assert page == {
        **{"total_items": 5, "total_pages": 3, "page_number": 3, "size": 1},
        **{"first_page": False, "last_page": True, "empty": False},
    }


def test_a_page_after_the_last_is_empty(rich, get):
    page = get("services", page=900)
    assert (page["size"], page["empty"], page["last_page"]) == (0, True, True)


def test_a_page_is_never_longer_than_a_hundred(rich, get):
    assert get("taxonomy_terms", per_page=100_000)["size"] == 100


def test_lines_hold_all_that_the_pages_hold(rich, client, get):
    for path in LISTS:
        response = client.get(f"/api/hsds/{path}", {"format": "ndjson"})
        lines = response.getvalue().decode().splitlines()
        assert response["Content-Type"] == "application/x-ndjson"
        assert [json.loads(line)["id"] for line in lines] == walk(get, path, per_page=100)


def test_lines_go_on_beyond_one_batch(area, client, monkeypatch):
    monkeypatch.setattr("assetmap.exchange.hsds.paging.BATCH", 2)
    for number in range(5):
        make_institution(area, f"Nr. {number}")
    lines = client.get("/api/hsds/organizations?format=ndjson").getvalue().splitlines()
    assert names(map(json.loads, lines)) == [f"Nr. {number}" for number in range(5)]


def test_a_search_finds_words_inside_words(rich, contents):
    assert names(contents("organizations", search="havehold")) == ["Haveholdet"]
    assert names(contents("services", search="tag")) == ["Haveholdet"]
    assert names(contents("locations", search="sal.")) == ["Salen"]
    assert {r["service"]["name"] for r in contents("service_at_locations", search="grønt")} == {
        "Haveholdet"
    }
    assert "forening: trin" in names(contents("taxonomies", search="FORENING"))
    assert contents("taxonomy_terms", search="legeplads")
    assert contents("services", search="findesikke") == []


def test_services_are_found_by_their_organization(rich, club, contents):
    assert names(contents("services", organization_id=club.uid)) == ["Haveholdet"]
    found = contents("service_at_locations", organization_id=club.uid)
    assert {record["location"]["name"] for record in found} == {
        *("Haveholdet", "Salen", "Biblioteket"),
    }


def test_services_are_found_by_a_term(rich, contents):
    whole = contents("services", full="true")
    terms = {
        (a["taxonomy_term"]["code"], a["taxonomy_term"]["id"])
        for service in whole
        for a in service["attributes"]
    }
    assert {code for code, _key in terms} >= {"FG7", "library", "public", "activity", "voluntary"}
    for _code, key in terms:
        having = [
            s["name"] for s in whole if key in [a["taxonomy_term_id"] for a in s["attributes"]]
        ]
        assert names(contents("services", taxonomy_term_id=key)) == having


def test_a_group_of_gifts_stands_for_all_gifts_in_it(rich, contents):
    groups = contents("taxonomy_terms", top_only="true", search="mad")
    found = [names(contents("services", taxonomy_term_id=group["id"])) for group in groups]
    assert ["Haveholdet"] in found


def test_services_are_found_by_any_term_of_a_taxonomy(rich, contents):
    keys = {t["name"]: t["id"] for t in contents("taxonomies")}
    by_gift = contents("services", taxonomy_id=keys["evner"])
    by_kind = contents("services", taxonomy_id=keys["institution: slags"])
    assert names(by_gift) == ["Haveholdet"] and names(by_kind) == ["Biblioteket"]
    by_both = contents(
        "service_at_locations",
        taxonomy_id=keys["evner"],
        taxonomy_term_id=contents("taxonomy_terms", search="bibliotek")[0]["id"],
    )
    assert by_both == []


def test_an_unknown_key_finds_nothing(rich, contents):
    unknown = "00000000-0000-4000-8000-000000000000"
    for name in ("taxonomy_id", "taxonomy_term_id", "organization_id"):
        assert contents("services", **{name: unknown}) == []
        assert contents("service_at_locations", **{name: unknown}) == []
    assert contents("taxonomy_terms", taxonomy_id=unknown) == []
    assert contents("taxonomy_terms", parent_id=unknown) == []


def test_terms_are_found_by_taxonomy_and_parent(db, contents):
    top = contents("taxonomy_terms", top_only="true", per_page=100)
    assert not [term for term in top if "parent_id" in term]
    below = contents("taxonomy_terms", parent_id=top[0]["id"])
    assert below and {term["parent_id"] for term in below} == {top[0]["id"]}
    taxonomy = contents("taxonomies")[1]
    terms = contents("taxonomy_terms", taxonomy_id=taxonomy["id"])
    assert {term["taxonomy_detail"]["id"] for term in terms} == {taxonomy["id"]}


def test_only_what_changed_since_is_given(rich, club, hall, tie, contents):
    now = timezone.now()
    Asset.objects.update(updated_at=now - timedelta(days=9))
    Link.objects.update(updated_at=now - timedelta(days=9))
    since = (now - timedelta(days=1)).isoformat()
    assert contents("services", modified_after=since) == []
    assert contents("service_at_locations", modified_after=since) == []
    Asset.objects.filter(pk=hall.pk).update(updated_at=now)
    found = contents("service_at_locations", modified_after=since)
    assert [record["id"] for record in found] == [str(tie.uid)]
    Asset.objects.filter(pk=club.pk).update(updated_at=now)
    assert names(contents("services", modified_after=since)) == ["Haveholdet"]
    assert len(contents("service_at_locations", modified_after=since)) == 3


def test_minimal_gives_keys_and_dates_of_all_in_one_page(area, get):
    for number in range(60):
        make_institution(area, f"Nr. {number}", opening_hours="9-17")
    page = get("services", minimal="true")
    assert page["size"] == page["total_items"] == 60
    assert {frozenset(record) for record in page["contents"]} == {
        frozenset({"id", "last_modified"})
    }


def test_a_postcode_finds_what_lies_there(rich, contents):
    assert len(contents("service_at_locations", postcode="2300")) == 2
    assert contents("service_at_locations", postcode="2400") == []
    assert {r["name"] for r in contents("locations", postcode="2300")} == {"Haveholdet", "Salen"}


def test_nearness_is_counted_from_the_middle_of_a_postcode(area, contents):
    make_address(area, "A-vej 1, 2300 København S", latitude=55.650, longitude=12.600)
    make_address(area, "B-vej 1, 2300 København S", latitude=55.652, longitude=12.600)
    near = make_place(area, "Nær", latitude=55.651, longitude=12.601)
    far = make_place(area, "Fjern", latitude=55.661, longitude=12.600)
    club = make_association(area, "Klub")
    for place in (near, far):
        make_link(club, place, "meets_at")
    for metres, found in ((500, ["Nær"]), (2_000, ["Nær", "Fjern"])):
        asked = {"postcode": "2300", "proximity": metres}
        ats = contents("service_at_locations", **asked)
        assert [at["location"]["name"] for at in ats] == found
        assert names(contents("locations", **asked)) == found
    assert contents("locations", postcode="9999", proximity=500) == []


@pytest.mark.parametrize("query", ["", "?full=true", "?full_service=true", "?format=ndjson"])
def test_a_longer_page_takes_no_more_queries(rich, client, query):
    before = [queries(client, path, query) for path in LISTS]
    for number in range(4):
        club = make_association(rich, f"Klub {number}", cvr="13585628", phone="1")
        place = make_place(rich, f"Sted {number}", address="Vej 1, 2300 By")
        make_link(club, place, "meets_at")
        make_link(club, make_institution(rich, f"Hus {number}", address="Vej"), "part_of")
        make_offering(club, "FG7")
        make_offering(place, "FG7")
    assert [queries(client, path, query) for path in LISTS] == before
    assert max(before) <= 12


def queries(client, path, query):
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/api/hsds/{path}{query}").getvalue()
    return len(captured)
