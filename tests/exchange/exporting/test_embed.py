"""The map and the list inside somebody else's page."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_area, make_association, make_link, make_place, make_resident

pytestmark = pytest.mark.once

URL = "/urbanplanen/embed/"
DATA = "/urbanplanen/embed/map.geojson"
ADDRESSES = [URL, f"{URL}?view=list", DATA]


def page(client, query=""):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", ["view=map", "view=list", "", "view=nonsense"])
def test_any_page_may_frame_it(client, area, query):
    response = client.get(f"{URL}?{query}")
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *;" in f"{policy};" and "script-src 'self'" in policy
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize(
    "url", ["/urbanplanen/", "/urbanplanen/embed/code/", "/urbanplanen/print/"]
)
def test_no_other_page_may_be_framed(client, area, url):
    response = client.get(url)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("url", ADDRESSES)
def test_it_sets_no_cookies_and_reads_no_session(client, area, coordinator, url):
    make_place(area)
    client.force_login(coordinator)
    for browser in (Client(), client):
        asked = [query["sql"] for query in queries_of(browser, url)]
        assert not browser.get(url).cookies
        assert asked and not [sql for sql in asked if "session" in sql]


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return queries


@pytest.mark.parametrize("who", ["neighbour", "partner", "coordinator"])
@pytest.mark.parametrize("url", ADDRESSES)
def test_it_is_what_a_visitor_sees_whoever_is_signed_in(client, request, area, who, url):
    make_place(area, "Haven")
    make_place(area, "Kun for partnere", visibility="partners")
    make_association(area, "Skjult", visibility="private", latitude=55.65, longitude=12.6)
    as_visitor = client.get(url).content
    client.force_login(request.getfixturevalue(who))
    assert client.get(url).content == as_visitor
    assert b"Kun for partnere" not in as_visitor and b"Skjult" not in as_visitor


def test_no_resident_is_in_it(client, area):
    place = make_place(area, "Haven")
    spot = {"latitude": 55.6525, "longitude": 12.5968}
    resident = make_resident(area, "Åben nabo", visibility="public", **spot)
    make_link(resident, place, "helps")
    tied = (f"linked_to={asset.uid}" for asset in (place, resident))
    for query in ("", "layer=resident", *tied, "q=nabo", "zoom=20"):
        assert "Åben nabo" not in page(client, f"view=list&{query}")
        answer = client.get(f"{DATA}?{query}").json()
        assert {row["properties"].get("layer") for row in answer["features"]} <= {"place"}
    assert "Haven" not in page(client, f"view=list&linked_to={resident.uid}")
    answer = client.get(f"{DATA}?selected={place.uid}").json()
    assert [row["properties"]["name"] for row in answer["features"]] == ["Haven"]
    assert answer["total"] == 1


def test_its_list_shows_the_filter_and_opens_pages_beside_it(client, area):
    haven = make_place(area, "Haven", summary="Alle kan være med")
    make_place(area, "Salen")
    text = page(client, "view=list&q=haven")
    link = f'<a href="{haven.get_absolute_url()}" target="_blank" rel="noopener"'
    assert link in text and "Salen" not in text and "Alle kan være med" in text
    assert "<strong>1</strong> asset in Urbanplanen" in text
    assert 'href="/urbanplanen/?q=haven" target="_blank" rel="noopener"' in text
    assert "<form" not in text and "<script" not in text and "csrf" not in text


def test_its_list_goes_on_over_pages_inside_the_frame(client, area):
    for number in range(35):
        make_place(area, f"Sted {number:02}")
    text = page(client, "view=list&layer=place")
    following = html.unescape(re.search(r'rel="next" target="_self" href="([^"]+)"', text)[1])
    assert "view=list" in following and "layer=place" in following
    more = client.get(following).content.decode()
    assert "Sted 34" in more and "Sted 00" not in more and 'rel="prev"' in more


def test_its_map_asks_for_the_filter_and_without_script_leads_to_the_list(client, area):
    text = page(client, "view=map&q=haven")
    assert f'data-source="{DATA}?q=haven"' in text
    assert f'href="{URL}?q=haven&amp;view=list" target="_self"' in text
    assert "<form" not in text


def test_its_map_data_hold_what_the_filter_shows(client, area):
    make_place(area, "Haven")
    make_place(area, "Salen")
    answer = client.get(f"{DATA}?q=haven&zoom=20").json()
    assert [row["properties"]["name"] for row in answer["features"]] == ["Haven"]


def test_bad_input_shows_the_rest(client, area):
    make_place(area, "Haven")
    for query in ("view=list&bbox=1,2", "view=list&page=x&layer=nonsense", "view=list&near=?"):
        assert "Haven" in page(client, query)
    assert client.get(f"{DATA}?zoom=x&bbox=1&selected=x").json()["total"] == 1


@pytest.mark.parametrize("view", ["map", "list"])
def test_the_page_with_the_code_shows_it_and_how_it_looks(db, client, view):
    make_area(name='Byen "&" <b>')
    text = client.get(f"{URL}code/?view={view}&q=haven&page=x").content.decode()
    snippet = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.S)[1])
    assert snippet == (
        f'<iframe src="http://testserver{URL}?q=haven&amp;view={view}" '
        'title="Byen &quot;&amp;&quot; &lt;b&gt;" loading="lazy" width="100%" height="500">'
        "</iframe>"
    )
    assert f'<iframe class="preview" src="{URL}?q=haven&amp;view={view}"' in text
    assert '<input type="hidden" name="q" value="haven">' in text
    assert f'value="{view}" checked' in text


def test_the_page_with_the_code_may_show_the_frame(client, area):
    policy = client.get(f"{URL}code/")["Content-Security-Policy"]
    assert "frame-src 'self'" in policy and "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("url", [*ADDRESSES, f"{URL}code/"])
def test_it_costs_the_same_queries_however_many(client, area, url, django_assert_max_num_queries):
    make_place(area)
    number = len(queries_of(client, url))
    for _n in range(6):
        make_place(area)
        make_association(area, latitude=55.653, longitude=12.6)
    with django_assert_max_num_queries(number):
        client.get(url)
