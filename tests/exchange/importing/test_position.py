"""Where rows lie: every way to write it, and every way to write it wrong."""

import pytest
import shapely

from assetmap.exchange.importing.position import Placer
from assetmap.exchange.reading.sheet import Row
from tests.factories import make_address

pytestmark = pytest.mark.once

HERE = (55.648722, 12.595484)
SQUARE = shapely.box(12.595, 55.648, 12.597, 55.650)


def find(area, geometry=None, crs="EPSG:4326", **texts):
    where, problems = Placer(area, crs).find(Row(2, (), geometry), texts)
    return where, [code for code, _about in problems]


def is_here(where):
    return (round(where["latitude"], 4), round(where["longitude"], 4)) == (55.6487, 12.5955)


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ("55.648722", "12.595484", []),
        ("55,648722", "12,595484", []),
        ("55.648722° N", "12.595484° E", []),
        ("12.595484", "55.648722", ["swapped"]),
        ("6172847.6", "726218.2", ["utm"]),
        ("6.172.847,6", "726.218,2", ["utm"]),
        ("6,172,847.6", "726,218.2", ["utm"]),
        ("726218.2", "6172847.6", ["swapped", "utm"]),
    ],
)
def test_two_numbers_are_understood_however_they_are_written(area, latitude, longitude, said):
    where, problems = find(area, latitude=latitude, longitude=longitude)
    assert is_here(where) and problems == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("55.648722, 12.595484", []),
        ("55,648722; 12,595484", []),
        ("(55.648722 12.595484)", []),
        ("POINT (12.595484 55.648722)", []),
        ("12.595484,55.648722", ["swapped"]),
        ("POINT (726218.2 6172847.6)", ["utm"]),
    ],
)
def test_a_position_in_one_column_is_understood(area, text, said):
    where, problems = find(area, position=text)
    assert is_here(where) and problems == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({}, ["unplaced"]),
        ({"latitude": "0", "longitude": "0"}, ["zero", "unplaced"]),
        ({"latitude": "55.6"}, ["half", "unplaced"]),
        ({"latitude": "nord", "longitude": "12.5"}, ["not_number", "unplaced"]),
        ({"latitude": "123456", "longitude": "12.5"}, ["off_earth", "unplaced"]),
        ({"latitude": "95", "longitude": "200.5"}, ["off_earth", "unplaced"]),
        ({"position": "her"}, ["not_number", "unplaced"]),
        ({"position": "POINT ("}, ["not_number", "unplaced"]),
        ({"latitude": "nan", "longitude": "inf"}, ["not_number", "unplaced"]),
    ],
)
def test_what_is_no_position_is_said_and_not_placed(area, texts, said):
    assert find(area, **texts) == ({}, said)


def test_a_place_far_away_is_taken_and_said(area):
    where, said = find(area, latitude="48.85", longitude="2.35")
    assert where["latitude"] == 48.85 and said == ["far"]


def test_null_and_empty_geometries_are_not_placed(area):
    assert find(area, None) == ({}, ["unplaced"])
    assert find(area, shapely.Point()) == ({}, ["unplaced"])


@pytest.mark.parametrize(
    ("geometry", "kind"),
    [
        (SQUARE, "Polygon"),
        (shapely.MultiPolygon([SQUARE, shapely.box(12.6, 55.65, 12.601, 55.651)]), "MultiPolygon"),
        (shapely.LineString([(12.595, 55.648), (12.597, 55.650)]), "LineString"),
        (shapely.GeometryCollection([shapely.Point(12.596, 55.649), SQUARE]), "Polygon"),
    ],
)
def test_areas_and_lines_keep_their_outline_and_get_a_pin(area, geometry, kind):
    where, said = find(area, geometry)
    assert where["outline"]["type"] == kind and said == ["middle"]
    pin = shapely.Point(where["longitude"], where["latitude"])
    assert geometry.distance(pin) < 1e-6


def test_heights_are_dropped(area):
    assert find(area, shapely.Point(12.595484, 55.648722, 17))[1] == []


def test_a_multipoint_of_one_is_a_point(area):
    where, said = find(area, shapely.MultiPoint([HERE[::-1]]))
    assert is_here(where) and "outline" not in where and said == []


def test_a_broken_outline_leaves_the_pin(area):
    bow = shapely.Polygon([(12.59, 55.64), (12.60, 55.65), (12.60, 55.64), (12.59, 55.65)])
    where, said = find(area, bow)
    assert "outline" not in where and said == ["middle", "outline"]
    assert where["latitude"]


def test_a_crs_that_the_file_names_is_used(area):
    where, said = find(area, shapely.Point(726218.2, 6172847.6), crs="EPSG:25832")
    assert is_here(where) and said == ["utm"]
    where, said = find(area, shapely.Point(1402122.9, 7488801.6), crs="EPSG:3857")
    assert round(where["latitude"], 2) == 55.65 and said == ["crs"]


@pytest.mark.parametrize(
    "address", ["Remisevej 14, 2300 København S", "remisevej  14", "Remisevej 14, 2300 Kbh S"]
)
def test_an_address_of_the_areas_list_places_it(area, address):
    make_address(area, "Remisevej 14, 2300 København S")
    where, said = find(area, address=address)
    assert is_here(where) and said == ["by_address"]


def test_coordinates_go_before_the_address(area):
    make_address(area, "Remisevej 14, 2300 København S")
    where, said = find(area, latitude="55.65", longitude="12.6", address="Remisevej 14")
    assert where["latitude"] == 55.65 and said == []
