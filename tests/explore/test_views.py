"""The pages as a browser gets them: parts for htmx, paging, languages, safety, bounded work."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assetmap.inventory.loader import load_assets
from assetmap.inventory.models import Asset, SpokenLanguage
from places.models import Place
from tests.factories import (
    make_admin,
    make_area,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
)

URL = "/urbanplanen/"


def names_on(page):
    return re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page)


# One address, two renderings --------------------------------------------------------------


def test_htmx_gets_the_results_alone(client, area):
    make_place(area, "Haven")
    whole = client.get(URL).content.decode()
    part = client.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert "<form" not in part
    assert names_on(whole) == names_on(part) == ["Haven"]
    assert part.strip() in whole


def test_htmx_gets_the_whole_page_when_it_restores_one(client, area):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(URL, headers=headers).content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_caches_are_told_what_the_page_depends_on(client, area, headers):
    vary = {name.strip() for name in client.get(URL, headers=headers)["Vary"].split(",")}
    assert {"HX-Request", "Cookie", "Accept-Language"} <= vary


def test_the_map_varies_with_who_asks(client, area, neighbour):
    client.force_login(neighbour)
    assert "Cookie" in client.get(f"{URL}map.geojson")["Vary"]


# Paging -----------------------------------------------------------------------------------


@pytest.fixture
def seventy(area):
    places = [
        Place(area=area, name=f"Sted {n}", latitude=55.65, longitude=12.59) for n in range(70)
    ]
    return load_assets(Place, places)


def turn(client, page, which="next"):
    """Follow a page's link to the next or the previous one; None where there is none."""
    link = re.search(rf'<a rel="{which}" href="([^"]*)"', page)
    return client.get(unescape(link[1])).content.decode() if link else None


def all_pages(client, url, which="next"):
    """Return a page and all that follow it, or all that go before."""
    found = [client.get(url).content.decode()]
    while page := turn(client, found[-1], which):
        found.append(page)
    return found


def test_the_list_comes_in_pages_of_thirty(client, seventy):
    names = [names_on(page) for page in all_pages(client, URL)]
    assert [len(page) for page in names] == [30, 30, 10]
    assert sum(names, []) == [f"Sted {n}" for n in range(70)]


@pytest.mark.parametrize("query", ["", "?sort=fresh", "?near=55.65,12.59&within=900", "?q=sted"])
def test_one_gets_back_the_way_one_came(client, seventy, query):
    Asset.objects.filter(name__endswith="3").update(confirmed_at=timezone.now())
    there = [names_on(page) for page in all_pages(client, URL + query)]
    page = all_pages(client, URL + query)[-1]
    back = [names_on(page)]
    while page := turn(client, page, "prev"):
        back.append(names_on(page))
    assert back == there[::-1]
    assert len(sum(there, [])) == 70


def test_paging_keeps_the_filter(client, seventy):
    page = client.get(URL, {"q": "sted", "sort": "fresh"}).content.decode()
    assert re.findall(r'<a rel="(prev|next)" href="([^"]*)page=', page) == [
        ("next", f"{URL}?q=sted&amp;sort=fresh&amp;")
    ]


def test_equal_rows_stand_on_one_page_only(client, area):
    """Without a last word on order, a row could stand on two pages and another on none."""
    places = [Place(area=area, name="Ens", latitude=55.65, longitude=12.59) for _ in range(65)]
    load_assets(Place, places)
    for query in ("", "?sort=fresh", "?near=55.65,12.59", "?q=ens"):
        seen = re.findall(r'data-uid="([^"]+)"', "".join(all_pages(client, URL + query)))
        assert len(seen) == len(set(seen)) == 65


def test_a_page_is_the_same_when_somebody_adds_and_removes_before_it(client, area, seventy):
    second = turn(client, client.get(URL).content.decode())
    make_place(area, "Abe")
    Asset.objects.filter(name="Sted 29").update(status="archived")  # the row that it begins after
    page = client.get(URL).content.decode()
    assert names_on(page)[-1] == "Sted 28"
    assert names_on(turn(client, page)) == names_on(second)


