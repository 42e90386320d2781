"""Where and when: boxes, coordinate systems with their axes, and times of change."""

from datetime import UTC, datetime

import pytest
from pyproj import Transformer

from assetmap.inventory.models import Asset
from tests import factories

from .conftest import FEED, names

pytestmark = pytest.mark.django_db
DEGREES = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
LATITUDE_FIRST = "http://www.opengis.net/def/crs/EPSG/0/4326"
METRES = "http://www.opengis.net/def/crs/EPSG/0/25832"
# Urbanplanen, worked out apart from our code: UTM zone 32 on ETRS89.
EAST, NORTH = Transformer.from_crs(4326, 25832).transform(55.6525, 12.5968)


def box(west, south, east, north):
    return f"{west},{south},{east},{north}"


# Coordinate systems -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "told", "coordinates"),
    [
        ({}, DEGREES, [12.5968, 55.6525]),
        ({"crs": DEGREES}, DEGREES, [12.5968, 55.6525]),
        ({"crs": LATITUDE_FIRST}, LATITUDE_FIRST, [55.6525, 12.5968]),
        ({"crs": METRES}, METRES, [EAST, NORTH]),
    ],
)
def test_each_system_has_its_axes_in_its_own_order(client, area, asked, told, coordinates):
    place = factories.make_place(area)
    for path in ("", f"/{place.uid}"):
        response = client.get(f"{FEED}/collections/places/items{path}", asked)
        assert response.headers["content-crs"] == f"<{told}>"
        found = response.json()
        geometry = found.get("features", [found])[0]["geometry"]
        assert geometry["coordinates"] == pytest.approx(coordinates, abs=0.001)


def test_the_metres_are_those_of_danish_maps(items, area):
    """Rådhuspladsen's town hall, whose place in both systems anybody can look up."""
    factories.make_place(area, latitude=55.6761, longitude=12.5683)
    east, north = items("places", crs=METRES)["features"][0]["geometry"]["coordinates"]
    assert (round(east, -3), round(north, -3)) == (724_000, 6_176_000)


def test_outlines_and_lines_are_turned_as_well(items, area):
    outlined = factories.make_place(area, "A", outline=factories.SQUARE)
    other = factories.make_association(area, latitude=55.6, longitude=12.5)
    factories.make_link(other, outlined, "meets_at")
    ring = items("places", crs=LATITUDE_FIRST)["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == [55.645, 12.590]
    line = items("ties", crs=LATITUDE_FIRST)["features"][0]["geometry"]["coordinates"]
    assert line == [[55.6, 12.5], [55.6525, 12.5968]]
    east, north = items("ties", crs=METRES)["features"][0]["geometry"]["coordinates"][1]
    assert (east, north) == pytest.approx((EAST, NORTH), abs=0.001)


def test_what_danish_metres_cannot_say_has_no_geometry(items, area):
    factories.make_place(area, latitude=0, longitude=99)
    assert items("places", crs=METRES)["features"][0]["geometry"] is None


def test_an_unknown_system_is_refused_with_those_that_are_known(refused):
    for parameter in ("crs", "bbox-crs"):
        sentence = refused("/collections/places/items", **{parameter: "EPSG:25833"})
        assert sentence.startswith(f"{parameter} must be one of these: {DEGREES}")


# Boxes ------------------------------------------------------------------------------------


@pytest.fixture
def three(area):
    factories.make_place(area, "West", latitude=55.65, longitude=12.58)
    factories.make_place(area, "Middle", latitude=55.65, longitude=12.60)
    factories.make_place(area, "Nowhere", latitude=None, longitude=None)


@pytest.mark.parametrize(
    ("bbox", "found"),
    [
        ("12.59,55.64,12.61,55.66", ["Middle"]),
        ("12.60,55.65,12.60,55.65", ["Middle"]),
        ("12.59,55.64,-100,12.61,55.66,100", ["Middle"]),
        ("-180,-90,180,90", ["West", "Middle"]),
        ("-400,-90,400,90", ["West", "Middle"]),
        ("12.60001,55.64,12.61,55.66", []),
        ("12.61,55.64,12.58,55.66", ["West"]),  # the long way round, over the date line
        ("12,86,12.1,86.1", []),
        ("500,55,501,56", []),
    ],
)
def test_a_box_holds_what_lies_in_it(three, items, bbox, found):
    page = items("places", bbox=bbox)
    assert names(page) == found
    assert page["numberMatched"] == len(found)


def test_a_box_may_lie_over_the_date_line(items, area):
    for longitude in (179.9, -179.9, 0):
        factories.make_place(area, str(longitude), latitude=10, longitude=longitude)
    assert names(items("places", bbox="179,9,-179,11")) == ["179.9", "-179.9"]


def test_a_box_may_be_in_another_system(three, items):
    by_latitude = {"bbox": "55.64,12.59,55.66,12.61", "bbox-crs": LATITUDE_FIRST}
    assert names(items("places", **by_latitude)) == ["Middle"]
    middle = Transformer.from_crs(4326, 25832).transform(55.65, 12.60)
    around = box(middle[0] - 1, middle[1] - 1, middle[0] + 1, middle[1] + 1)
    assert names(items("places", **{"bbox": around, "bbox-crs": METRES})) == ["Middle"]
    all_of_it = {"bbox": "-1e7,-1e7,1e7,2e7", "bbox-crs": METRES}
    assert names(items("places", **all_of_it)) == ["West", "Middle"]


def test_a_box_in_metres_holds_not_what_its_box_in_degrees_holds_beyond(items, area):
    """Grid north leans by three degrees here, so the box in degrees around it is wider."""
    corner = Transformer.from_crs(25832, 4326).transform(EAST + 5_000, NORTH - 5_000)
    factories.make_place(area, "Inside", latitude=corner[0], longitude=corner[1])
    east_of_it = Transformer.from_crs(25832, 4326).transform(EAST + 5_020, NORTH - 3_000)
    factories.make_place(area, "Outside", latitude=east_of_it[0], longitude=east_of_it[1])
    around = box(EAST - 5_001, NORTH - 5_001, EAST + 5_001, NORTH + 5_001)
    page = items("places", **{"bbox": around, "bbox-crs": METRES})
    assert names(page) == ["Inside"]
    assert "numberMatched" not in page


def test_an_outline_that_reaches_into_the_box_is_in_it(items, area):
    factories.make_place(area, "Park", outline=factories.SQUARE)
    factories.make_place(area, "Point")
    page = items("places", bbox="12.6015,55.6590,12.6030,55.6600")
    assert names(page) == ["Park"]
    assert names(items("places", bbox="12.6025,55.6590,12.6030,55.6600")) == []


def test_a_tie_is_in_a_box_that_its_line_crosses(items, area):
    one = factories.make_association(area, "SW", latitude=55.60, longitude=12.50)
    other = factories.make_association(area, "NE", latitude=55.70, longitude=12.60)
    tie = factories.make_link(one, other, "works_with")
    crossed = items("ties", bbox="12.549,55.649,12.551,55.651")["features"]
    assert [row["id"] for row in crossed] == [str(tie.uid)]
    beside = items("ties", bbox="12.58,55.61,12.59,55.62")
    assert (beside["features"], beside["numberMatched"]) == ([], 0)


@pytest.mark.parametrize(
    "bbox", ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "nan,0,1,1", "0,0,inf,1", "0,2,1,1", "1;2;3;4"]
)
def test_a_box_that_is_none_is_refused(refused, bbox):
    assert refused("/collections/places/items", bbox=bbox).startswith("bbox must")


