"""The base map is built from open GeoJSON files by a command."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assetmap.areas.management.commands.make_base_map import Command

pytestmark = pytest.mark.once

CREDIT = "Kort: Københavns Kommune, CC BY 4.0"


def square(west, south, size=0.001):
    """Return a square polygon geometry; 0.001 degrees is roughly 63 by 111 metres."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def line(*points):
    return {"type": "LineString", "coordinates": [list(point) for point in points]}


def write_source(path, *geometries, **properties):
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for geometry in geometries
    ]
    return add_features(path, features)


def add_features(path, features):
    old = json.loads(path.read_text())["features"] if path.exists() else []
    path.write_text(json.dumps({"type": "FeatureCollection", "features": old + features}))
    return path


def build(tmp_path, *sources, **options):
    """Run the command and return the file it wrote."""
    out = tmp_path / "maps" / "map.json"
    call_command(Command(), str(out), *sources, credit=CREDIT, **options)
    return json.loads(out.read_text(encoding="utf-8"))


def kinds(base_map):
    return [feature["properties"]["kind"] for feature in base_map["features"]]


def coordinates(base_map, kind):
    features = [f for f in base_map["features"] if f["properties"]["kind"] == kind]
    assert len(features) == 1
    return features[0]["geometry"]["coordinates"]


def test_features_of_one_kind_are_merged_in_drawing_order(tmp_path):
    blocks = write_source(tmp_path / "a.geojson", square(12.59, 55.65), square(12.592, 55.65))
    more = write_source(tmp_path / "b.geojson", square(12.595, 55.65))
    roads = write_source(
        tmp_path / "c.geojson",
        line((12.59, 55.65), (12.591, 55.65)),
        line((12.591, 55.65), (12.591, 55.652)),
    )
    result = build(tmp_path, f"road={roads}", f"land-block={blocks}", f"land-block={more}")
    assert kinds(result) == ["land-block", "road"]
    assert len(coordinates(result, "land-block")) == 3
    assert coordinates(result, "road") == [[[12.59, 55.65], [12.591, 55.65], [12.591, 55.652]]]


def test_neighbouring_areas_become_one(tmp_path):
    parks = write_source(tmp_path / "a.geojson", square(12.59, 55.65), square(12.591, 55.65))
    assert len(coordinates(build(tmp_path, f"green={parks}"), "green")) == 1


def test_crossing_streets_stay_whole(tmp_path):
    roads = write_source(
        tmp_path / "a.geojson",
        line((12.59, 55.651), (12.592, 55.651)),
        line((12.591, 55.65), (12.591, 55.652)),
    )
    result = build(tmp_path, f"road={roads}", clip="12.5,55.6,12.7,55.7")
    assert len(coordinates(result, "road")) == 2


def test_only_features_with_the_property_value_are_kept(tmp_path):
    path = tmp_path / "a.geojson"
    write_source(path, line((12.59, 55.65), (12.60, 55.65)), highway="primary")
    write_source(path, line((12.59, 55.66), (12.60, 55.66)), highway="primary_link")
    write_source(path, line((12.59, 55.67), (12.60, 55.67)), highway="steps")
    result = build(tmp_path, f"road-main={path}:highway=primary|primary_link")
    assert {part[0][1] for part in coordinates(result, "road-main")} == {55.65, 55.66}


def test_several_conditions_and_an_unset_property(tmp_path):
    path = tmp_path / "a.geojson"
    write_source(path, line((12.59, 55.65), (12.60, 55.65)), railway="rail")
    write_source(path, line((12.59, 55.66), (12.60, 55.66)), railway="rail", layer="-1")
    result = build(tmp_path, f"rail={path}:railway=rail,layer=")
    assert coordinates(result, "rail") == [[[12.59, 55.65], [12.6, 55.65]]]


def test_clips_to_the_box(tmp_path):
    block = write_source(tmp_path / "a.geojson", square(12.59, 55.65, size=0.01))
    road = write_source(tmp_path / "b.geojson", line((12.58, 55.655), (12.61, 55.655)))
    far = write_source(tmp_path / "c.geojson", square(12.7, 55.65))
    result = build(
        tmp_path,
        f"land-block={block}",
        f"road={road}",
        f"green={far}",
        clip="12.592,55.64,12.595,55.66",
    )
    assert kinds(result) == ["land-block", "road"]
    longitudes = {point[0] for point in coordinates(result, "land-block")[0][0]}
    assert longitudes == {12.592, 12.595}
    assert coordinates(result, "road") == [[[12.592, 55.655], [12.595, 55.655]]]


def test_simplifies_by_metres(tmp_path):
    # The middle point lies about 11 metres beside the straight line.
    bend = line((12.59, 55.65), (12.595, 55.6501), (12.60, 55.65))
    path = write_source(tmp_path / "a.geojson", bend)
    assert len(coordinates(build(tmp_path, f"road={path}", tolerance=5), "road")[0]) == 3
    assert len(coordinates(build(tmp_path, f"road={path}", tolerance=20), "road")[0]) == 2


