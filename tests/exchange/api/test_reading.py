"""What is read through the API: what one may see, and never a resident."""

import pytest
from django.utils.http import urlsafe_base64_encode

from assetmap.inventory.models import Gift, Link
from places.models import Place
from tests.factories import (
    make_address,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

from .conftest import Program

ASSETS = "/areas/urbanplanen/assets"
TIES = "/areas/urbanplanen/ties"
BEYOND = urlsafe_base64_encode(b'[false, 0, "a", Infinity]')  # a mark with what is no key


def names(program, query=""):
    return [asset["name"] for asset in program.get(f"{ASSETS}?{query}")["assets"]]


def all_pages(program, path, key, limit=2):
    rows, cursor = [], ""
    while cursor is not None:
        page = program.get(f"{path}?limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
        rows += page[key]
        cursor = page["next"]
    return rows


def test_areas_are_listed_and_one_is_told_with_its_outline(visitor, area, other_area):
    assert [one["slug"] for one in visitor.get("/areas")["areas"]] == ["naboby", "urbanplanen"]
    assert [a["slug"] for a in all_pages(visitor, "/areas", "areas", 1)] == ["naboby", area.slug]
    assert visitor.get("/areas/urbanplanen")["boundary"] == area.boundary
    assert visitor.ask("GET", "/areas/nowhere").status_code == 404


def test_the_vocabulary_is_told_whole(visitor):
    gifts = visitor.get("/gifts")
    assert len(gifts) == Gift.objects.count()
    assert {"code", "names", "group", "group_names", "kind"} == set(gifts[0])


def test_an_asset_is_told_with_its_own_fields_gifts_languages_and_version(visitor, garden):
    make_offering(garden, "FG7", note="om søndagen")
    garden.languages.create(code="da")
    told = visitor.get(f"{ASSETS}/{garden.uid}")
    assert (told["name"], told["kind"]) == ("Fælleshaven", "other")
    assert (told["version"], told["status"], told["languages"]) == (1, "active", ["da"])
    assert [(gift["gift"], gift["note"]) for gift in told["gifts"]] == [("FG7", "om søndagen")]
    assert visitor.get(f"{ASSETS}/{garden.uid}/gifts") == told["gifts"]


def test_pages_hold_every_asset_once_in_the_order_of_the_list(visitor, area):
    for name in ("Åben", "Bageri", "Ærø", "Café", "Øl"):
        make_place(area, name)
    make_resident(area, "Cilla", visibility="public")
    told = [asset["name"] for asset in all_pages(visitor, ASSETS, "assets")]
    assert told == ["Bageri", "Café", "Ærø", "Øl", "Åben"]


def test_a_walk_ends_where_the_rest_was_taken_away(visitor, area):
    places = [make_place(area, name) for name in "abc"]
    cursor = visitor.get(f"{ASSETS}?limit=1")["next"]
    Place.objects.filter(pk__in=[places[1].pk, places[2].pk]).delete()
    assert visitor.get(f"{ASSETS}?cursor={cursor}") == {"assets": [], "next": None}


def test_the_filter_is_that_of_the_list(visitor, area):
    make_address(area, "Remisevej 14", latitude=55.70, longitude=12.50)
    bakery = make_institution(area, "Bageriet", sector="private", latitude=55.70, longitude=12.50)
    idea = make_association(area, "Idéen", stage="idea")
    hall = make_place(area, "Salen")
    make_offering(hall, "FG7", "teach")
    hall.languages.create(code="so")
    make_link(idea, hall, "uses")
    for query, wanted in {
        "q=bager": [bakery],
        "layer=place&layer=association": [idea, hall],
        "gift=FG7&mode=gives": [hall],
        "mode=seeks": [],
        "sector=private": [bakery],
        "stage=idea": [idea],
        "language=so": [hall],
        "bbox=12.49,55.69,12.51,55.71": [bakery],
        "near=55.70,12.50&within=100": [bakery],
        "near=Remisevej 14": [bakery],
        f"near={hall.uid}&within=50000&sort=distance": [hall, bakery],
        f"linked_to={hall.uid}": [idea],
    }.items():
        assert names(visitor, query) == [asset.name for asset in wanted], query


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ("layer=castle", "castle"),
        ("layer=resident", "resident"),
        ("gift=XX99", "XX99"),
        ("bbox=1,2,3", "bbox: The map section"),
        ("near=nowhere", "near: No such point"),
        ("within=0", "within:"),
        ("linked_to=me", "linked_to:"),
        ("sort=size", "sort:"),
        ("q=%00", "q:"),
        ("limit=201", "limit: Input should be less than or equal to 200."),
        ("limit=many", "limit:"),
        ("cursor=made-up", "cursor:"),
        (f"cursor={BEYOND}", "cursor:"),
    ],
)
def test_what_means_nothing_in_the_filter_is_said(visitor, query, about):
    response = visitor.ask("GET", f"{ASSETS}?{query}")
    assert response.status_code == 422 and about in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/areas/no%20slug", 422),
        ("/areas/%00", 422),
        ("/areas/nowhere/assets", 404),
        (f"{ASSETS}/me", 422),
        (f"{ASSETS}/0d9a3d9c-2a30-4a35-9d8e-0f6f3a3c1c55", 404),
        (f"{TIES}/me", 422),
    ],
)
def test_an_address_of_nothing_is_refused_in_words(visitor, area, path, status):
    response = visitor.ask("GET", path)
    assert response.status_code == status and response.json()["detail"].endswith(
        (".", "_-]{1,50}$'.")
    )


