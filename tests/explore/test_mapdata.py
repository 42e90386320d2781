"""The map's data: a bounded answer whose counts add up, and nothing in it but what one may see."""

import random
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.explore.mapdata import MAX_TIES
from assetmap.inventory.loader import load_assets
from associations.models import Association
from places.models import Place
from residents.models import Resident
from tests.factories import (
    make_association,
    make_institution,
    make_link,
    make_place,
    make_resident,
)

URL = "/urbanplanen/map.geojson"
WEST, SOUTH, EAST, NORTH = AREA = 12.580, 55.640, 12.610, 55.665
BOX = ",".join(map(str, AREA))
OUTLINE = {
    "type": "Polygon",
    "coordinates": [[[12.59, 55.65], [12.6, 55.65], [12.6, 55.66], [12.59, 55.65]]],
}


def ask(client, **parameters):
    response = client.get(URL, parameters)
    assert response.status_code == 200
    return response.json()


def properties(answer):
    return [feature["properties"] for feature in answer["features"]]


def clusters(answer):
    return [feature for feature in answer["features"] if "cluster" in feature["properties"]]


def singles(answer):
    """The assets that stand alone because the filter found them, not because of a tie."""
    return [
        row
        for row in properties(answer)
        if "uid" in row and "tied" not in row and "selected" not in row
    ]


def counted(answer):
    return len(singles(answer)) + sum(c["properties"]["count"] for c in clusters(answer))


def scatter(area, number, model=Place, box=AREA, **fields):
    """Load assets at random points of a box, the same at every run."""
    lots = random.Random(7)
    west, south, east, north = box
    return load_assets(
        model,
        [
            model(
                area=area,
                name=f"{model.__name__} {n}",
                latitude=lots.uniform(south, north),
                longitude=lots.uniform(west, east),
                **fields,
            )
            for n in range(number)
        ],
    )


# What it says -----------------------------------------------------------------------------


def test_it_is_a_geojson_feature_collection(client, area):
    make_place(area)
    response = client.get(URL)
    assert response["Content-Type"] == "application/geo+json"
    answer = response.json()
    assert answer["type"] == "FeatureCollection"
    assert set(answer) == {"type", "features", "total", "capped"}
    assert (answer["total"], answer["capped"]) == (1, False)


def test_it_is_not_kept_by_anybody_on_the_way(client, area):
    assert "private" in client.get(URL)["Cache-Control"]


def test_an_empty_area_has_an_empty_map(client, area):
    answer = ask(client)
    assert (answer["features"], answer["total"]) == ([], 0)


def test_a_single_asset_says_what_it_is_and_where_its_page_is(client, area):
    place = make_place(area, "Haven", latitude=55.65, longitude=12.59)
    (feature,) = ask(client, zoom=17, bbox=BOX)["features"]
    assert feature["type"] == "Feature"
    assert feature["geometry"] == {"type": "Point", "coordinates": [12.59, 55.65]}
    assert feature["properties"] == {
        "uid": str(place.uid),
        "name": "Haven",
        "layer": "place",
        "url": f"/urbanplanen/places/{place.uid}/",
    }
    assert client.get(feature["properties"]["url"]).status_code == 200


def test_a_cluster_says_how_many_of_each_layer(client, area):
    spot = {"latitude": 55.65, "longitude": 12.59}
    for _ in range(2):
        make_place(area, **spot)
    make_association(area, **spot)
    (feature,) = ask(client, zoom=15, bbox=BOX)["features"]
    assert feature["properties"] == {
        "cluster": True,
        "count": 3,
        "layers": {"place": 2, "association": 1},
    }


def test_a_cluster_stands_in_the_middle_of_its_members(client, area):
    # Three places and an association: each layer must weigh by its number.
    points = [(55.65000, 12.59000), (55.65010, 12.59020), (55.65020, 12.59010)]
    for latitude, longitude in points:
        make_place(area, latitude=latitude, longitude=longitude)
    make_association(area, latitude=55.65050, longitude=12.59050)
    (feature,) = ask(client, zoom=10)["features"]
    assert feature["geometry"]["coordinates"] == pytest.approx([12.5902, 55.6502], abs=2e-6)