def test_rounds_and_drops_repeated_points(tmp_path):
    points = line((12.590001, 55.650001), (12.590002, 55.650002), (12.6, 55.651234567))
    path = write_source(tmp_path / "a.geojson", points)
    result = build(tmp_path, f"road={path}", tolerance=0)
    assert coordinates(result, "road") == [[[12.59, 55.65], [12.6, 55.65123]]]


def test_drops_tiny_houses(tmp_path):
    # 0.00004 degrees square is about 11 square metres: a shed, but large enough for a pond.
    path = write_source(
        tmp_path / "a.geojson", square(12.59, 55.65), square(12.6, 55.65, size=0.00004)
    )
    result = build(tmp_path, f"house={path}", f"water={path}")
    assert len(coordinates(result, "house")) == 1
    assert len(coordinates(result, "water")) == 2


def test_lines_of_water_are_drawn_as_lines(tmp_path):
    path = write_source(
        tmp_path / "a.geojson", square(12.59, 55.65), line((12.6, 55.65), (12.61, 55.65))
    )
    result = build(tmp_path, f"water={path}", f"road={path}", f"green={path}")
    assert kinds(result) == ["green", "water", "water-line", "road"]
    assert len(coordinates(result, "green")) == 1
    assert coordinates(result, "road") == coordinates(result, "water-line")


def test_keeps_the_credit_and_writes_compactly(tmp_path):
    path = write_source(tmp_path / "a.geojson", square(12.59, 55.65))
    assert build(tmp_path, f"green={path}")["credit"] == CREDIT
    text = (tmp_path / "maps" / "map.json").read_text(encoding="utf-8")
    assert text.startswith('{"type":"FeatureCollection","credit":"Kort: Københavns Kommune')
    assert ", [" not in text


def test_features_without_geometry_are_skipped(tmp_path):
    path = write_source(tmp_path / "a.geojson", square(12.59, 55.65), None)
    assert kinds(build(tmp_path, f"green={path}")) == ["green"]


def test_refuses_an_unknown_kind(tmp_path):
    path = write_source(tmp_path / "a.geojson", square(12.59, 55.65))
    with pytest.raises(CommandError, match="Unknown kind “forest”"):
        build(tmp_path, f"forest={path}")


def test_refuses_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="does not exist"):
        build(tmp_path, f"green={tmp_path / 'gone.geojson'}")


@pytest.mark.parametrize(
    "text",
    ["not json", "[1, 2]", '{"type": "Feature"}', '{"type": "FeatureCollection"}'],
)
def test_refuses_what_is_not_geojson(tmp_path, text):
    path = tmp_path / "a.geojson"
    path.write_text(text)
    with pytest.raises(CommandError, match="is not GeoJSON"):
        build(tmp_path, f"green={path}")


@pytest.mark.parametrize(
    "feature",
    [
        {"type": "Feature", "geometry": {"type": "Polygon"}},
        {"type": "Feature", "geometry": {"type": "Circle", "coordinates": [1, 2]}},
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}},
        {"type": "Feature", "properties": [1], "geometry": None},
        "feature",
    ],
)
def test_refuses_a_broken_feature(tmp_path, feature):
    path = add_features(tmp_path / "a.geojson", [feature])
    with pytest.raises(CommandError, match="cannot be read"):
        build(tmp_path, f"green={path}:name=")


@pytest.mark.parametrize("clip", ["1,2,3", "a,b,c,d", "12.6,55.6,12.5,55.7"])
def test_refuses_a_bad_clip_box(tmp_path, clip):
    path = write_source(tmp_path / "a.geojson", square(12.59, 55.65))
    with pytest.raises(CommandError, match="clip box"):
        build(tmp_path, f"green={path}", clip=clip)


@pytest.mark.parametrize("source", ["green", "green={path}:name", "green={path}:=x"])
def test_refuses_a_source_it_cannot_read(tmp_path, source):
    path = write_source(tmp_path / "a.geojson", square(12.59, 55.65))
    with pytest.raises(CommandError, match="Write KIND=FILE"):
        build(tmp_path, source.format(path=path))


def test_refuses_a_negative_tolerance(tmp_path):
    path = write_source(tmp_path / "a.geojson", square(12.59, 55.65))
    with pytest.raises(CommandError, match="negative"):
        build(tmp_path, f"green={path}", tolerance=-1)


def test_says_when_no_feature_matches(tmp_path):
    path = write_source(tmp_path / "a.geojson", square(12.59, 55.65), lag="vej")
    with pytest.raises(CommandError, match="No feature"):
        build(tmp_path, f"green={path}:lag=groent")


def test_says_when_nothing_is_left_inside_the_box(tmp_path):
    path = write_source(tmp_path / "a.geojson", square(12.59, 55.65))
    with pytest.raises(CommandError, match="Nothing is left"):
        build(tmp_path, f"green={path}", clip="1,1,2,2")
