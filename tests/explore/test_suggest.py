"""Suggestions while typing: gifts and names, a few of each, of what the person may see."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from assetmap.explore.filters import AssetFilter
from assetmap.explore.suggest import ASSETS, GIFTS, suggestions
from assetmap.inventory.models import Gift, Layer
from tests.factories import (
    make_admin,
    make_association,
    make_institution,
    make_offering,
    make_place,
    make_resident,
)

URL = "/urbanplanen/suggest/"


def ask(client, typed):
    response = client.get(URL, {"q": typed})
    assert response.status_code == 200
    return response.json()


def groups(client, typed):
    """The suggestions as {title: [name, …]}."""
    found = ask(client, typed)["groups"]
    return {group["title"]: [row["name"] for row in group["rows"]] for group in found}


def names(client, typed):
    """The names of the assets that are suggested."""
    return {
        name for title, rows in groups(client, typed).items() if title != "Gifts" for name in rows
    }


def gifts(client, typed):
    """The gifts that are suggested, with their numbers of assets."""
    rows = [g["rows"] for g in ask(client, typed)["groups"] if g["title"] == "Gifts"]
    return {row["name"]: row["count"] for row in sum(rows, [])}


# What is suggested ------------------------------------------------------------------------


def test_suggestions_stand_in_groups_by_gift_and_layer(client, area):
    make_resident(area, "Honningmund", visibility="public")
    make_offering(make_association(area, "Honningbierne"), "FG7")
    make_institution(area, "Honninghuset")
    make_place(area, "Honninghaven")
    make_place(area, "Et andet sted", summary="Med honning")
    assert groups(client, "honning") == {
        "Gifts": ["Keep bees"],
        "Residents": ["Honningmund"],
        "Associations": ["Honningbierne"],
        "Institutions": ["Honninghuset"],
        "Places": ["Honninghaven"],
    }
    layers = [group.get("layer") for group in ask(client, "honning")["groups"]]
    assert layers == [None, *(layer.number for layer in Layer)]


def test_each_suggestion_leads_to_its_page_and_a_gift_to_the_list_of_it(client, area):
    place = make_place(area, "Bierhaven")
    make_offering(place, "FG7")
    gift, places = ask(client, "bier")["groups"]
    assert gift["rows"] == [{"name": "Keep bees", "url": "/urbanplanen/?gift=FG7", "count": 1}]
    assert places["rows"] == [{"name": "Bierhaven", "url": place.get_absolute_url()}]
    for row in (*gift["rows"], *places["rows"]):
        assert "Bierhaven" in client.get(row["url"]).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "ho",
        "HONNING",
        "onni",
        "honning haven",
        "haven honn",
        " honning ",
        "honning-haven",
        "hon\0ning",
    ],
)
def test_parts_of_words_are_enough(client, area, typed):
    make_place(area, "Honninghaven ved haven")
    assert names(client, typed) == {"Honninghaven ved haven"}


def test_names_that_begin_as_typed_come_first_and_no_more_than_a_few(client, area):
    for name in ("A-huset sol", "Solsikken", "Solvang", "Bo sol", "Aftensol", "Solhjem", "Sol 10"):
        make_place(area, name)
    found = groups(client, "sol")["Places"]
    assert found == ["Sol 10", "Solhjem", "Solsikken"]
    assert len(found) == ASSETS


def test_the_gifts_with_most_assets_come_first_and_no_more_than_a_few(client, area):
    codes = Gift.objects.order_by("code").values_list("code", flat=True)[: GIFTS + 2]
    for number, code in enumerate(codes, 1):
        Gift.objects.filter(code=code).update(names={"da": f"Qx {code}", "en": f"Qx {code}"})
        for _ in range(number):
            make_offering(make_place(area), code)
    wanted = {f"Qx {code}": n for n, code in enumerate(codes, 1) if n > 2}
    assert gifts(client, "qx") == wanted
    assert list(gifts(client, "qx").values()) == [6, 5, 4, 3]


def test_a_gift_counts_each_asset_once_and_only_here(client, area, other_area):
    both = make_place(area)
    for mode in ("can", "teach", "learn"):
        make_offering(both, "FG7", mode)
    make_offering(make_association(area), "FG7", "join")
    make_offering(make_place(other_area), "FG7")
    make_offering(make_place(area, status="archived"), "FG7")
    assert gifts(client, "honning") == {"Keep bees": 2}
    assert client.get("/urbanplanen/?gift=FG7").content.count(b'<li class="card') == 2


@pytest.mark.parametrize("typed", ["keep be", "holde bier", "bigård", "beehi", "bi"])
def test_a_gift_is_suggested_by_its_words_in_either_language(client, area, typed):
    make_offering(make_place(area, "Haven"), "FG7")
    assert "Keep bees" in gifts(client, typed)


def test_a_gift_that_nobody_has_is_not_suggested(client, area):
    make_place(area, "Haven")
    assert gifts(client, "honning") == {}


def test_another_filter_in_the_address_changes_nothing(client, area):
    make_place(area, "Haven")
    response = client.get(URL, {"q": "hav", "layer": "resident", "bbox": "x", "sort": "fresh"})
    assert [group["title"] for group in response.json()["groups"]] == ["Places"]


# Nothing to suggest -----------------------------------------------------------------------

NOTHING = [
    "",
    " ",
    "h",
    "å",
    "%",
    '"',
    "* ' ;",
    "\0",
    "…",
    "\ue000\ue001",
    "qwxyz",
    "🎵",
]


@pytest.mark.parametrize("typed", NOTHING, ids=ascii)
def test_nothing_is_suggested_for_one_letter_or_nonsense(client, area, typed):
    make_place(area, "Haven")
    assert ask(client, typed) == {"groups": [], "instead": ""}


def test_nothing_is_asked_of_the_database_for_one_letter(client, area):
    visitor = AssetFilter(QueryDict(""), area=area, user=AnonymousUser())
    with CaptureQueriesContext(connection) as queries:
        assert suggestions(visitor, "h") == {"groups": [], "instead": ""}
    assert len(queries) == 0
    assert client.get(URL).json() == {"groups": [], "instead": ""}


TYPED = [
    *("haven OR kor", "NEAR(a b)", 'ha"ven', "ha'ven", "search_name:haven", "(", "ha*", "a AND"),
    *("ﷺ", "\u0301\u0301\u0301", "\U0010ffff\U0010ffff", "[a]", "\\\\", "%%%", "__", "12 34 56"),
]


@pytest.mark.parametrize("typed", TYPED, ids=ascii)
def test_nothing_that_is_typed_is_a_fault(client, area, typed):
    make_place(area, "Haven")
    assert set(ask(client, typed)) == {"groups", "instead"}


@pytest.mark.parametrize("typed", ["a", "å", "ha ", "ﷺ", "%", '"', "\0", "🎵"], ids=ascii)
def test_a_hundred_thousand_characters_are_no_fault(client, area, typed):
    make_place(area, "Haven")
    assert set(ask(client, (typed * 100_000)[:100_000])) == {"groups", "instead"}


def test_a_slip_is_put_right_only_where_nothing_fits(client, area):
    make_place(area, "Biblioteket", summary="Med honningsalg")
    assert ask(client, "biblitek") == {"groups": [], "instead": "biblioteket"}
    assert ask(client, "bibliotek")["instead"] == ""
    assert ask(client, "honningsalg") == {"groups": [], "instead": ""}
    assert ask(client, "qwxyz")["instead"] == ""


# What is not to be seen -------------------------------------------------------------------


@pytest.fixture
def people(area, coordinator, partner, neighbour, stranger):
    people = {"visitor": None, "neighbour": neighbour, "partner": partner, "stranger": stranger}
    return people | {"coordinator": coordinator, "administrator": make_admin()}


SEES = {
    "visitor": {"Qxaaben"},
    "stranger": {"Qxaaben"},
    "neighbour": {"Qxaaben", "Qxnabo", "Qxegen"},
    "partner": {"Qxaaben", "Qxnabo", "Qxpartner"},
    "coordinator": {"Qxaaben", "Qxnabo", "Qxpartner", "Qxprivat", "Qxegen"},
    "administrator": {"Qxaaben", "Qxnabo", "Qxpartner", "Qxprivat", "Qxegen"},
}


@pytest.mark.parametrize("role", SEES)
def test_each_is_suggested_what_she_may_see_and_the_gifts_are_counted_so(
    client, area, other_area, people, role
):
    levels = {"Qxaaben": "public", "Qxnabo": "neighbours", "Qxpartner": "partners"}
    for make, (name, level) in zip(
        (make_place, make_association, make_institution), levels.items(), strict=True
    ):
        make_offering(make(area, name, visibility=level), "FG7")
    make_offering(make_institution(area, "Qxprivat", visibility="private"), "FG7")
    make_offering(make_resident(area, "Qxegen", owner=people["neighbour"]), "FG7")
    for status in ("pending", "archived", "unconfirmed"):
        make_offering(make_place(area, f"Qx{status}", status=status), "FG7")
    make_offering(make_place(other_area, "Qxandet"), "FG7")
    if people[role]:
        client.force_login(people[role])
    assert names(client, "qx") == SEES[role]
    assert gifts(client, "honning") == {"Keep bees": len(SEES[role])}


def test_a_gift_that_reveals_and_one_that_waits_count_for_a_coordinator_alone(
    client, area, coordinator
):
    resident = make_resident(area, "Nabo", visibility="public")
    make_offering(resident, "LA1")
    make_offering(resident, "FG7", waiting=True)
    for typed in ("tolk", "honning"):
        assert ask(client, typed) == {"groups": [], "instead": ""}
    client.force_login(coordinator)
    assert list(gifts(client, "tolk").values()) == [1]
    assert gifts(client, "honning") == {"Keep bees": 1}


def test_a_hidden_name_changes_no_answer(client, area):
    make_place(area, "Kanalen")
    before = [client.get(URL, {"q": typed}).content for typed in ("kan", "kanari", "kanarifugl")]
    make_place(area, "Kanariefugl", visibility="private")
    make_resident(area, "Kanariefugl")
    after = [client.get(URL, {"q": typed}).content for typed in ("kan", "kanari", "kanarifugl")]
    assert before == after


# As it is sent ----------------------------------------------------------------------------


def test_html_in_a_name_stays_text_in_json(client, area):
    make_place(area, "<script>alert('Haven')</script> & \"co\"")
    response = client.get(URL, {"q": "haven"})
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert json.loads(response.content)["groups"][0]["rows"][0]["name"] == (
        "<script>alert('Haven')</script> & \"co\""
    )


def test_it_is_kept_by_nobody_on_the_way_and_varies_with_who_asks(client, area, neighbour):
    client.force_login(neighbour)
    response = client.get(URL, {"q": "haven"})
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


def test_it_is_read_and_not_written_and_only_where_there_is_an_area(client, area):
    assert client.post(URL, {"q": "haven"}).status_code == 405
    assert client.get("/nowhere/suggest/", {"q": "haven"}).status_code == 404


def test_it_takes_no_more_queries_for_more_rows(client, area):
    numbers = []
    for n in (1, 12):
        for _ in range(n):
            make_offering(make_place(area, f"Honninghaven {n}"), "FG7")
            make_association(area, f"Honningklub {n}")
        with CaptureQueriesContext(connection) as queries:
            assert len(groups(client, "honning")) == 3
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] < 12
