"""Areas, their addresses, the front page and the page that says the site is alive."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from assetmap.areas.models import Address, Area
from assetmap.areas.validators import RESERVED_SLUGS
from tests.factories import make_address, make_area

URL = "/urbanplanen/addresses/"


def new_area(**fields):
    return Area(**{"name": "By", "slug": "by", "latitude": 55.65, "longitude": 12.6} | fields)


# The front page ---------------------------------------------------------------------------


def test_one_area_is_gone_to_straight(client, area):
    response = client.get("/")
    assert response.status_code == 302
    assert response.url == "/urbanplanen/"


def test_several_areas_are_listed_by_name(client, db):
    make_area("vest", name="Vestbyen", municipality="København", introduction="Om Vestbyen")
    make_area("gl", name="Amager")
    page = client.get("/").content.decode()
    assert page.index('<a href="/gl/">Amager</a>') < page.index('<a href="/vest/">Vestbyen</a>')
    assert "Om Vestbyen" in page


def test_no_area_is_said(client, db):
    response = client.get("/")
    assert response.status_code == 200
    assert "There is no area yet." in response.content.decode()


def test_areas_are_listed_in_danish_order(client, db):
    for slug, name in (("o", "Ørestad"), ("a", "Århus"), ("z", "Zoo"), ("ae", "Ærø")):
        make_area(slug, name=name)
    page = client.get("/").content.decode()
    places = [page.index(f">{name}</a>") for name in ("Zoo", "Ærø", "Ørestad", "Århus")]
    assert places == sorted(places)


# An area ----------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_an_area_cannot_take_an_address_of_the_site_itself(db, slug):
    with pytest.raises(ValidationError, match="used by the site itself"):
        new_area(slug=slug).full_clean()


def test_every_page_of_the_site_itself_is_reserved():
    firsts = set()
    for found in get_resolver().url_patterns:
        inner = [found] if isinstance(found, URLPattern) else [None]
        if str(found.pattern) == "":
            inner = found.url_patterns
        firsts |= {str((part or found).pattern).split("/")[0] for part in inner}
    own = {first for first in firsts if first and not first.startswith("<")}
    assert {"account", "admin", "i18n", "demo", "healthz"} <= own
    assert own | {"static", "media", "api"} <= RESERVED_SLUGS


@pytest.mark.parametrize("slug", ["", "to ord", "æble", "a/b", "x" * 60])
def test_a_bad_slug_is_refused(db, slug):
    with pytest.raises(ValidationError):
        new_area(slug=slug).full_clean()


def test_a_slug_is_used_once(area):
    with pytest.raises(ValidationError):
        new_area(slug=area.slug).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_area(area.slug)


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (-90.1, 0), (0, 181), (0, -180.5)])
def test_the_database_keeps_areas_on_the_earth(db, latitude, longitude):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_area("maanen", latitude=latitude, longitude=longitude)
    with pytest.raises(ValidationError):
        new_area(latitude=latitude, longitude=longitude).full_clean()


def test_an_areas_boundary_must_be_a_polygon(db):
    with pytest.raises(ValidationError) as refused:
        new_area(boundary={"type": "Point", "coordinates": [12.6, 55.6]}).full_clean()
    assert set(refused.value.message_dict) == {"boundary"}
    new_area(boundary=None).full_clean()


def test_an_unknown_base_map_is_refused_and_draws_nothing(db):
    with pytest.raises(ValidationError) as refused:
        new_area(base_map="atlantis").full_clean()
    assert set(refused.value.message_dict) == {"base_map"}
    assert new_area(base_map="atlantis").base_map_files == []


def test_a_base_map_brings_its_files_and_credits(client, area):
    Area.objects.update(base_map="amager")
    page = client.get("/urbanplanen/").content.decode()
    start = page.index('<script id="map-config" type="application/json">')
    config = json.loads(page[page.index(">", start) + 1 : page.index("</script>", start)])
    files = [address.rpartition("/")[2] for address in config["baseMaps"]]
    assert files == ["land.json", "streets.json", "names.json"]
    assert any("OpenStreetMap" in credit for credit in config["credits"])
    assert config["centre"] == [area.latitude, area.longitude]
    assert config["tiles"]["url"] == ""


# Addresses --------------------------------------------------------------------------------


def found(client, typed):
    return [row["text"] for row in client.get(URL, {"q": typed}).json()]


@pytest.fixture
def street(area):
    for number in ("10", "2", "1", "2A"):
        make_address(area, f"Hørgården {number}, 2300 København S")
    make_address(area, "Remisevej 14, 2300 København S", latitude=55.6487, longitude=12.5955)


def test_addresses_are_found_as_they_are_typed_in_order_of_number(client, street):
    wanted = [f"Hørgården {n}, 2300 København S" for n in ("1", "2", "2A", "10")]
    for typed in ("hø", "HØR", "Hørgården", "hoergaarden", "  Hørgården", "Hørgarden"[:4]):
        assert found(client, typed) == wanted, typed
    assert found(client, "hørgården 2a") == [wanted[2]]


def test_an_address_is_found_from_its_beginning_only(client, street):
    assert found(client, "gården") == []


def test_an_address_comes_with_its_position(client, street):
    response = client.get(URL, {"q": "remise"})
    assert response["Content-Type"] == "application/json"
    assert response.json() == [
        {"text": "Remisevej 14, 2300 København S", "latitude": 55.6487, "longitude": 12.5955}
    ]


@pytest.mark.parametrize("typed", ["", " ", "h", " h ", "%", "__", "%%", "zz"])
def test_too_little_or_nothing_fitting_finds_no_address(client, street, typed):
    assert found(client, typed) == []


@pytest.mark.parametrize(
    "query", ["q=%00%00", "q=h%00r", f"q={'x' * 10_000}", "", "q=%CC%81%CC%81"]
)
def test_nonsense_finds_no_address(client, street, query):
    response = client.get(f"{URL}?{query}")
    assert (response.status_code, response.json()) == (200, [])


def test_no_more_than_eight_addresses_are_sent(client, area):
    for number in range(20):
        make_address(area, f"Hørgården {number}")
    assert found(client, "hørgården") == [f"Hørgården {number}" for number in range(8)]


def test_addresses_of_another_area_are_not_found(client, street, other_area):
    make_address(other_area, "Hørhaven 1")
    assert "Hørhaven 1" not in found(client, "hør")
    assert client.get("/nowhere/addresses/?q=hør").status_code == 404


def test_an_address_stands_once_in_an_area(area, other_area):
    make_address(area, "Hørgården 1")
    make_address(other_area, "Hørgården 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_address(area, "Hørgården 1")


def test_addresses_loaded_together_are_found_too(client, area):
    row = Address(area=area, text="Ærøgade 4", latitude=55.65, longitude=12.6)
    Address.objects.bulk_create([row.prepare()])
    assert found(client, "aeroe") == ["Ærøgade 4"]


def test_one_query_finds_addresses(client, street):
    with CaptureQueriesContext(connection) as captured:
        found(client, "hør")
    assert len(captured) == 2  # the area, and its addresses


# Alive ------------------------------------------------------------------------------------


def test_healthz_says_that_the_database_answers(client, db):
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert len(captured) == 1
    assert not response.cookies


def test_healthz_answers_plain_http_where_the_rest_is_sent_to_https(client, area, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/urbanplanen/").status_code == 301
