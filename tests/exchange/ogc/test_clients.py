"""Programs that others wrote read the feed from a running site: GDAL, and OWSLib."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assetmap.exchange.ogc.views import ItemsView
from assetmap.inventory.loader import load_assets, load_links
from assetmap.inventory.models import Link
from associations.models import Association
from places.models import Place
from tests import factories

from .test_where import EAST, NORTH

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
HERE = Path(__file__).parent
PATIENCE = 60  # seconds
BOX = [12.59, 55.64, 12.61, 55.66]


@pytest.fixture
def read(live_server):
    """Run one of the programs beside this file, and return what it printed."""

    def run(program, *asked):
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        command = [sys.executable, HERE / program, f"{live_server.url}/api/ogc/"]
        done = subprocess.run(
            [*command, *map(json.dumps, asked)],
            env=kept | {"NO_PROXY": "*", "no_proxy": "*"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def got(monkeypatch):
    """What the server was asked for, as query strings of the requests for items."""
    asked = []

    def note(view, *args, **kwargs):
        asked.append(view.request.GET.dict())
        return original(view, *args, **kwargs)

    original = ItemsView.document
    monkeypatch.setattr(ItemsView, "document", note)
    return asked


def spots(number):
    """Where things lie: in Urbanplanen, but for every tenth, which is far away."""
    here, away = {"latitude": 55.6525, "longitude": 12.5968}, {"latitude": 57, "longitude": 9}
    return [here if n % 10 else away for n in range(number)]


def make_places(area, number):
    """Places of which every third is a park, and the second is not placed."""
    places = [
        Place(area=area, name=f"Sted {n}", kind="room" if n % 3 else "park", **spot)
        for n, spot in enumerate(spots(number))
    ]
    places[1].latitude = places[1].longitude = None
    return load_assets(Place, places)


def make_ties(area, places):
    """A group for each of the places, where it meets."""
    rows = enumerate(spots(len(places)))
    groups = [Association(area=area, name=f"Gruppe {n}", **spot) for n, spot in rows]
    pairs = zip(load_assets(Association, groups), places, strict=True)
    load_links([Link(source=one, target=other, kind="meets_at") for one, other in pairs])


def test_gdal_reads_all_pages_of_every_collection(area, read):
    """Of the places more than fit on its page of 1,000."""
    places = make_places(area, 1_010)
    make_ties(area, places[:25])
    wanted = {"associations": 25, "institutions": 0, "places": 1_010, "ties": 25}
    asked = [{"layer": name} for name in wanted if wanted[name]]
    asked[0]["PAGE_SIZE"] = asked[2]["PAGE_SIZE"] = "10"
    found = read("read_by_gdal.py", *asked)
    assert found["layers"] == list(wanted)
    groups, read_places, ties = found["read"]
    assert set(read_places["names"]) == {str(place.uid) for place in places}
    assert [len(row["names"]) for row in (groups, read_places, ties)] == [25, 1_010, 25]
    assert (read_places["kinds"], read_places["missing"]) == (["Point"], 1)
    assert (ties["kinds"], ties["missing"]) == (["LineString"], 1)
    assert {"area", "name", "kind", "capacity", "url", "updated_at"} <= set(read_places["fields"])


@pytest.fixture
def near_and_in(area):
    """A place whose outline reaches almost to a box, and a later one that lies in it."""
    corners = [[12.5, 55.6], [12.51, 55.6], [12.5, 55.61], [12.5, 55.6]]
    outline = {"type": "Polygon", "coordinates": [corners]}
    factories.make_place(area, latitude=55.605, longitude=12.505, outline=outline)
    return factories.make_place(area, latitude=55.625, longitude=12.525)


def test_gdal_leaves_boxes_properties_and_metres_to_the_server(area, near_and_in, read, got):
    """It takes an empty page for the last one, so none is given while more follow."""
    places = make_places(area, 60)
    make_ties(area, places)
    around = [EAST - 500, NORTH - 500, EAST + 500, NORTH + 500]
    found = read(
        "read_by_gdal.py",
        {"layer": "places", "bbox": BOX},
        {"layer": "places", "where": "kind = 'park'"},
        {"layer": "places", "where": "kind = 'park'", "bbox": BOX, "PAGE_SIZE": "5"},
        {"layer": "ties", "where": "kind = 'meets_at'", "bbox": BOX, "PAGE_SIZE": "20"},
        {"layer": "places", "bbox": [12.52, 55.62, 12.53, 55.63], "PAGE_SIZE": "1"},
        {"layer": "places", "bbox": around, "CRS": "EPSG:25832"},
    )
    inside = {str(place.uid) for place in places if place.latitude == 55.6525}
    parks = {str(place.uid) for place in places if place.kind == "park"}
    in_box, by_kind, both, ties, beyond_near, in_metres = (row["names"] for row in found["read"])
    assert sorted(in_box) == sorted(in_metres) == sorted(inside)
    assert sorted(by_kind) == sorted(parks)
    assert sorted(both) == sorted(inside & parks)
    assert len(ties) == len(set(ties)) == len(inside)
    assert beyond_near == [str(near_and_in.uid)]
    assert any("bbox" in asked and asked.get("kind") == "park" for asked in got)
    metres = "http://www.opengis.net/def/crs/EPSG/0/25832"
    assert any(asked.get("bbox-crs") == asked.get("crs") == metres for asked in got)
    told = found["read"][-1]
    assert told["crs"] == "EPSG:25832"
    assert told["coordinates"] == [pytest.approx([EAST, NORTH], abs=0.001)] * len(inside)


def test_owslib_reads_collections_pages_boxes_and_queryables(area, read):
    places = [factories.make_place(area, kind=kind) for kind in ("park", "room", "park")]
    factories.make_place(area, latitude=57, longitude=9)
    factories.make_link(factories.make_association(area), places[0], "meets_at")
    found = read("read_by_owslib.py")
    assert found["collections"] == ["associations", "institutions", "places", "ties"]
    assert any(uri.endswith("ogcapi-features-1/1.0/conf/core") for uri in found["conforms"])
    assert found["openapi"].startswith("3.0")
    pages = found["pages"]["places"]
    assert [len(page) for page in pages] == [2, 2]
    assert [uid for page in pages for uid in page][:3] == [str(place.uid) for place in places]
    assert len(found["in_box"][0]) == 3
    assert found["parks"] == [[str(places[0].uid), str(places[2].uid)]]
    assert (found["title"], found["item"]) == ("ties", str(places[0].uid))
    assert {"area", "kind", "wheelchair"} <= set(found["queryables"])
