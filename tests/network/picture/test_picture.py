"""The picture's page and its data: what is in it, for whom, and how it is narrowed down."""

import json
import re

import pytest

from assetmap.inventory.models import Asset, Link
from assetmap.network.picture import sight
from residents.models import Consent
from tests import factories

HTMX = {"HX-Request": "true"}
QUERIES = {"page": 40, "data": 16}

pytestmark = pytest.mark.once

CANARY = re.compile("qx(silent|words|note|gift)")  # "qx" alone stands in some form's token


def rows(response):
    """What stands in the table, as {name: ties}."""
    return {row.named.name: row.ties for row in response.context["table"].rows}


def data_of(client, url, **query):
    return json.loads(client.get(url("picture-data", **query)).content)


def text_of(response):
    return response.content.decode()


# The whole -----------------------------------------------------------------------------------


def test_the_table_holds_the_largest_first(client, street, url):
    page = client.get(url())
    assert list(rows(page).items()) == [("Koret", 3), ("Biblioteket", 1), ("Ida", 1)]
    assert "Neighbours in the picture who are not named: fewer than 5." in text_of(page)


def test_the_data_say_what_the_table_says(client, street, url):
    data = data_of(client, url)
    named = {node["name"]: node["ties"] for node in data["nodes"] if "id" in node}
    assert named == rows(client.get(url()))
    assert [node["name"] for node in data["nodes"]].count("a neighbour") == 1
    assert data["left_out"] == 0 and data["year"] is None
    assert data["nodes"][-1]["name"] == "Koret"  # the largest lies on top
    assert data["nodes"][-1]["size"] == 1


def test_a_tie_is_drawn_once_for_any_two(client, street, url):
    factories.make_link(street.club, street.library, "supports", strength=1, since="2010")
    ties = data_of(client, url)["ties"]
    both = [tie for tie in ties if len(tie["kinds"]) == 2]
    assert both == [
        both[0]
        | {"kinds": ["supports", "works_with"], "line": "together", "strength": 3, "since": "2010"}
    ]
    assert len(ties) == 3


def test_partners_see_more_than_visitors(partner, street, url):
    assert rows(partner.get(url()))["Salen"] == 1
    assert len(data_of(partner, url)["nodes"]) == 5


@pytest.mark.parametrize("size", ["between", "reach"])
def test_another_measure_orders_and_sizes(client, street, url, size):
    page = client.get(url(size=size))
    assert next(iter(rows(page))) == {"between": "Koret", "reach": "Biblioteket"}[size]
    sizes = [node["size"] for node in data_of(client, url, size=size)["nodes"]]
    assert sizes == sorted(sizes) and sizes[-1] == 1
    assert ("Different things within two ties" in text_of(page)) == (size == "reach")


def test_a_name_is_escaped_and_stands_as_it_is_in_the_data(client, area, url):
    factories.make_place(area, "<script>alert(1)</script>")
    assert "<script>alert" not in text_of(client.get(url()))
    assert data_of(client, url)["nodes"][0]["name"] == "<script>alert(1)</script>"


def test_the_data_are_sent_again_only_if_they_changed(client, street, url):
    first = client.get(url("picture-data"))
    again = {"If-None-Match": first["ETag"]}
    assert client.get(url("picture-data"), headers=again).status_code == 304
    Asset.objects.filter(pk=street.club.pk).update(name="Kor")
    assert client.get(url("picture-data"), headers=again).status_code == 200
    assert first["Cache-Control"] == "private, no-cache"


def test_what_has_no_room_is_in_the_table_alone(client, street, url, monkeypatch):
    monkeypatch.setattr(sight, "MOST", 2)
    data = data_of(client, url)
    assert len(data["nodes"]) == 2 and data["left_out"] == 2
    assert data["nodes"][-1]["name"] == "Koret"
    assert all(max(tie["ends"]) < 2 for tie in data["ties"])
    assert len(rows(client.get(url()))) == 3


# Edge cases ----------------------------------------------------------------------------------


def test_an_empty_area_says_how_it_grows(client, area, url):
    assert "There is nothing in the network yet" in text_of(client.get(url()))
    assert data_of(client, url)["nodes"] == []


def test_one_asset_without_ties(client, area, url):
    factories.make_place(area, "Haven")
    assert rows(client.get(url())) == {"Haven": 0}
    assert data_of(client, url)["nodes"][0]["size"] == 0


def test_a_tie_that_ended_is_in_its_years_alone(client, street, url):
    Link.objects.filter(source=street.library).update(until="2015", version=2)
    assert "Biblioteket" in rows(client.get(url())) and rows(client.get(url()))["Koret"] == 2
    assert rows(client.get(url(year=2014)))["Koret"] == 3
    assert data_of(client, url, year=2014)["year"] == 2014


@pytest.mark.parametrize(("year", "shown"), [(1500, 2012), (2013, 2013), (2999, None)])
def test_a_year_before_the_first_is_the_first_and_one_to_come_is_today(
    client, street, url, year, shown
):
    assert data_of(client, url, year=year)["year"] == shown


def test_where_all_stand_is_the_same_in_every_year(client, street, url):
    places = [
        {node["name"]: (node["x"], node["y"]) for node in data_of(client, url, **query)["nodes"]}
        for query in ({}, {"year": 2013})
    ]
    assert places[0] == places[1]


# Narrowed down -------------------------------------------------------------------------------


def test_what_fits_a_filter_is_drawn_strong_and_stands_in_the_table(client, street, url):
    for query in ({"q": "kor"}, {"layer": "association"}, {"gift": "MS1"}):
        assert list(rows(client.get(url(**query)))) == ["Koret"]
        hits = [n["name"] for n in data_of(client, url, **query)["nodes"] if n["hit"]]
        assert hits == ["Koret"]