def test_a_page_of_rows_that_are_gone_shows_the_first(client, seventy):
    third = all_pages(client, URL)[-1]
    Asset.objects.filter(name_order__gte="sted0000000030").update(status="archived")
    back = re.search(r'<a rel="prev" href="([^"]*)"', third)
    assert len(names_on(client.get(unescape(back[1])).content.decode())) == 30


def test_nothing_found_is_said_and_a_way_out_is_shown(client, area, coordinator):
    page = client.get(URL, {"q": "findes ikke"}).content.decode()
    assert "Nothing here fits all of it." in page
    assert "Add it to the inventory" not in page
    client.force_login(coordinator)
    page = client.get(URL, {"q": "findes & ikke"}).content.decode()
    assert f'href="{URL}add/?name=findes%20%26%20ikke"' in page


def test_an_area_that_is_not_there_is_not_found(client, db):
    for path in ("", "map.geojson", "sources/", "?q=x"):
        assert client.get(f"/nowhere/{path}").status_code == 404


def test_a_page_is_read_and_not_written(client, area):
    for path in ("", "map.geojson", "sources/"):
        assert client.post(f"{URL}{path}").status_code == 405


def test_a_card_shows_gifts_wishes_ties_and_distance(client, area):
    place = make_place(area, "Haven", summary="Bag blokken")
    make_offering(place, "FG7", "can")
    make_offering(place, "MH6", "join")
    make_link(make_association(area), place, "meets_at")
    page = client.get(URL, {"q": "haven", "near": "55.6525,12.5968"}).content.decode()
    card = page[page.index('<li class="card') : page.index('<p class="foot-line">')]
    for text in ("Bag blokken", "Keep bees", "Yoga, stretching and calm", "1 tie<", "0 m"):
        assert text in card
    assert 'class="wish"' in card


# How much work it is ----------------------------------------------------------------------


def queries(client, path, **headers):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, headers=headers).status_code == 200
    return len(captured)


def fill(area, number):
    """Assets of every layer, each with gifts, languages and ties."""
    for n in range(number):
        rows = [
            make_place(area),
            make_association(area),
            make_institution(area),
            make_resident(area, visibility="public", latitude=55.65, longitude=12.59),
        ]
        for code in ("FG7", "FG6", "MH6")[: n + 1]:
            for row in rows:
                make_offering(row, code)
        for row in rows[1:]:
            make_link(row, rows[0], "supports")
            SpokenLanguage.objects.create(asset=row, code="so")


@pytest.mark.parametrize(
    "query", ["", "?q=a&mode=gives", "?near=55.6525,12.5968&within=3000", "?layer=place&gift=FG7"]
)
def test_the_number_of_queries_does_not_grow_with_rows_gifts_or_ties(
    client, area, coordinator, query
):
    client.force_login(coordinator)
    fill(area, 1)
    few = queries(client, URL + query)
    fill(area, 5)
    assert queries(client, URL + query) <= few


def test_the_vocabulary_is_read_once_a_page(client, area):
    make_place(area)
    with CaptureQueriesContext(connection) as captured:
        client.get(URL, {"gift": "FG7"})
    whole = [
        row["sql"]
        for row in captured
        if 'FROM "inventory_gift"' in row["sql"] and "WHERE" not in row["sql"]
    ]
    assert len(whole) <= 1


# Nonsense ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *("?q=%00", "map.geojson?q=a%00b", "map.geojson?selected=%00", "addresses/?q=ab%00"),
        *(
            "add/?name=%00",
            "add/?layer=%00",
            "places/add/?name=%00",
            "archive/?page=%00",
            "suggest/?q=%00",
        ),
        *("similar/?name=abc%00def", "similar/?name=abc&latitude=%00&longitude=1"),
        *("similar/?name=abc&latitude=nan&longitude=inf", "similar/?name=abc&latitude=1e999"),
        "similar/?name=abc&latitude=91&longitude=-500",
        *("links/ends/?source={uid}&q=abc%00def", "links/add/?source={uid}&q=%00"),
        f"similar/?name={'a' * 5000}",
    ],
)
def test_no_page_falls_over_nonsense(client, area, coordinator, path):
    client.force_login(coordinator)
    place = make_place(area)
    assert client.get(URL + path.format(uid=place.uid)).status_code in (200, 302, 404)


# Languages --------------------------------------------------------------------------------


def language(response):
    return re.search(r'<html lang="(\w+)"', response.content.decode())[1]


