"""The page of all areas: the areas with what one may see there, and a search in all of them."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.areas.models import Area
from assetmap.areas.text import sort_key
from assetmap.explore import filters
from assetmap.inventory import search
from assetmap.inventory.loader import load_assets
from associations.models import Association
from places.models import Place
from tests.factories import (
    make_admin,
    make_area,
    make_association,
    make_offering,
    make_place,
    make_resident,
    make_user,
)


def get(client, query="", **parameters):
    response = client.get(f"/?{query}" if query else "/", None if query else parameters)
    assert response.status_code == 200
    return response.content.decode()


def areas_on(page):
    """The areas on a page with their numbers, as {name: number}, in order."""
    found = re.findall(
        r'<h3><a href="[^"]*">(.*?)</a></h3>\s*<p class="kind">.*?([\d.,]+) asset', page, re.DOTALL
    )
    return {unescape(name): int(number) for name, number in found}


def names_on(page):
    return [unescape(name) for name in re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page)]


def total(page):
    text = re.search(r'role="status">(.*?)</p>', page, re.DOTALL)[1]
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def make_areas(number):
    rows = (
        Area(name=f"Kvarter {n}", slug=f"k-{n}", latitude=55, longitude=12) for n in range(number)
    )
    for area in (areas := list(rows)):
        area.name_order = sort_key(area.name)
    return Area.objects.bulk_create(areas)


# The areas --------------------------------------------------------------------------------


def test_the_areas_stand_in_danish_order_each_with_a_link(client, db):
    for slug, name in (
        ("a", "Ågården"),
        ("b", "Zebra"),
        ("c", "Øen"),
        ("d", "Ny 10"),
        ("e", "Ny 2"),
    ):
        make_area(slug, name=name, introduction=f"Om <{slug}>", municipality="Køge")
    page = get(client)
    assert list(areas_on(page)) == ["Ny 2", "Ny 10", "Zebra", "Øen", "Ågården"]
    assert '<h3><a href="/a/">Ågården</a></h3>' in page
    assert "Om &lt;a&gt;" in page
    assert page.count("Køge ·") == 5
    assert "<h2><a " not in page


@pytest.fixture
def people(area, coordinator, partner, neighbour, stranger):
    people = {"visitor": None, "neighbour": neighbour, "partner": partner, "stranger": stranger}
    return people | {"coordinator": coordinator, "administrator": make_admin()}


COUNTS = {
    "visitor": (1, 1),
    "neighbour": (2, 1),
    "partner": (3, 1),
    "coordinator": (4, 1),
    "stranger": (1, 2),
    "administrator": (4, 2),
}


@pytest.mark.parametrize("role", COUNTS)
def test_each_area_is_counted_by_what_one_may_see_there(client, area, other_area, people, role):
    for level in ("public", "neighbours", "partners", "private"):
        make_place(area, visibility=level)
    for status in ("pending", "archived", "unconfirmed"):
        make_place(area, status=status)
    make_association(other_area)
    make_resident(other_area)
    if people[role]:
        client.force_login(people[role])
    page = get(client)
    assert areas_on(page) == dict(zip(("Urbanplanen", "Naboby"), COUNTS[role], strict=True))
    counts = re.findall(r'name="layer" value="\w+".*?class="n">(\d+)<', page, re.DOTALL)
    assert sum(map(int, counts)) == sum(COUNTS[role])


def test_what_only_its_owner_sees_is_counted_for_her_in_all_but_not_in_an_area(
    client, area, other_area
):
    owner = make_user()
    make_resident(area, "Egen", owner=owner)
    client.force_login(owner)
    assert areas_on(get(client)) == {"Naboby": 0, "Urbanplanen": 0}
    page = get(client, q="egen")
    assert (names_on(page), total(page)) == (["Egen"], "1 of 1 assets")


@pytest.mark.parametrize("query", ["", "?q=hus&layer=place&layer=x", "?q=%C3%A5g%26&page=x"])
def test_the_only_area_is_gone_straight_to_with_the_query(client, area, query):
    response = client.get(f"/{query}")
    assert (response.status_code, response.url) == (302, f"/urbanplanen/{query}")


def test_that_there_is_no_area_yet_is_said(client, db):
    page = get(client)
    assert "There is no area yet." in page
    assert areas_on(page) == {}
    assert get(client, q="hus").count("<h1") == 1


def test_many_areas_come_in_pages_there_and_back(client, db):
    make_areas(70)
    there = [page := get(client)]
    while link := re.search(r'<a rel="next" href="([^"]*)"', page):
        there.append(page := client.get(unescape(link[1])).content.decode())
    assert [len(areas_on(page)) for page in there] == [30, 30, 10]
    assert [name for page in there for name in areas_on(page)] == [
        f"Kvarter {n}" for n in range(70)
    ]
    back = [page]
    while link := re.search(r'<a rel="prev" href="([^"]*)"', page):
        back.append(page := client.get(unescape(link[1])).content.decode())
    assert [areas_on(page) for page in back] == [areas_on(page) for page in there[::-1]]


def test_queries_do_not_grow_with_areas_or_assets(client, db):
    numbers = []
    for start, n in ((0, 2), (2, 25)):
        for at in range(start, start + n):
            make_place(make_area(f"by-{at}"), "Huset")
        for query in ("", "?q=hus"):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/{query}")
            numbers.append(len(queries))
    assert numbers[:2] == numbers[2:]


# A search in all of them ------------------------------------------------------------------


def test_a_search_finds_in_all_areas_and_says_where(client, area, other_area):
    make_place(area, "Pigegymnastik")
    make_association(other_area, "Gymnastikforeningen")
    make_place(other_area, "Svømmehallen")
    page = get(client, q="gymnastik")
    assert names_on(page) == ["Gymnastikforeningen", "Pigegymnastik"]
    assert total(page) == "2 of 3 assets"
    for name in ("Urbanplanen", "Naboby"):
        assert name in page


@pytest.mark.parametrize(
    "query", ["q=qx", "gift=FG7", "layer=place", "mode=gives", "q=qx&sort=fresh"]
)
@pytest.mark.parametrize(("role", "number"), [("visitor", 1), ("stranger", 2), ("coordinator", 4)])
def test_only_what_one_may_see_is_found(client, area, other_area, people, query, role, number):
    for level in ("public", "neighbours", "partners", "private"):
        make_offering(make_place(area, f"Qx {level}", visibility=level), "FG7")
    make_offering(make_place(other_area, "Qx hemmelig", visibility="private"), "FG7")
    make_offering(make_place(area, "Qx venter", status="pending"), "FG7")
    if people[role]:
        client.force_login(people[role])
    page = get(client, query)
    assert len(names_on(page)) == number
    assert total(page) == f"{number} of {number} assets"


def test_areas_so_named_stand_above_the_assets(client, area, other_area):
    make_area("aagaarden", name="Ågården")
    make_place(area, "Ågårdens hus")
    for typed in ("ågård", "AAGAARD", "ågården"):
        page = get(client, q=typed)
        assert list(areas_on(page)) == ["Ågården"]
        assert names_on(page) == ["Ågårdens hus"]
        assert page.index("Areas so named") < page.index("Ågårdens hus")
    assert areas_on(get(client, q="gymnastik")) == areas_on(get(client, layer="place")) == {}


def test_no_more_than_three_areas_stand_above(client, db):
    make_areas(9)
    assert list(areas_on(get(client, q="kvarter"))) == ["Kvarter 0", "Kvarter 1", "Kvarter 2"]


def test_a_slip_finds_the_word_of_any_area(client, area, other_area):
    make_place(other_area, "Biblioteket")
    page = get(client, q="biblitek")
    assert '<a href="/?q=biblioteket">biblioteket</a>' in page


# Very many hits ---------------------------------------------------------------------------


@pytest.fixture
def many(area, other_area, settings):
    """Hits of every rank in two areas, some so named, and some that are not to be seen."""
    rows = []
    for n in range(90):
        where = {"latitude": 55.6 + n / 1000, "longitude": 12.5} if n % 3 else {}
        level = "private" if n % 10 == 9 else "public"
        name = (f"Kor {n}", f"Godt kor {n}", f"Sang {n}")[n % 3]
        row = {"name": name, "summary": "Et kor", "visibility": level, **where}
        rows.append(Place(area=(area, other_area)[n % 2], **row))
    load_assets(Place, rows)
    load_assets(Association, [Association(area=area, name=f"Klub {n}") for n in range(5)])


def all_pages(client, query):
    pages = [get(client, query)]
    while link := re.search(r'<a rel="next" href="([^"]*)"', pages[-1]):
        pages.append(client.get(unescape(link[1])).content.decode())
    return pages


QUERIES = [
    *("q=kor", "q=kor&layer=place", "q=kor&sort=fresh", "q=ko", "q=k", "q=godt kor"),
    "q=kor&bbox=12,55.62,13,55.66",
]


@pytest.mark.parametrize("query", QUERIES)
def test_words_that_very_many_hold_find_the_same_in_the_same_order(
    client, many, monkeypatch, query
):
    """From MANY hits on they are not collected, but looked for in the order of the list."""
    ordinary = [names_on(page) for page in all_pages(client, query)]
    monkeypatch.setattr(search, "MANY", 4)
    pages = all_pages(client, query)
    assert [names_on(page) for page in pages] == ordinary
    assert len({name for names in ordinary for name in names}) == sum(map(len, ordinary)) > 10
    back = [page := pages[-1]]
    while link := re.search(r'<a rel="prev" href="([^"]*)"', page):
        back.append(page := client.get(unescape(link[1])).content.decode())
    assert [names_on(page) for page in back] == ordinary[::-1]


def test_the_other_way_is_gone_only_where_it_pays(area, many, monkeypatch, rf):
    monkeypatch.setattr(search, "MANY", 10)
    user = make_admin()

    def reads_on(query, where=None):
        return filters.AssetFilter(rf.get(f"/?{query}").GET, area=where, user=user).reads_on

    there = connection.vendor == "sqlite"
    assert reads_on("q=kor") is reads_on("q=kor&layer=place&sort=fresh") is there
    for query in ("q=klub x", "q=kor&gift=FG7", "q=kor&near=55,12", "", "q=%25"):
        assert reads_on(query) is False, query
    assert reads_on("q=kor", area) is False


def test_more_hits_than_are_counted_are_said_as_more_than(client, many, monkeypatch):
    everything = 81 + 5
    assert total(get(client, q="kor")) == f"81 of {everything} assets"
    for number, said in ((81, "81"), (80, "More than 80"), (10, "More than 10")):
        monkeypatch.setattr(filters, "COUNT_UP_TO", number)
        page = get(client, q="kor")
        assert total(page) == f"{said} of {everything} assets"
        counts = re.findall(r'name="layer" value="(\w+)".*?</label>', page, re.DOTALL)
        assert len(counts) == 4
        assert ('class="n"' in page) is (said == "81")


def test_in_one_area_hits_are_counted_to_the_last(client, area, many, monkeypatch):
    monkeypatch.setattr(filters, "COUNT_UP_TO", 10)
    page = client.get("/urbanplanen/?q=kor").content.decode()
    assert total(page) == "45 of 50 assets"