# Times ------------------------------------------------------------------------------------


@pytest.fixture
def days(area):
    for day in (1, 2, 3):
        place = factories.make_place(area, f"May {day}")
        changed = datetime(2026, 5, day, 12, tzinfo=UTC)
        Asset.objects.filter(pk=place.pk).update(updated_at=changed)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2026-05-02T12:00:00Z", [2]),
        ("2026-05-02T14:00:00+02:00", [2]),
        ("2026-05-02", [2]),
        ("2026-05-02/..", [2, 3]),
        ("2026-05-02/", [2, 3]),
        ("../2026-05-02T11:59:59Z", [1]),
        ("/2026-05-02", [1, 2]),
        ("2026-05-01T12:00:00Z/2026-05-02T12:00:00Z", [1, 2]),
        ("../..", [1, 2, 3]),
        ("2030-01-01/..", []),
    ],
)
def test_a_time_finds_what_was_changed_then(days, items, asked, found):
    page = items("places", datetime=asked)
    assert names(page) == [f"May {day}" for day in found]
    assert page["numberMatched"] == len(found)


def test_a_plus_sign_that_was_not_escaped_is_understood(days, client):
    url = f"{FEED}/collections/places/items?datetime=2026-05-02T14:00:00+02:00"
    assert names(client.get(url).json()) == ["May 2"]


def test_the_time_that_a_feature_tells_finds_it(items, area):
    """It is told to the second, and GDAL can hold no more: it is kept to the millionth."""
    place = factories.make_place(area)
    Asset.objects.update(updated_at=datetime(2026, 5, 2, 12, 0, 7, 999_999, tzinfo=UTC))
    told = items("places")["features"][0]["properties"]["updated_at"]
    assert told == "2026-05-02T12:00:07+00:00"
    assert items("places", datetime=told)["features"][0]["id"] == str(place.uid)


def test_ties_have_times_too(items, area):
    factories.make_link(factories.make_place(area), factories.make_place(area))
    assert items("ties", datetime="2020-01-01/..")["numberMatched"] == 1
    assert items("ties", datetime="../2020-01-01")["numberMatched"] == 0


@pytest.mark.parametrize(
    "asked",
    [
        *("", "..", "yesterday", "2026", "2026-13-01", "2026-05-02T12:00:00", "2026-05-02T25:00Z"),
        *("2026-05-02/2026-05-01", "a/b/c", "9999-12-31T23:59:59-14:00", "2026-02-30/.."),
    ],
)
def test_a_time_that_is_none_is_refused(refused, asked):
    assert refused("/collections/places/items", datetime=asked).startswith("datetime must")
