"""OpenStreetMap: what is an asset, and the three forms of the same data."""

import json
from functools import cache

import pytest

from assetmap.exchange.reading.osmkinds import main_tag, osm_kinds
from assetmap.inventory.models import layer_models

from .files import read, rows_of

pytestmark = pytest.mark.once

OLD = "2012-09-11T00:00:00Z"
BODY = {"type": "node", "id": 1, "lat": 55.6, "lon": 12.5}


@cache
def extract(name):
    reading = read(f"osm/{name}")
    return reading, list(reading.sheets[0].rows())


def answer(*elements, date="2024-01-01T00:00:00Z"):
    return json.dumps({"osm3s": {"timestamp_osm_base": date}, "elements": elements})


def test_every_kind_is_one_that_its_layer_has():
    for tag, kind in osm_kinds().items():
        model = layer_models()[kind.layer]
        assert kind.kind in (model.Kind.values if hasattr(model, "Kind") else [""]), tag
        assert kind.name_da and kind.name_en, tag


def test_telling_tag_wins():
    assert main_tag({"shop": "books", "amenity": "library"}) == "amenity=library"
    assert main_tag({"amenity": "cafe;bar"}) == "amenity=cafe"
    assert main_tag({"highway": "residential", "building": "yes"}) == ""


@pytest.mark.parametrize(
    ("name", "rows", "licence"),
    [
        ("urbanplanen-2011.overpass.json", 85, "CC BY-SA 2.0"),
        ("urbanplanen-2011.osm", 90, "ODbL"),
        ("amager-2011.osm.pbf", 376, "ODbL"),
    ],
)
def test_extract_gives_its_assets_and_says_how_much_is_left_out(name, rows, licence):
    reading, found = extract(name)
    assert (len(found), reading.licence) == (rows, licence)
    assert "left out" in str(reading.notes[0])
    assert all(row.geometry and row.key for row in found)


def test_three_forms_agree_about_a_place():
    keys = []
    for name in ("urbanplanen-2011.overpass.json", "urbanplanen-2011.osm", "amager-2011.osm.pbf"):
        rows = {row.key: row for row in extract(name)[1]}
        row = rows["node/280270098"]
        keys.append((row.values[:2], row.geometry.wkt))
    assert keys[0][0] == ("Jensen's Boefhus", "amenity=restaurant")
    assert len(set(keys)) == 1


def test_address_is_written_as_danes_write_it(opened):
    tags = {"amenity": "library", "addr:street": "Remisevej", "addr:housenumber": "14"}
    tags |= {"addr:postcode": "2300", "addr:city": "København S", "contact:phone": "33 66 30 00"}
    row = rows_of(opened(answer(BODY | {"tags": tags}), "o.json"))[0]
    assert row["address"] == "Remisevej 14, 2300 København S"
    assert (row["name"], row["phone"]) == ("", "33 66 30 00")


def test_ways_stand_on_nodes_that_come_after_them(opened):
    corners = [(0, 0), (0, 1), (1, 1)]
    nodes = [{"type": "node", "id": n, "lon": x, "lat": y} for n, (x, y) in enumerate(corners)]
    way = {"type": "way", "id": 5, "nodes": [0, 1, 2, 0], "tags": {"leisure": "park"}}
    row = next(opened(answer(way, *nodes), "o.json").sheets[0].rows())
    assert (row.key, row.geometry.area) == ("way/5", 0.5)


def test_shapes_written_out_are_read(opened):
    line = [{"lat": 0, "lon": 0}, {"lat": 0, "lon": 1}, {"lat": 1, "lon": 1}, {"lat": 0, "lon": 0}]
    way = {"type": "way", "id": 1, "geometry": line, "tags": {"leisure": "park"}}
    member = {"type": "way", "ref": 1, "role": "outer", "geometry": line}
    tags = {"leisure": "park"}
    relation = {"type": "relation", "id": 2, "members": [member], "tags": tags}
    rows = list(opened(answer(way, relation), "o.json").sheets[0].rows())
    assert [row.geometry.area for row in rows] == [0.5, 0.5]


def test_licence_is_that_of_the_day(opened):
    element = BODY | {"tags": {"amenity": "library"}}
    assert opened(answer(element), "o.json").licence == "ODbL"
    assert opened(answer(element, date=OLD), "o.json").licence == "CC BY-SA 2.0"


def test_relation_without_all_its_ways_is_kept_without_a_place(opened):
    tags = '<tag k="type" v="multipolygon"/><tag k="leisure" v="park"/>'
    member = '<member type="way" ref="7" role="outer"/>'
    osm = f'<osm version="0.6"><relation id="9">{member}{tags}</relation></osm>'
    (row,) = opened(osm, "a.osm").sheets[0].rows()
    assert (row.key, row.geometry) == ("relation/9", None)


def test_extract_with_nothing_but_streets_is_refused(refused):
    street = BODY | {"tags": {"highway": "crossing"}}
    assert "no place" in refused(answer(street), "o.json")