@pytest.fixture
def bees(area):
    """A gift has a name in each language, whatever the catalogues say."""
    return make_offering(make_place(area, "Haven"), "FG7")


@pytest.mark.parametrize(
    ("asked", "given", "gift"),
    [
        (None, "da", "Holde bier"),
        ("en", "en", "Keep bees"),
        ("en-GB,da;q=0.5", "en", "Keep bees"),
        ("fr", "da", "Holde bier"),
        ("fr,en;q=0.5", "en", "Keep bees"),
        ("xx;q=nonsense", "da", "Holde bier"),
    ],
)
def test_danish_unless_another_language_is_asked_for(bees, asked, given, gift):
    headers = {"accept-language": asked} if asked else {}
    response = Client(headers=headers).get(URL)
    assert language(response) == response["Content-Language"] == given
    assert gift in response.content.decode()


def test_the_switch_changes_the_language_and_stays(bees):
    client = Client()
    page = client.get(URL)
    assert 'name="language" value="en" lang="en">English<' in page.content.decode()
    response = client.post("/i18n/setlang/", {"language": "en", "next": f"{URL}?layer=place"})
    assert response.url == f"{URL}?layer=place"
    page = client.get(response.url)
    assert language(page) == "en"
    assert 'name="language" value="da" lang="da">Dansk<' in page.content.decode()
    client.post("/i18n/setlang/", {"language": "da", "next": URL})
    assert language(client.get(URL)) == "da"


def test_the_switch_takes_no_unknown_language_and_leads_nowhere_else(bees):
    client = Client()
    response = client.post("/i18n/setlang/", {"language": "xx", "next": "https://evil.example/"})
    assert "evil" not in response.url
    assert language(client.get(URL)) == "da"


# About the data ---------------------------------------------------------------------------


def rows_on(page):
    cells = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td class=\"num\">(\d+)</td></tr>", page)
    return {source: (licence, int(n)) for source, licence, n in cells}


def test_about_the_data_counts_only_what_one_may_see(client, area, coordinator):
    city = {"source": "Kommunen", "licence": "CC BY 4.0"}
    make_place(area, **city)
    make_place(area, **city, visibility="private")
    make_place(area, **city, status="pending")
    make_place(area)
    make_resident(area)
    make_resident(area, source="Hemmelig kilde")
    path = f"{URL}sources/"
    own = "Written here by the area&#x27;s own people"
    page = client.get(path).content.decode().replace("area's", "area&#x27;s")
    assert rows_on(page) == {"Kommunen": ("CC BY 4.0", 1), own: ("–", 1)}
    client.force_login(coordinator)
    page = client.get(path).content.decode().replace("area's", "area&#x27;s")
    assert rows_on(page) == {
        "Hemmelig kilde": ("–", 1),
        "Kommunen": ("CC BY 4.0", 3),
        own: ("–", 2),
    }


def test_about_the_data_names_the_credit_and_the_map(client, db):
    make_area(credit="Data: Kommunen", base_map="amager", introduction="Om <kvarteret>")
    page = client.get(f"{URL}sources/").content.decode()
    assert "Data: Kommunen" in page
    assert "OpenStreetMap" in page
    assert "Om &lt;kvarteret&gt;" in page


# Safety -----------------------------------------------------------------------------------


