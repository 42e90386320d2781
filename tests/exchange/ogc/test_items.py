"""Features: what they tell, how one asks for some of them, and paging while others write."""

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assetmap.inventory.loader import load_assets
from assetmap.inventory.models import Asset
from places.models import Place
from tests import factories

from .conftest import names

pytestmark = pytest.mark.django_db


def test_a_feature_tells_what_the_page_of_the_asset_tells(items, area):
    place = factories.make_place(
        area,
        "Haven",
        address="Remisevej 14",
        kind="garden",
        website="https://example.org/",
        confirmed_at=timezone.now(),
        source="Københavns Kommune",
        source_id="7",
        licence="CC BY 4.0",
    )
    (feature,) = items("places")["features"]
    assert (feature["type"], feature["id"]) == ("Feature", str(place.uid))
    assert feature["geometry"] == {"type": "Point", "coordinates": [12.5968, 55.6525]}
    told = feature["properties"]
    assert (told["area"], told["layer"], told["name"]) == ("urbanplanen", "place", "Haven")
    assert (told["address"], told["kind"]) == ("Remisevej 14", "garden")
    assert told["url"] == f"http://testserver{place.get_absolute_url()}"
    assert (told["source"], told["licence"]) == ("Københavns Kommune", "CC BY 4.0")
    assert told["updated_at"] == place.updated_at.isoformat(timespec="seconds")
    assert not {"owner", "visibility", "status", "created_by", "version"} & set(told)


def test_an_outline_is_the_geometry_where_there_is_one_and_none_where_not_placed(items, area):
    factories.make_place(area, "A", outline=factories.SQUARE)
    factories.make_place(area, "B", latitude=None, longitude=None)
    one, other = items("places")["features"]
    assert one["geometry"] == factories.SQUARE
    assert other["geometry"] is None


def test_one_feature_has_an_address_of_its_own(feed, refused, area):
    place, other = factories.make_place(area), factories.make_association(area)
    feature = feed(f"/collections/places/items/{place.uid}")
    assert feature["id"] == str(place.uid)
    assert {row["rel"] for row in feature["links"]} == {"self", "alternate", "collection"}
    for uid in (other.uid, "nonsense", "%00"):
        assert "no such item" in refused(f"/collections/places/items/{uid}", status=404)


def test_a_tie_is_a_line_between_its_ends(feed, items, area):
    club = factories.make_association(area, "Klubben", latitude=55.6, longitude=12.5)
    place, yard = factories.make_place(area, "Haven"), factories.make_association(area, "Gården")
    tie = factories.make_link(club, place, "meets_at", since="2013", note="om torsdagen")
    factories.make_link(yard, place, "meets_at")
    one, other = items("ties")["features"]
    ends = [[12.5, 55.6], [12.5968, 55.6525]]
    assert one["geometry"] == {"type": "LineString", "coordinates": ends}
    assert other["geometry"] is None
    told = one["properties"]
    assert (told["source"], told["target"]) == (str(club.uid), str(place.uid))
    assert (told["source_name"], told["target_name"]) == ("Klubben", "Haven")
    assert (told["kind"], told["since"], told["note"]) == ("meets_at", "2013", "om torsdagen")
    assert feed(f"/collections/ties/items/{tie.uid}")["properties"] == told


# How many ---------------------------------------------------------------------------------


def make_places(area, number, **fields):
    fields = {"latitude": 55.6525, "longitude": 12.5968} | fields
    load_assets(Place, [Place(area=area, name=f"Sted {n}", **fields) for n in range(number)])


def test_a_page_has_a_hundred_unless_asked_otherwise(items, area):
    make_places(area, 103)
    page = items("places")
    assert (page["numberReturned"], page["numberMatched"]) == (100, 103)
    assert len(items("places", limit=7)["features"]) == 7


def test_too_high_a_limit_is_cut_and_not_refused(items, area):
    make_places(area, 1_002)
    page = items("places", limit=100_000)
    assert (page["numberReturned"], page["numberMatched"]) == (1_000, 1_002)
    assert items("places", limit="9" * 60, kind="park")["features"] == []


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1.5", "", "٣", "1_0"])
def test_a_limit_that_is_no_number_is_refused(refused, limit):
    assert refused("/collections/places/items", limit=limit).startswith("limit must be")


def test_the_number_of_hits_is_left_out_where_counting_would_take_long(
    items, area, other_area, monkeypatch
):
    monkeypatch.setattr("assetmap.exchange.ogc.items.COUNT_UP_TO", 2)
    make_places(area, 3)
    make_places(other_area, 2, kind="park")
    assert items("places")["numberMatched"] == 5  # kept by the database
    assert items("places", area=area.slug)["numberMatched"] == 3
    assert items("places", kind="park")["numberMatched"] == 2
    assert "numberMatched" not in items("places", kind="other")


# Pages ------------------------------------------------------------------------------------


def test_all_pages_hold_each_row_once_in_every_collection(all_pages, area):
    groups = [factories.make_association(area) for _ in range(5)]
    places = [factories.make_place(area) for _ in range(5)]
    ties = [factories.make_link(*ends, "meets_at") for ends in zip(groups, places, strict=True)]
    for name, rows in (("associations", groups), ("places", places), ("ties", ties)):
        pages = list(all_pages(name, limit=2))
        assert [len(page) for page in pages] == [2, 2, 1]
        assert [row["id"] for page in pages for row in page] == [str(row.uid) for row in rows]