def test_residents_are_told_to_nobody_by_no_way(area, coordinator, garden, club):
    """Neither themselves, nor where they live, nor whom they are tied to."""
    place = {"latitude": 55.6, "longitude": 12.6}
    person = make_resident(area, "Cilla", visibility="public", **place)
    tie = make_link(person, garden, "helps")
    make_link(garden, club)
    for program in (Program(), Program(coordinator), Program(make_user("resident", area))):
        assert sorted(names(program)) == ["Fælleshaven", "Klubben"]
        assert names(program, f"linked_to={person.uid}") == []
        assert program.ask("GET", f"{ASSETS}?near={person.uid}").status_code == 422
        assert program.ask("GET", f"{ASSETS}/{person.uid}").status_code == 404
        assert program.ask("GET", f"{TIES}/{tie.uid}").status_code == 404
        assert [row["source_name"] for row in program.get(TIES)["ties"]] == ["Fælleshaven"]
        assert program.get(f"{TIES}?source={person.uid}")["ties"] == []


def test_each_sees_what_the_site_shows_her(area, coordinator, partner, neighbour, stranger):
    for visibility in ("public", "neighbours", "partners", "private"):
        make_place(area, visibility, visibility=visibility)
    make_place(area, "waits", status="pending")
    assert names(Program()) == names(Program(stranger)) == ["public"]
    assert names(Program(neighbour)) == ["neighbours", "public"]
    assert names(Program(partner)) == ["neighbours", "partners", "public"]
    assert names(Program(coordinator)) == ["neighbours", "partners", "private", "public"]


def test_a_session_is_no_token(client, coordinator, area):
    hidden = make_place(area, visibility="private")
    client.force_login(coordinator)
    assert client.get(f"/api/v1{ASSETS}").json()["assets"] == []
    assert client.get(f"/api/v1{ASSETS}/{hidden.uid}").status_code == 404


def test_only_coordinators_read_what_is_archived(visitor, keeper, area):
    gone = make_place(area, status="archived")
    assert visitor.ask("GET", f"{ASSETS}/{gone.uid}").status_code == 404
    assert keeper.get(f"{ASSETS}/{gone.uid}")["status"] == "archived"


def test_an_asset_of_another_area_is_not_here(visitor, other_area, area):
    elsewhere = make_place(other_area)
    assert visitor.ask("GET", f"{ASSETS}/{elsewhere.uid}").status_code == 404
    assert visitor.get(f"/areas/naboby/assets/{elsewhere.uid}")["uid"] == str(elsewhere.uid)


def test_ties_are_paged_and_found_by_end_and_kind(visitor, area, garden, club):
    hall = make_institution(area, "Huset")
    make_link(club, garden, "uses")
    make_link(hall, garden, "uses")
    make_link(hall, club, "supports", visibility="private")
    gone = make_link(club, make_place(area, status="archived"), "uses")
    assert len(all_pages(visitor, TIES, "ties", 1)) == 2
    of_club = visitor.get(f"{TIES}?source={club.uid}&target={garden.uid}&kind=uses")["ties"]
    assert [(tie["source_name"], tie["target_name"]) for tie in of_club] == [
        ("Klubben", garden.name)
    ]
    assert visitor.get(f"{TIES}?kind=supports")["ties"] == []
    assert visitor.get(f"{TIES}/{of_club[0]['uid']}") == of_club[0]
    assert visitor.ask("GET", f"{TIES}/{gone.uid}").status_code == 404
    assert visitor.ask("GET", f"{TIES}?source=me").status_code == 422
    assert visitor.ask("GET", f"{TIES}?kind=hates").status_code == 422


def test_any_site_may_read_but_without_credentials(visitor, keeper, area):
    response = visitor.ask("GET", ASSETS)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert visitor.ask("GET", "/areas/nowhere")["Access-Control-Allow-Origin"] == "*"
    for refused in (visitor.ask("POST", ASSETS, {}), visitor.ask("OPTIONS", ASSETS)):
        assert "Access-Control-Allow-Origin" not in refused
    assert "no-store" in keeper.ask("GET", ASSETS)["Cache-Control"]


@pytest.mark.parametrize("path", [ASSETS, TIES, "/areas", "/gifts"])
def test_queries_do_not_grow_with_rows(
    keeper, area, path, django_assert_max_num_queries, django_assert_num_queries
):
    def more():
        places = [make_place(area), make_association(area), make_institution(area)]
        for place in places:
            make_offering(place, "FG7")
            place.languages.create(code="da")
        make_link(places[0], places[1])

    more()
    keeper.get(path)  # notes the use of the token
    with django_assert_max_num_queries(16) as few:
        keeper.get(path)
    for _ in range(4):
        more()
    with django_assert_num_queries(len(few)):
        keeper.get(path)
    assert Link.objects.count() == 5