class Audit(HTMLParser):
    """Collects what a strict content security policy would block, and what points outside."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.script = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.found += [f"{tag} {name}" for name in attributes if self.forbidden(name)]
        self.script = tag == "script" and attributes.get("type") != "application/json"
        if self.script and not attributes.get("src"):
            self.found.append("script without src")
        if tag == "style":
            self.found.append("style element")
        for name in ("src", "href", "action", "formaction"):
            value = (attributes.get(name) or "").strip().lower()
            if value.startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")
        loads = attributes.get("src") or (attributes.get("href") if tag in ("link", "use") else "")
        if loads and re.match(r"(\w+:)?//", loads):
            self.found.append(f"{tag} loads {loads}")

    def handle_endtag(self, tag):
        if tag == "script":
            self.script = None

    def handle_data(self, data):
        if self.script and data.strip():
            self.found.append(f"inline script: {data.strip()[:60]}")

    @staticmethod
    def forbidden(name):
        return name == "style" or name.startswith("on") or name.startswith("hx-on")


def audit(page):
    parser = Audit()
    parser.feed(page)
    return parser.found


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<a href="javascript:x">',
        '<button onclick="x">',
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
    ],
)
def test_the_audit_finds_what_it_looks_for(bad):
    assert audit(bad)
    assert (
        audit('<script type="application/json">{"a": 1}</script><script src="/x.js"></script>')
        == []
    )


@pytest.fixture
def pages(area):
    """The address of a page of each sort, with rows on it."""
    bees = make_association(area, "Biavlere", summary="Honning", latitude=55.65, longitude=12.59)
    bees.milestones.create(date="2012", text="Begyndte", stage="activity")
    for year, value in (("2012", 300), ("2014", 500)):
        bees.figures.create(date=year, measure="honning", value=value, unit="kg")
    make_offering(bees, "FG7")
    place = make_place(area, "Haven", address="Remisevej 14")
    make_link(bees, place, "meets_at")
    institution = make_institution(area, "Bibliotek", website="https://example.org/")
    resident = make_resident(area, "Nabo")
    link = make_link(institution, place, "uses")
    make_place(area, "Nedlagt", status="archived")
    assets = [bees, place, institution, resident]
    return [
        URL,
        f"{URL}?q=honning&layer=xyz&near=nowhere",
        f"{URL}?q=findesikke",
        f"{URL}sources/",
        f"{URL}add/",
        f"{URL}archive/",
        f"{URL}similar/?name=Biavlere",
        f"{URL}links/add/?source={place.uid}",
        f"{URL}links/ends/?source={place.uid}&q=bib",
        f"{URL}links/{link.uid}/edit/",
        *(asset.get_absolute_url() for asset in assets),
        *(asset.url("edit") for asset in assets),
        *(f"{URL}{layer}s/add/" for layer in ("resident", "association", "institution", "place")),
        reverse("account_request_login_code"),
        reverse("account_login"),
        reverse("account_signup"),
        reverse("account_reset_password"),
        reverse("account_logout"),
        reverse("account_email"),
        "/nowhere/",
        "/",
    ]


def test_no_page_holds_an_inline_script_or_style_or_loads_from_outside(client, pages, settings):
    settings.DEMO = True
    for user in (None, make_admin()):
        if user:
            client.force_login(user)
        for path in pages:
            response = client.get(path, follow=True)
            assert response.status_code in (200, 403, 404), path
            assert audit(response.content.decode()) == [], (path, user)


def test_the_code_page_holds_no_inline_script_or_style(client, neighbour):
    response = client.post(
        reverse("account_request_login_code"), {"email": neighbour.email}, follow=True
    )
    assert response.redirect_chain[-1][0] == reverse("account_confirm_login_code")
    assert audit(response.content.decode()) == []


def test_a_refused_form_holds_no_inline_script_or_style(client, area, coordinator):
    client.force_login(coordinator)
    for layer in ("residents", "associations", "institutions", "places"):
        response = client.post(f"{URL}{layer}/add/", {"name": ""})
        assert response.status_code == 200
        assert audit(response.content.decode()) == []


def test_every_answer_carries_the_headers_that_keep_browsers_safe(client, pages):
    client.force_login(make_admin())
    for path in [*pages, f"{URL}map.geojson", "/healthz", f"{URL}addresses/?q=re"]:
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert "unsafe-inline" not in policy, path
        assert "unsafe-eval" not in policy, path
        directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part)
        assert directives["default-src"] == "'none'"
        assert directives["script-src"] == directives["style-src"] == "'self'"
        assert directives["frame-ancestors"] == "'none'"
        assert response["X-Content-Type-Options"] == "nosniff", path
        assert response["X-Frame-Options"] == "DENY", path
        assert response["Referrer-Policy"] == "same-origin", path


def test_nothing_is_loaded_from_outside_unless_a_tile_server_is_set(client, area):
    assert "http" not in client.get(URL)["Content-Security-Policy"]


def test_a_form_from_another_site_is_refused_in_words(area, coordinator):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.force_login(coordinator)
    response = client.post(f"{URL}places/add/", {"name": "Sted"})
    assert response.status_code == 403
    assert "The page had been open for too long" in response.content.decode()
    assert not Place.objects.exists()
