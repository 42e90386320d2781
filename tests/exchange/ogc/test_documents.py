"""The documents that lead to the items: what each says, in both forms, and what is refused."""

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime

from tests import factories

from .conftest import FEED

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DOCUMENTS = [
    *("/", "/api", "/conformance", "/collections", "/collections/places", "/collections/ties"),
    *("/collections/places/queryables", "/collections/places/items", "/collections/ties/items"),
]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_the_landing_page_leads_to_everything(feed, client):
    links = {row["rel"]: row for row in feed("/")["links"]}
    assert set(links) == {
        *("self", "alternate", "service-desc", "service-doc", "conformance", "data")
    }
    for row in links.values():
        response = client.get(row["href"])
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(row["type"]), row


def test_the_conformance_names_what_clients_look_for(feed):
    told = feed("/conformance")["conformsTo"]
    wanted = ["1/1.0/conf/core", "1/1.0/conf/geojson", "1/1.0/conf/html", "1/1.0/conf/oas30"]
    for name in [*wanted, "2/1.0/conf/crs", "3/1.0/conf/queryables"]:
        assert f"http://www.opengis.net/spec/ogcapi-features-{name}" in told


def test_there_is_a_collection_for_each_layer_but_residents_and_one_for_ties(feed):
    found = feed("/collections")["collections"]
    assert [row["id"] for row in found] == ["associations", "institutions", "places", "ties"]
    assert {row["itemType"] for row in found} == {"feature"}
    assert found[2] == without_own_links(feed("/collections/places"))


def without_own_links(document):
    links = [row for row in document["links"] if row["rel"] not in ("self", "alternate")]
    return document | {"links": links}


def test_a_collection_says_where_its_assets_lie(feed, area):
    factories.make_place(area, latitude=55.1, longitude=12.1)
    factories.make_place(area, latitude=55.3, longitude=12.4)
    factories.make_place(area, latitude=50, longitude=10, status="archived")
    factories.make_association(area, latitude=55.2, longitude=12.9)
    boxes = {
        row["id"]: row["extent"].get("spatial", {}).get("bbox")
        for row in feed("/collections")["collections"]
    }
    assert boxes["places"] == [[12.1, 55.1, 12.4, 55.3]]
    assert boxes["institutions"] is None
    assert boxes["ties"] == [[12.1, 55.1, 12.9, 55.3]]


def test_the_queryables_are_the_parameters_that_the_api_document_names(feed):
    told = feed("/collections/institutions/queryables")["properties"]
    assert {"area", "name", "kind", "sector", "cvr", "outreach"} <= set(told)
    assert not {"summary", "phone", "opening_hours"} & set(told)
    assert told["sector"]["enum"] == ["public", "private", "civil"]
    assert told["outreach"]["type"] == "boolean"
    path = feed("/api")["paths"]["/collections/institutions/items"]["get"]
    assert set(told) == {row["name"] for row in path["parameters"] if "name" in row}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_program_gets_json_and_a_browser_a_page(client, path):
    program = client.get(FEED + path, headers={"accept": "*/*"})
    assert "json" in program.headers["content-type"]
    browser = client.get(FEED + path, headers={"accept": BROWSER})
    assert browser.headers["content-type"].startswith("text/html")
    assert "<h1>" in browser.content.decode()


def test_the_parameter_f_has_the_last_word(client):
    page = client.get(f"{FEED}/?f=html", headers={"accept": "application/json"})
    assert page.headers["content-type"].startswith("text/html")
    document = client.get(f"{FEED}/?f=json", headers={"accept": BROWSER})
    assert document.headers["content-type"] == "application/json"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_an_unknown_parameter_or_form_is_refused_in_words(refused, path):
    assert refused(path, nonsense="1").startswith("There is no parameter nonsense.")
    assert refused(path, f="xml") == "f must be json or html."


def test_a_refusal_is_a_page_for_whoever_reads_pages(client):
    response = client.get(f"{FEED}/collections/places/items?f=html&limit=many")
    assert response.status_code == 400
    assert "limit must be a whole number" in response.content.decode()


@pytest.mark.parametrize("name", ["residents", "assets", "place", "x" * 300])
def test_what_is_no_collection_is_not_there(refused, name):
    for end in ("", "/items", "/queryables", "/items/1"):
        assert "associations" in refused(f"/collections/{name}{end}", status=404)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_answer_may_be_read_by_other_sites_and_kept_by_caches(client, coordinator, path):
    client.force_login(coordinator)
    response = client.get(FEED + path)
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cache-control"] == "public, max-age=60"
    assert not response.cookies
    assert {"Accept", "Accept-Encoding"} <= set(response.headers["vary"].split(", "))
    assert "Cookie" not in response.headers["vary"]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_what_has_not_changed_is_not_sent_again(client, area, path):
    tag = client.get(FEED + path).headers["etag"]
    again = client.get(FEED + path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["access-control-allow-origin"] == "*"
    factories.make_place(area)
    if path.endswith("places/items"):
        changed = client.get(FEED + path, headers={"if-none-match": tag})
        assert changed.status_code == 200


def test_a_page_is_not_kept_by_shared_caches(client):
    response = client.get(f"{FEED}/?f=html")
    assert response.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_other_methods_than_reading_are_told_so(path):
    client = Client(enforce_csrf_checks=True)
    head = client.head(FEED + path)
    assert (head.status_code, head.content) == (200, b"")
    options = client.options(FEED + path)
    assert options.status_code == 200
    assert options.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    for method in (client.post, client.put, client.delete):
        assert method(FEED + path).status_code == 405


def test_the_pages_lead_on_and_name_the_address_for_qgis(client, area):
    place = factories.make_place(area, "Haven", summary="Med æbletræer")
    landing = client.get(f"{FEED}/?f=html").content.decode()
    assert "<code>http://testserver/api/ogc/</code>" in landing
    assert f'href="{FEED}/collections/places?f=html"' in landing
    table = client.get(f"{FEED}/collections/places/items?f=html").content.decode()
    assert f'<a href="{FEED}/collections/places/items/{place.uid}?f=html">Haven</a>' in table
    page = client.get(f"{FEED}/collections/places/items/{place.uid}?f=html").content.decode()
    assert "<dd>Med æbletræer</dd>" in page
    assert date_format(localtime(place.updated_at), "DATETIME_FORMAT") in page


def test_a_page_of_items_leads_to_the_next_page(client, area):
    for name in ("A", "B"):
        factories.make_place(area, name)
    page = client.get(f"{FEED}/collections/places/items?f=html&limit=1").content.decode()
    following = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = client.get(following.replace("&amp;", "&")).content.decode()
    assert ">B</a>" in second and ">A</a>" not in second
