"""Street names of a base map: one point a stretch, turned along its street."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.once

ALONG = [[12.590, 55.650], [12.600, 55.650]]  # about 630 m, due east
UP = [[12.595, 55.6500], [12.595, 55.6520]]  # about 220 m, due north


def street(name, coordinates, **properties):
    return {
        "type": "Feature",
        "properties": {"name": name, "highway": "residential", **properties},
        "geometry": {"type": "LineString", "coordinates": coordinates},
    }


def make(tmp_path, *features, clip=None):
    source, out = tmp_path / "streets.geojson", tmp_path / "names.json"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    wanted = f"road={source}:highway=residential"
    call_command("make_street_names", str(out), wanted, credit="Me", clip=clip, verbosity=0)
    return json.loads(out.read_text())


def test_a_name_stands_in_the_middle_of_its_street_along_it(tmp_path):
    names = make(tmp_path, street("Opvej", UP))
    (label,) = names["features"]
    assert names["credit"] == "Me"
    assert label["properties"] == {"kind": "name", "name": "Opvej", "angle": -90}
    assert label["geometry"]["coordinates"] == pytest.approx([12.595, 55.651], abs=1e-4)


def test_a_long_street_bears_its_name_more_than_once_and_readably(tmp_path):
    names = make(tmp_path, street("Langgade", ALONG[::-1]))["features"]
    assert len(names) == 2
    assert {label["properties"]["angle"] for label in names} == {0}


def test_pieces_of_a_street_are_joined_and_short_streets_left_out(tmp_path):
    middle = [12.595, 55.650]
    pieces = [street("Langgade", [ALONG[0], middle]), street("Langgade", [middle, ALONG[1]])]
    stub = street("Stubben", [[12.5900, 55.660], [12.5901, 55.660]])
    names = make(tmp_path, *pieces, stub)["features"]
    assert [label["properties"]["name"] for label in names] == ["Langgade", "Langgade"]


def test_what_lies_outside_the_box_is_left_out(tmp_path):
    with pytest.raises(CommandError, match="No line has a name"):
        make(tmp_path, street("Opvej", UP), clip="12.0,55.0,12.1,55.1")


def test_only_the_lines_asked_for_count(tmp_path):
    path = street("Stien", UP, highway="path")
    names = make(tmp_path, street("Langgade", ALONG), path)["features"]
    assert {label["properties"]["name"] for label in names} == {"Langgade"}