def test_coordinates_are_longitude_first_everywhere(client, area):
    hub = make_institution(area, latitude=55.65, longitude=12.59)
    for n in range(3):
        place = make_place(area, latitude=55.655 + n / 100_000, longitude=12.6)
        make_link(hub, place, "uses")
    for zoom in (12, 19):
        for feature in ask(client, zoom=zoom, selected=hub.uid)["features"]:
            points = feature["geometry"]["coordinates"]
            for longitude, latitude in points if isinstance(points[0], list) else [points]:
                assert 12 < longitude < 13
                assert 55 < latitude < 56


def test_what_has_no_position_is_not_on_the_map(client, area):
    make_association(area)
    make_place(area)
    answer = ask(client, zoom=15)
    assert (answer["total"], counted(answer)) == (1, 1)


# Bounds -----------------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [0, 5, 10, 12, 14, 15, 16, 17, 18, 19, 20, 22])
def test_counts_add_up_at_every_zoom_and_the_answer_is_bounded(client, area, zoom):
    scatter(area, 1000)
    scatter(area, 150, Association)
    scatter(area, 50, Place, visibility="private")
    for box in (None, BOX, "12.585,55.645,12.600,55.655", "12.5850,55.6450,12.5870,55.6460"):
        parameters = {"zoom": zoom} | ({"bbox": box} if box else {})
        answer = ask(client, **parameters)
        west, south, east, north = map(float, (box or "-180,-90,180,90").split(","))
        inside = Place.objects.filter(visibility="public").in_bbox(west, south, east, north)
        others = Association.objects.in_bbox(west, south, east, north)
        assert counted(answer) == answer["total"] == inside.count() + others.count()
        assert len(answer["features"]) < 500
        assert all(
            sum(row["layers"].values()) == row["count"] > 1
            for row in properties(answer)
            if "cluster" in row
        )


@pytest.mark.parametrize(
    "query",
    [
        "zoom=22",
        "zoom=22&bbox=-180,-90,180,90",
        "zoom=22&bbox=-180,-85,180,85",
        f"zoom=22&bbox={BOX}",
        f"zoom=19&bbox={BOX}",
        f"zoom=99999&bbox={BOX}",
        f"zoom=abc&bbox={BOX}",
        f"zoom=nan&bbox={BOX}",
        f"zoom=inf&bbox={BOX}",
        f"zoom=-5&bbox={BOX}",
        f"zoom=&bbox={BOX}",
        f"zoom=%00&bbox={BOX}",
        f"zoom={'9' * 5000}&bbox={BOX}",
        "zoom=22&bbox=garbage",
        "zoom=22&bbox=1,2,3",
        "zoom=22&bbox=,,,",
        "bbox=12.58,55.64,12.61,55.64000001",
        "zoom=22&bbox=12.58,55.6499,12.61,55.65&selected=nonsense",
    ],
    ids=lambda query: query[:40],
)
def test_no_query_gets_more_than_500_features(client, area, query):
    scatter(area, 1200)
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    answer = response.json()
    assert len(answer["features"]) <= 500
    assert counted(answer) == answer["total"]


def test_a_world_of_assets_is_bounded_too(client, area):
    scatter(area, 1200, box=(-179, -84, 179, 84))
    for zoom in (0, 1, 2, 3, 8, 22):
        answer = ask(client, zoom=zoom, bbox="-180,-90,180,90")
        assert counted(answer) == answer["total"] == 1200
        assert len(answer["features"]) <= 500


def test_assets_at_the_ends_of_the_earth_are_counted(client, area):
    """Latitudes beyond 85 have no tile in the web's usual map."""
    for latitude, longitude in ((85.2, 0), (-85.2, 0), (10, 180), (10, -180), (89.9, 12)):
        make_place(area, latitude=latitude, longitude=longitude)
    answer = ask(client, zoom=0)
    assert counted(answer) == answer["total"] == 5


@pytest.mark.parametrize("latitude", [90, -90])
def test_a_pole_can_be_saved_as_the_form_allows_it(area, latitude):
    place = make_place(area, latitude=latitude, longitude=12)
    assert Place.objects.get(pk=place.pk).latitude == latitude


def test_closer_means_more_apart(client, area):
    scatter(area, 300)
    numbers = [len(ask(client, zoom=zoom, bbox=BOX)["features"]) for zoom in (10, 13, 15, 19)]
    assert numbers == sorted(numbers)
    assert numbers[0] < numbers[-1]