def test_a_page_that_holds_the_last_row_has_no_next_one(all_pages, area):
    make_places(area, 4)
    assert [len(page) for page in all_pages("places", limit=2)] == [2, 2]


def test_writing_between_pages_neither_repeats_nor_skips(all_pages, area):
    places = [factories.make_place(area, f"P{n}") for n in range(6)]
    pages = all_pages("places", limit=2)
    seen = [row["properties"]["name"] for row in next(pages)]
    places[0].delete()
    places[1].name = "Å"
    places[1].save()
    Asset.objects.filter(pk=places[3].pk).update(status="archived")
    factories.make_place(area, "P-new")
    seen += [row["properties"]["name"] for page in pages for row in page]
    assert seen == ["P0", "P1", "P2", "P4", "P5", "P-new"]


def test_the_row_that_a_page_ended_with_may_go(all_pages, area):
    places = [factories.make_place(area, f"P{n}") for n in range(4)]
    pages = all_pages("places", limit=2)
    next(pages)
    places[1].delete()
    assert [row["properties"]["name"] for page in pages for row in page] == ["P2", "P3"]


def test_the_filter_is_kept_from_page_to_page(all_pages, area):
    for kind in ("park", "room") * 3:
        factories.make_place(area, kind=kind)
    pages = list(all_pages("places", limit=1, kind="park", f="json"))
    assert [row["properties"]["kind"] for page in pages for row in page] == ["park"] * 3


@pytest.mark.parametrize("after", ["", "x", "!!", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "ÿ"])
def test_a_mark_that_no_page_gave_is_refused(refused, after):
    assert refused("/collections/places/items", after=after).startswith("after must be")


def test_a_mark_beyond_the_end_is_an_empty_page(items, area):
    make_places(area, 1)
    after = base64.urlsafe_b64encode(b"9223372036854775807").decode().rstrip("=")
    assert items("places", after=after)["features"] == []


# Properties -------------------------------------------------------------------------------


@pytest.fixture
def mixed(area, other_area):
    factories.make_institution(area, "Biblioteket", kind="library", outreach=True, cvr="64942212")
    factories.make_institution(area, "Skolen", kind="school")
    factories.make_institution(other_area, "Netbutikken", kind="business", sector="private")


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"area": "urbanplanen"}, ["Biblioteket", "Skolen"]),
        ({"area": "nowhere"}, []),
        ({"kind": "library"}, ["Biblioteket"]),
        ({"sector": "private"}, ["Netbutikken"]),
        ({"sector": "public", "kind": "school"}, ["Skolen"]),
        ({"sector": "public", "kind": "business"}, []),
        ({"outreach": "true"}, ["Biblioteket"]),
        ({"outreach": "false", "area": "urbanplanen"}, ["Skolen"]),
        ({"cvr": "64942212"}, ["Biblioteket"]),
        ({"name": "Skolen"}, ["Skolen"]),
        ({"name": "skolen"}, []),
    ],
)
def test_a_property_is_asked_for_by_its_value(mixed, items, parameters, found):
    page = items("institutions", **parameters)
    assert names(page) == found
    assert page["numberMatched"] == len(found)


def test_ties_are_asked_for_by_kind_area_and_end(items, area, other_area):
    club, place = factories.make_association(area, "Klub"), factories.make_place(area)
    away, there = factories.make_association(other_area), factories.make_place(other_area)
    factories.make_link(club, place, "meets_at")
    factories.make_link(club, place, "supports")
    factories.make_link(away, there, "meets_at")
    for parameters, number in (
        ({"kind": "meets_at"}, 2),
        ({"area": area.slug}, 2),
        ({"source": str(club.uid), "kind": "supports"}, 1),
        ({"target": str(there.uid)}, 1),
        ({"target": "nonsense"}, 0),
    ):
        assert items("ties", **parameters)["numberMatched"] == number, parameters


@pytest.mark.parametrize(
    ("name", "parameter", "value", "sentence"),
    [
        ("places", "kind", "library", "kind must be one of these: room, centre,"),
        ("places", "capacity", "many", "capacity must be a whole number."),
        ("places", "capacity", "9" * 19, "capacity must be a whole number."),
        ("institutions", "outreach", "1", "outreach must be true or false."),
        ("institutions", "name", "a\x00b", "name must be a text."),
        ("ties", "kind", "", "kind must be one of these:"),
        ("places", "summary", "x", "There is no parameter summary."),
        ("places", "stage", "idea", "There is no parameter stage."),
    ],
)
def test_a_value_that_the_property_cannot_have_is_refused(
    refused, name, parameter, value, sentence
):
    assert refused(f"/collections/{name}/items", **{parameter: value}).startswith(sentence)


# Work -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", [{}, {"bbox": "12,55,13,56"}, {"crs": "http://www.opengis.net/def/crs/EPSG/0/25832"}]
)
@pytest.mark.parametrize("name", ["places", "ties"])
def test_the_number_of_queries_does_not_grow(items, area, name, asked):
    numbers = []
    for _ in range(2):
        make_tied_places(area)
        with CaptureQueriesContext(connection) as queries:
            assert items(name, **asked)["features"]
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 3


def make_tied_places(area):
    for n in range(3):
        club = factories.make_association(area, latitude=55.6, longitude=12.5 + n / 100)
        factories.make_link(club, factories.make_place(area, kind="park"), "meets_at")