@pytest.mark.parametrize(
    "query",
    [{"q": "qxsilent"}, {"q": "qxwords"}, {"gift": "FG7"}, {"layer": "resident", "q": "qx"}],
)
def test_a_search_does_not_point_out_who_may_not_be_named(coordinator, street, url, query):
    page = coordinator.get(url(**query))
    assert rows(page) == {} and page.context["neighbours"] == 0
    assert not any(node["hit"] for node in data_of(coordinator, url, **query)["nodes"])


def test_neighbours_are_found_as_neighbours_and_no_closer(client, street, url):
    page = client.get(url(layer="resident"))
    assert list(rows(page)) == ["Ida"] and page.context["neighbours"] == "fewer than 5"
    hits = [n["name"] for n in data_of(client, url, layer="resident")["nodes"] if n["hit"]]
    assert sorted(hits) == ["Ida", "a neighbour"]


def test_ties_of_who_may_not_be_named_do_not_point_her_out(client, street, url):
    query = {"linked_to": street.silent.uid}
    assert rows(client.get(url(**query))) == {}
    assert list(rows(client.get(url(linked_to=street.library.uid)))) == ["Koret"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"year": "x"}, "Write a year with four digits"),
        ({"year": "99999"}, "Write a year with four digits"),
        ({"size": "love"}, "love is not one of the available choices"),
        ({"steps": "9"}, "9 is not one of the available choices"),
        ({"ego": "x"}, "Enter a valid UUID"),
        ({"ego": "5e3c6a52-5f43-4f7e-9f6c-5a5d0a9f1c11"}, "Nothing that may be named here"),
        ({"layer": "planet"}, "“planet” is not one of the choices"),
    ],
)
def test_what_means_nothing_is_said_and_the_rest_is_shown(client, street, url, query, sentence):
    page = client.get(url(**query))
    assert page.status_code == 200 and sentence in text_of(page)
    assert len(rows(page)) == 3
    assert client.get(url("picture-data", **query)).status_code == 200


def test_pages_turn_and_a_page_that_is_none_is_the_last(client, area, url):
    for _number in range(101):
        factories.make_place(area)
    assert len(rows(client.get(url(page=1)))) == 100
    assert len(rows(client.get(url(page=99)))) == 1
    assert len(rows(client.get(url(page="x")))) == 100


def test_a_script_asks_for_the_results_alone(client, street, url):
    part = client.get(url(q="kor"), headers=HTMX)
    assert "<html" not in text_of(part) and list(rows(part)) == ["Koret"]
    assert "HX-Request" in part["Vary"]


# One's circle --------------------------------------------------------------------------------


def test_a_circle_says_its_ties_in_words(client, street, url):
    page = client.get(url(ego=street.club.uid))
    assert set(rows(page)) == {"Biblioteket", "Ida"}
    said = [(tie.label, tie.other.name) for tie in page.context["circle"]["ties"]]
    assert ("works with", "Biblioteket") in [(str(label), name) for label, name in said]
    assert sum(name == "a neighbour" for _label, name in said) == 1
    assert str(street.silent.uid) not in text_of(page) and not CANARY.search(text_of(page))
    assert "since 2012" in text_of(page)


def test_a_circle_is_two_steps_wide_on_request(client, street, url):
    one = data_of(client, url, ego=street.library.uid)["nodes"]
    two = data_of(client, url, ego=street.library.uid, steps=2)["nodes"]
    assert {node["name"]: node["steps"] for node in one} == {"Biblioteket": 0, "Koret": 1}
    assert {node["steps"] for node in two if node["name"] == "a neighbour"} == {2}
    assert len(two) == 4


@pytest.mark.parametrize("who", ["visitor", "coordinator"])
def test_nobody_gets_the_circle_of_who_may_not_be_named(client, area, street, url, who):
    if who == "coordinator":
        client.force_login(factories.make_user("coordinator", area))
    page = client.get(url(ego=street.silent.uid))
    assert page.context["circle"] is None
    assert "Nothing that may be named here has that circle." in text_of(page)
    assert "steps" not in data_of(client, url, ego=street.silent.uid)["nodes"][0]


def test_she_sees_her_own_circle_by_name(client, area, street, url):
    she = factories.make_user("resident", area)
    Asset.objects.filter(pk=street.silent.pk).update(owner=she)
    client.force_login(she)
    page = client.get(url(ego=street.silent.uid))
    assert page.context["circle"]["named"].name == "qxsilent"


def test_nothing_about_who_may_not_be_named_is_in_any_of_it(coordinator, street, url):
    for query in ({}, {"ego": street.club.uid, "steps": 2}, {"size": "reach"}):
        for name in ("picture", "picture-data"):
            said = text_of(coordinator.get(url(name, **query)))
            assert not CANARY.search(said) and str(street.silent.uid) not in said


def test_a_yes_that_is_taken_back_takes_the_name_away_at_once(client, street, url):
    assert "Ida" in rows(client.get(url()))
    Consent.objects.withdraw(street.ida, "connect")
    assert "Ida" not in rows(client.get(url()))
    assert "Ida" not in client.get(url("picture-data")).content.decode()


# How much it asks ----------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 12])
def test_the_number_of_queries_does_not_grow(
    client, area, street, url, more, django_assert_max_num_queries
):
    for _number in range(more):
        factories.make_link(street.club, factories.make_place(area), "uses")
    for query in ({}, {"ego": street.club.uid}):
        client.get(url(**query))
        with django_assert_max_num_queries(QUERIES["page"]):
            client.get(url(**query))
        with django_assert_max_num_queries(QUERIES["data"]):
            client.get(url("picture-data", **query))