def test_close_up_only_what_lies_in_one_spot_stays_together(client, area):
    for _ in range(2):
        make_place(area, latitude=55.65, longitude=12.59)
    make_place(area, latitude=55.65003, longitude=12.59)  # 3 metres away
    answer = ask(client, zoom=19, bbox=BOX)
    assert [c["properties"]["count"] for c in clusters(answer)] == [2]
    assert len(singles(answer)) == 1


# What one may see -------------------------------------------------------------------------


def test_hidden_assets_are_in_no_count_and_move_no_cluster(client, area, coordinator):
    spot = {"latitude": 55.65, "longitude": 12.59}
    for _ in range(2):
        make_place(area, **spot)
    hidden = {"latitude": 55.6501, "longitude": 12.5901}
    make_resident(area, **hidden)
    make_place(area, **hidden, status="pending")
    make_place(area, **hidden, status="archived")
    make_association(area, **hidden, visibility="partners")
    (feature,) = ask(client, zoom=10)["features"]
    assert feature["geometry"]["coordinates"] == [12.59, 55.65]
    assert feature["properties"]["layers"] == {"place": 2}
    client.force_login(coordinator)
    assert ask(client, zoom=10)["total"] == 4  # not what waits, nor what is put away


def test_a_resident_stands_in_her_block_and_not_at_her_door(client, area):
    door = {"latitude": 55.652512, "longitude": 12.596834}
    make_resident(area, visibility="public", **door)
    (feature,) = ask(client, zoom=22, bbox=BOX)["features"]
    longitude, latitude = feature["geometry"]["coordinates"]
    assert (latitude, longitude) != (door["latitude"], door["longitude"])
    make_resident(area, visibility="public", latitude=55.652513, longitude=12.596835)
    (feature,) = ask(client, zoom=22, bbox=BOX)["features"]
    assert feature["properties"]["count"] == 2


def test_the_map_and_the_list_agree(client, area, neighbour):
    scatter(area, 20, Place)
    scatter(area, 10, Association, stage="idea")
    scatter(area, 5, Resident, visibility="neighbours")
    make_place(area, "Langt væk", latitude=56)
    for user in (None, neighbour):
        if user:
            client.force_login(user)
        for query in ("", "layer=association", "stage=idea", "q=place 1", f"bbox={BOX}"):
            page = client.get(f"/urbanplanen/?{query}").content.decode()
            number = int(re.search(r'role="status"><strong>(\d+)', page)[1])
            answer = client.get(f"{URL}?{query}&zoom=15").json()
            assert answer["total"] == counted(answer) == number, query


def test_near_narrows_the_map_as_it_narrows_the_list(client, area):
    make_place(area, "Her", latitude=55.65, longitude=12.59)
    make_place(area, "Der", latitude=55.66, longitude=12.59)
    answer = ask(client, near="55.65,12.59", within=300, zoom=15)
    assert [row["name"] for row in singles(answer)] == ["Her"]


# A selected asset -------------------------------------------------------------------------


@pytest.fixture
def hub(area):
    return make_institution(area, "Bibliotek", latitude=55.65, longitude=12.59)


def lines(answer):
    return [f for f in answer["features"] if f["geometry"]["type"] == "LineString"]


def test_a_selected_assets_ties_are_lines_with_both_ends(client, hub, area):
    garden = make_place(area, "Have", latitude=55.655, longitude=12.6)
    make_link(hub, garden, "uses")
    club = make_association(area, "Klub", latitude=55.645, longitude=12.6)
    make_link(club, hub, "meets_at")
    answer = ask(client, zoom=15, bbox=BOX, selected=hub.uid)
    rows = properties(answer)
    assert [row["uid"] for row in rows if row.get("selected")] == [str(hub.uid)]
    tied = {row["name"]: row["uid"] for row in rows if row.get("tied")}
    assert tied == {"Have": str(garden.uid), "Klub": str(club.uid)}
    drawn = {line["properties"]["tie"]: line["geometry"]["coordinates"] for line in lines(answer)}
    assert drawn == {
        "uses": [[12.59, 55.65], [12.6, 55.655]],
        "is home to": [[12.59, 55.65], [12.6, 55.645]],
    }
    assert answer["capped"] is False
    assert answer["total"] == 3  # what the filter found, not what was added


