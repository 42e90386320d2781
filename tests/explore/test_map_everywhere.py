"""The map of all areas: areas from far away, assets close up, bounded and honest in both."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.areas.models import Area
from assetmap.explore import mapdata
from assetmap.inventory import search
from assetmap.inventory.loader import load_assets
from assetmap.inventory.models import Asset
from associations.models import Association
from places.models import Place
from tests.factories import make_admin, make_area, make_association, make_place, make_resident

URL = "/map.geojson"
DENMARK = "8,54.5,12.8,57.8"
NEAR, FAR = mapdata.ASSETS_FROM, mapdata.ASSETS_FROM - 1  # zooms
HERE = {"latitude": 55.65, "longitude": 12.59}
THERE = {"latitude": 56.15, "longitude": 10.2}


def ask(client, **parameters):
    response = client.get(URL, parameters)
    assert response.status_code == 200
    return response.json()


def properties(answer):
    return [feature["properties"] for feature in answer["features"]]


def counted(answer):
    return sum(row.get("count", 1) for row in properties(answer))


def named(answer):
    """The areas that stand alone, as {name: count}."""
    return {row["area"]: row["count"] for row in properties(answer) if "area" in row}


@pytest.fixture
def two(area, other_area):
    """Two areas far from each other, with three assets and two."""
    for latitude, longitude in ((55.65, 12.59), (55.66, 12.6)):
        make_place(area, "Huset", latitude=latitude, longitude=longitude)
    make_association(area, latitude=55.652, longitude=12.586)
    make_place(other_area, "Laden", **THERE)
    make_association(other_area, "Klub", latitude=56.152, longitude=10.21)
    make_place(other_area, "Uden sted", latitude=None, longitude=None)
    return area, other_area


# Areas from far away ----------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [5, 8, FAR])
def test_from_far_away_areas_are_shown_with_their_counts(client, two, zoom):
    answer = ask(client, zoom=zoom, bbox=DENMARK)
    assert (answer["total"], answer["capped"]) == (5, False)
    found = {row["area"]: row for row in properties(answer)}
    assert found["Urbanplanen"] == {
        **{"cluster": True, "count": 3, "layers": {"place": 2, "association": 1}},
        **{"area": "Urbanplanen", "url": "/urbanplanen/"},
    }
    assert found["Naboby"]["layers"] == {"place": 1, "association": 1}


def test_an_area_stands_at_the_mean_of_its_assets(client, two):
    """Not at its centre, nor at the mean of its layers."""
    found = {
        feature["properties"]["area"]: feature["geometry"]["coordinates"]
        for feature in ask(client, zoom=8)["features"]
    }
    assert found["Urbanplanen"] == pytest.approx([12.592, 55.654], abs=2e-6)
    assert found["Naboby"] == pytest.approx([10.205, 56.151], abs=2e-6)


def test_areas_close_together_are_one_with_the_mean_of_all(client, two):
    (feature,) = ask(client, zoom=0)["features"]
    assert feature["properties"] == {
        **{"cluster": True, "count": 5, "layers": {"place": 3, "association": 2}, "areas": 2}
    }
    longitude, latitude = feature["geometry"]["coordinates"]
    assert longitude == pytest.approx((12.592 * 3 + 10.205 * 2) / 5, abs=2e-6)
    assert latitude == pytest.approx((55.654 * 3 + 56.151 * 2) / 5, abs=2e-6)


def test_an_area_with_nothing_on_the_map_is_left_out(client, area, other_area):
    make_place(area, latitude=None, longitude=None)
    make_place(other_area, status="archived")
    assert ask(client, zoom=8)["features"] == []


def test_a_layer_counts_its_own_alone_and_moves_the_area(client, two):
    answer = ask(client, zoom=8, layer="association")
    assert named(answer) == {"Urbanplanen": 1, "Naboby": 1}
    positions = [feature["geometry"]["coordinates"] for feature in answer["features"]]
    assert sorted(positions) == [[10.21, 56.152], [12.586, 55.652]]
    assert ask(client, zoom=8, layer=["place", "association"])["total"] == 5
    assert ask(client, zoom=8, layer="resident")["features"] == []


def test_only_areas_inside_the_section_are_shown(client, two):
    assert named(ask(client, zoom=8, bbox="9,55,11,57")) == {"Naboby": 2}
    assert named(ask(client, zoom=8, bbox="12,55,13,57")) == {"Urbanplanen": 3}
    assert named(ask(client, zoom=8, bbox="1,1,2,2")) == {}


def test_each_counts_what_she_may_see(client, area, coordinator, partner, neighbour, stranger):
    for level in ("public", "neighbours", "partners", "private"):
        make_place(area, visibility=level, **HERE)
    for status in ("pending", "archived", "unconfirmed"):
        make_place(area, status=status, latitude=55.7, longitude=12.7)
    make_resident(area, latitude=55.7, longitude=12.7)
    for user, number in ((None, 1), (stranger, 1), (neighbour, 2), (partner, 3), (coordinator, 5)):
        if user:
            client.force_login(user)
        (feature,) = ask(client, zoom=8)["features"]
        assert feature["properties"]["count"] == number
        far = feature["geometry"]["coordinates"] != [12.59, 55.65]
        assert far is (user == coordinator)
    client.force_login(make_admin())
    assert ask(client, zoom=8)["total"] == 5


def test_the_tallies_and_the_rows_count_the_same(client, two, monkeypatch):
    queries = [{}, {"layer": "place"}, {"bbox": DENMARK}, {"layer": "association", "zoom": 3}]
    by_tallies = [ask(client, **{"zoom": FAR, **query})["total"] for query in queries]
    monkeypatch.setattr(mapdata, "ASSETS_FROM", 0)
    by_rows = [ask(client, **{"zoom": FAR, **query}) for query in queries]
    assert by_tallies == [answer["total"] for answer in by_rows] == [5, 3, 5, 2]
    assert [counted(answer) for answer in by_rows] == by_tallies


# Assets close up --------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [NEAR, 17, 22])
def test_close_up_assets_of_every_area_are_shown(client, two, zoom):
    answer = ask(client, zoom=zoom, bbox="10.1,56.1,10.3,56.2")
    assert counted(answer) == answer["total"] == 2
    answer = ask(client, zoom=22, bbox="10.1,56.1,10.3,56.2")
    assert {row["name"] for row in properties(answer)} == {"Laden", "Klub"}
    urls = {row["url"] for row in properties(answer)}
    assert all(client.get(url).status_code == 200 for url in urls)


def test_a_text_filter_shows_assets_at_any_zoom(client, two):
    for zoom in (5, FAR, NEAR):
        answer = ask(client, zoom=zoom, q="laden")
        assert [row.get("name") for row in properties(answer)] == ["Laden"]


def test_a_common_word_is_shown_by_some_until_the_map_is_close(client, two, monkeypatch):
    rows = [Place(area=two[n % 2], name=f"Kor {n:02}", **(HERE, THERE)[n % 2]) for n in range(40)]
    load_assets(Place, rows)
    monkeypatch.setattr(search, "MANY", 10)
    monkeypatch.setattr(mapdata, "SAMPLE", 15)
    some = connection.vendor == "sqlite"
    answer = ask(client, zoom=6, q="kor", bbox=DENMARK)
    assert (answer["capped"], answer["total"]) == ((True, 15) if some else (False, 40))
    assert counted(answer) == answer["total"]
    answer = ask(client, zoom=NEAR, q="kor", bbox="12.5,55.6,12.7,55.7")
    assert (answer["capped"], answer["total"]) == (False, 20)


# Bounds -----------------------------------------------------------------------------------


@pytest.fixture
def thousand(db):
    """A thousand areas all over the country, each with an asset or two."""
    lots = random.Random(8)
    areas = Area.objects.bulk_create(
        Area(name=f"By {n}", slug=f"by-{n}", latitude=56, longitude=10) for n in range(1000)
    )
    spots = [(lots.uniform(54.5, 57.8), lots.uniform(8, 12.8)) for _ in areas]
    for model, some in ((Place, areas), (Association, areas[::3])):
        load_assets(
            model,
            [
                model(area=area, name="Et", latitude=north, longitude=east)
                for area, (north, east) in zip(some, spots, strict=False)
            ],
        )


def test_a_thousand_areas_stay_below_500_features_at_every_zoom(client, thousand):
    numbers = []
    for zoom in range(23):
        for box in ({}, {"bbox": DENMARK}, {"bbox": "-180,-90,180,90"}):
            answer = ask(client, zoom=zoom, **box)
            assert len(answer["features"]) <= 500
            assert counted(answer) == answer["total"] == 1334
        numbers.append(len(answer["features"]))
    assert len(ask(client, zoom=9, bbox=DENMARK)["features"]) > 50


def test_queries_do_not_grow_with_areas(client, two):
    numbers = []
    for n in (0, 30):
        for at in range(n):
            make_place(make_area(f"by-{at}"), latitude=55 + at / 20, longitude=9)
        for zoom in (7, 16):
            with CaptureQueriesContext(connection) as queries:
                ask(client, zoom=zoom, bbox=DENMARK)
            numbers.append(len(queries))
    assert numbers[:2] == numbers[2:]
    assert max(numbers) < 10


# Sent only if new -------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/map.geojson", "/urbanplanen/map.geojson"])
@pytest.mark.parametrize("query", ["?zoom=8", "?zoom=16&bbox=12,55,13,56", "?q=huset", "?layer=x"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_the_same_map_is_not_sent_twice(client, two, path, query, encoding):
    headers = {"accept-encoding": encoding}
    first = client.get(path + query, headers=headers)
    again = client.get(path + query, headers=headers | {"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert again.content == b""
    assert again["ETag"].removeprefix("W/") == first["ETag"].removeprefix("W/")


WRITES = {
    "added": lambda row: make_place(row.area, "Nyt hus", **HERE),
    "moved": lambda row: Asset.objects.filter(pk=row.pk).update(longitude=12.7),
    "put away": lambda row: Asset.objects.filter(pk=row.pk).update(status="archived"),
    "hidden": lambda row: Asset.objects.filter(pk=row.pk).update(visibility="private"),
    "deleted": lambda row: row.delete(),
}


@pytest.mark.parametrize("path", ["/map.geojson", "/urbanplanen/map.geojson"])
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_after_a_write_the_map_is_sent_again(client, two, path, write):
    queries = ["?zoom=8", "?zoom=18", "?q=hus"]
    tags = [client.get(path + query)["ETag"] for query in queries]
    write(Place.objects.filter(area=two[0]).first())
    for query, tag in zip(queries, tags, strict=True):
        assert client.get(path + query, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/map.geojson", "/urbanplanen/map.geojson"])
def test_somebody_who_sees_more_is_sent_her_own_map(client, two, coordinator, path):
    make_place(two[0], visibility="private")
    tag = client.get(path)["ETag"]
    client.force_login(coordinator)
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200
    assert "no-cache" in client.get(path)["Cache-Control"]
    assert "Cookie" in client.get(path)["Vary"]