def test_ties_reach_beyond_the_box_and_the_filter(client, hub, area):
    make_link(hub, make_place(area, "Langt væk", latitude=55.7, longitude=12.7), "uses")
    answer = ask(client, zoom=15, bbox=BOX, layer="institution", selected=hub.uid)
    assert len(lines(answer)) == 1
    assert answer["total"] == 1


def test_ties_are_capped_and_it_is_said(client, hub, area):
    for place in scatter(area, MAX_TIES):
        make_link(hub, place, "uses")
    answer = ask(client, zoom=15, selected=hub.uid)
    assert (len(lines(answer)), answer["capped"]) == (MAX_TIES, False)
    make_link(hub, make_place(area), "uses")
    answer = ask(client, zoom=15, selected=hub.uid)
    assert (len(lines(answer)), answer["capped"]) == (MAX_TIES, True)


def test_the_fullest_map_with_the_most_ties_stays_below_500(client, hub, area):
    places = scatter(area, 1200)
    for place in places[: MAX_TIES + 5]:
        make_link(hub, place, "uses")
    for zoom in range(14, 23):
        answer = ask(client, zoom=zoom, bbox=BOX, selected=hub.uid)
        assert len(answer["features"]) <= 500


def test_hidden_ties_and_ends_are_not_drawn(client, hub, area, coordinator):
    make_link(hub, make_place(area, "Privat bånd"), "uses", visibility="private")
    make_link(hub, make_place(area, "Skjult", visibility="private"), "uses")
    make_link(hub, make_place(area, "Venter", status="pending"), "uses")
    make_link(hub, make_resident(area, "Nabo", latitude=55.65, longitude=12.6), "works_with")
    answer = client.get(URL, {"zoom": 15, "selected": hub.uid})
    assert not lines(answer.json())
    for name in ("Skjult", "Venter", "Nabo"):
        assert name not in answer.content.decode()
    client.force_login(coordinator)
    assert len(lines(ask(client, zoom=15, selected=hub.uid))) >= 3


def test_what_is_put_away_is_not_drawn_as_the_end_of_a_tie(client, hub, area, coordinator):
    make_link(hub, make_place(area, "Nedlagt", status="archived"), "uses")
    client.force_login(coordinator)
    answer = client.get(URL, {"zoom": 15, "selected": hub.uid})
    assert "Nedlagt" not in answer.content.decode()


@pytest.mark.parametrize("fields", [{"visibility": "private"}, {"status": "archived"}])
def test_a_hidden_asset_cannot_be_selected(client, area, fields):
    hidden = make_institution(area, "Skjult", latitude=55.65, longitude=12.59, **fields)
    make_link(hidden, make_place(area), "uses")
    answer = ask(client, selected=hidden.uid, zoom=15)
    assert [row["layer"] for row in properties(answer)] == ["place"]


@pytest.mark.parametrize("selected", ["", "x", "%00", "1" * 5000])
def test_nonsense_as_the_selected_is_ignored(client, area, selected):
    make_place(area)
    response = client.get(f"{URL}?selected={selected}")
    assert response.status_code == 200
    assert response.json()["total"] == 1


def test_a_tie_to_what_has_no_position_is_left_out(client, hub, area):
    make_link(hub, make_association(area, "Uden sted"))
    answer = ask(client, zoom=15, selected=hub.uid)
    assert not lines(answer)
    assert "Uden sted" not in str(answer)


@pytest.mark.parametrize(("zoom", "drawn"), [(14, False), (15, False), (16, True), (20, True)])
def test_an_outline_is_drawn_only_close_up(client, area, zoom, drawn):
    make_place(area, outline=OUTLINE)
    (row,) = singles(ask(client, zoom=zoom, bbox=BOX))
    assert row.get("outline") == (OUTLINE if drawn else None)


# Cost -------------------------------------------------------------------------------------


def queries(client, **parameters):
    with CaptureQueriesContext(connection) as captured:
        ask(client, **parameters)
    return len(captured)


@pytest.mark.parametrize("zoom", [10, 15, 20])
def test_the_number_of_queries_does_not_grow_with_rows(client, area, hub, coordinator, zoom):
    client.force_login(coordinator)
    parameters = {"zoom": zoom, "bbox": BOX, "selected": hub.uid}
    for place in scatter(area, 10):
        make_link(hub, place, "uses")
    few = queries(client, **parameters)
    for association in scatter(area, 190, Association)[:30]:
        make_link(association, hub, "meets_at")
    assert queries(client, **parameters) == few
