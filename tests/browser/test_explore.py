"""The list and the map are two views of one filter, and nothing is lost on the way."""

import re

import mercantile
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.once]


def loaded(page):
    """Wait for the map's pins, and mark the page to see whether it is loaded again."""
    expect(page.locator("#map .leaflet-marker-icon").first).to_be_visible()
    page.wait_for_load_state("networkidle")  # the map has found its place
    page.evaluate("window.stayed = true")
    return page


def stayed(page):
    return page.evaluate("window.stayed === true")


def on_map(page):
    return page.locator("#map .leaflet-marker-icon")


def counted(page, number):
    expect(page.locator(".count strong")).to_have_text(str(number))


def centre(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def spots(hamlet):
    """A garden tied to a choir far from it, and two benches 80 metres from each other."""
    area = hamlet.area
    garden = factories.make_place(area, "Haven", latitude=55.6505, longitude=12.5930)
    choir = factories.make_association(area, "Koret", latitude=55.6570, longitude=12.6000)
    factories.make_link(choir, garden, "meets_at")
    # Around the middle of a tile of zoom 17, so that they are one cluster at zoom 15.
    box = mercantile.bounds(mercantile.tile(12.5975, 55.6480, 17))
    middle = (box.south + box.north) / 2, (box.west + box.east) / 2
    for name, off in (("Østbænken", 0.00064), ("Vestbænken", -0.00064)):
        factories.make_place(area, name, latitude=middle[0], longitude=middle[1] + off)
    hamlet.garden, hamlet.choir = garden, choir
    return hamlet


def test_typing_filters_list_and_map_and_back_returns(town, visit):
    page = loaded(visit(town.home))
    counted(page, 201)
    page.locator("#q").press_sequentially("sundby bib")
    expect(page).to_have_url(re.compile(r"\?q=sundby(\+|%20)bib"))
    counted(page, 1)
    expect(page.locator(".card h2")).to_have_text("Sundby Bibliotek")
    expect(on_map(page)).to_have_count(1)
    expect(on_map(page)).to_have_attribute("title", "Sundby Bibliotek")
    expect(page.locator("#q")).to_be_focused()
    assert stayed(page)
    page.go_back()
    expect(page).to_have_url(town.home)
    counted(page, 201)
    expect(page.locator("#q")).to_have_value("")


def test_back_returns_to_the_filter_before(town, visit):
    page = loaded(visit(f"{town.home}?q=solvang"))
    counted(page, 3)
    page.locator("#layer-institution").check()
    expect(page).to_have_url(re.compile("layer=institution"))
    counted(page, 1)
    page.go_back()
    expect(page).to_have_url(f"{town.home}?q=solvang")
    counted(page, 3)
    expect(page.locator("#q")).to_have_value("solvang")
    expect(page.locator("#layer-institution")).not_to_be_checked()


def test_a_facet_narrows_and_its_chip_takes_it_back(town, visit):
    page = loaded(visit(town.home))
    page.locator("#layer-association").check()
    expect(page).to_have_url(re.compile("layer=association"))
    counted(page, 9)
    expect(page.locator(".card.layer-2")).to_have_count(9)
    expect(page.locator("#layer-association")).to_be_focused()
    assert stayed(page)
    page.locator(".chip").click()
    expect(page).not_to_have_url(re.compile("layer="))
    counted(page, 201)
    expect(page.locator(".chip")).to_have_count(0)


def test_more_filters_stay_open_and_keep_the_focus(town, visit):
    page = loaded(visit(town.home))
    page.locator("#more summary").click()
    page.locator("#sector-civil").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("sector=civil"))
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#more")).to_have_attribute("open", "")
    expect(page.locator("#sector-civil")).to_be_checked()
    expect(page.locator("#sector-civil")).to_be_focused()


def test_an_address_narrows_to_what_is_near(town, visit):
    page = loaded(visit(town.home))
    page.locator("#more summary").click()
    page.locator("#near").press_sequentially("Remisevej 14")
    expect(page.locator("#addresses option").first).to_be_attached()
    page.locator("#near").press("Tab")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".card .meta").first).to_contain_text(" m ")
    assert stayed(page)


def test_what_is_near_comes_nearest_first(town, visit):
    page = loaded(visit(town.home))
    page.locator("#more summary").click()
    page.locator("#near").fill("Remisevej 14")
    page.locator("#near").press("Tab")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#sort option:checked")).to_have_text("nearest")
    expect(page.locator(".card h2").first).to_have_text(town.library.name)


def test_addresses_carry_only_what_was_chosen(spots, visit):
    page = loaded(visit(spots.home))
    page.locator("#layer-place").check()
    expect(page).to_have_url(f"{spots.home}?layer=place")


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_pointing_at_a_card_shows_where_it_is(spots, visit, way):
    page = loaded(visit(spots.home))
    card = page.locator(".card", has_text="Haven")
    card.hover() if way == "hover" else card.locator("h2 a").focus()
    halo = page.locator("path.halo")
    expect(halo).to_be_visible()
    pin = page.locator(".pin[title=Haven]")
    assert centre(halo) == pytest.approx(centre(pin), abs=3)


def test_a_pin_selects_its_card_and_draws_its_ties(spots, visit):
    page = loaded(visit(spots.home))
    page.locator(".pin[title=Haven]").click()
    expect(page.locator(".card.on h2")).to_have_text("Haven")
    expect(page.locator("path.tie")).to_have_count(1)
    expect(page.locator(".pin.selected")).to_have_attribute("title", "Haven")
    expect(page.locator(".pin.tied")).to_have_attribute("title", "Koret")
    page.locator(".leaflet-popup a", has_text="Haven").click()
    expect(page.locator("h1")).to_have_text("Haven")


def test_a_selected_pin_and_its_ties_stand_on_the_map_once(spots, visit):
    page = loaded(visit(spots.home))
    page.locator(".pin[title=Haven]").click()
    expect(page.locator("path.tie")).to_have_count(1)
    for name in ("Haven", "Koret"):
        expect(page.locator(f".pin[title={name}]")).to_have_count(1)


def test_a_click_on_a_card_selects_it(spots, visit):
    page = loaded(visit(spots.home))
    page.locator(".card", has_text="Koret").locator(".meta").click(position={"x": 150, "y": 5})
    expect(page.locator(".card.on h2")).to_have_text("Koret")
    expect(page.locator("path.tie")).to_have_count(1)


def test_a_pin_of_the_small_map_leads_to_its_page(spots, visit):
    page = loaded(visit(spots.garden.get_absolute_url()))
    page.locator("#map .pin[title=Koret]").first.click()
    expect(page.locator("h1")).to_have_text("Koret")


def test_a_cluster_opens_by_zooming_in(spots, visit):
    page = loaded(visit(spots.home))
    cluster = page.locator(".cluster")
    expect(cluster).to_have_count(1)
    expect(cluster).to_have_attribute("title", re.compile("^2 "))
    cluster.click()
    expect(page.locator(".pin[title=Østbænken]")).to_be_visible()
    expect(page.locator(".pin[title=Vestbænken]")).to_be_visible()
    expect(page.locator(".cluster")).to_have_count(0)


def test_assets_in_one_spot_narrow_the_list_when_opened(hamlet, visit):
    for name in ("Oppe", "Nede"):
        factories.make_place(hamlet.area, name, latitude=55.6500, longitude=12.5960)
    factories.make_place(hamlet.area, "Langt væk", latitude=55.6570, longitude=12.6000)
    page = loaded(visit(hamlet.home))
    for zoom in (17, 19):
        with page.expect_response(re.compile(f"map.geojson.*zoom={zoom}")):
            page.locator(".cluster").click()
    page.locator(".cluster").click()
    expect(page).to_have_url(re.compile("bbox="))
    expect(page.locator(".card h2")).to_have_text(["Nede", "Oppe"])


def test_the_list_follows_the_map_when_asked(spots, visit):
    page = loaded(visit(spots.home))
    counted(page, 4)
    page.locator("#follow").check()
    expect(page).to_have_url(re.compile("bbox="))
    page.get_by_role("button", name="Zoom in", exact=True).click()
    expect(page.locator(".card h2")).to_have_text(["Haven", "Koret"])
    page.locator("#follow").uncheck()
    expect(page).not_to_have_url(re.compile("bbox="))
    counted(page, 4)


def test_the_list_is_sorted_as_asked(spots, visit):
    spots.choir.confirmed_at = timezone.now()
    spots.choir.save()
    page = loaded(visit(spots.home))
    expect(page.locator(".card h2").first).to_have_text("Haven")
    page.locator("#sort").select_option("fresh")
    expect(page).to_have_url(re.compile("sort=fresh"))
    expect(page.locator(".card h2").first).to_have_text("Koret")
    assert stayed(page)


def test_pages_keep_the_filter(town, visit):
    page = loaded(visit(f"{town.home}?layer=place"))
    counted(page, 128)
    expect(page.locator(".card")).to_have_count(30)
    first = page.locator(".card h2").first.inner_text()
    page.locator("a[rel=next]").click()
    expect(page).to_have_url(re.compile("layer=place&page=."))
    expect(page.locator(".card h2").first).not_to_have_text(first)
    counted(page, 128)
    page.locator("a[rel=prev]").click()
    expect(page.locator(".card h2").first).to_have_text(first)


def test_a_phone_shows_the_list_and_fetches_the_map_when_asked(spots, visit):
    page = visit("/", width=390)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    expect(page.locator(".card")).to_have_count(4)
    expect(page.locator("#map")).not_to_be_visible()
    assert not [url for url in asked if "geojson" in url or "basemaps" in url]
    page.locator("[data-show=map]").click()
    expect(on_map(page).first).to_be_visible()
    expect(page.locator("#cards")).not_to_be_visible()
    expect(page.locator("[data-show=map]")).to_have_attribute("aria-pressed", "true")
    assert [url for url in asked if "geojson" in url]
    page.locator("[data-show=list]").click()
    expect(page.locator("#cards")).to_be_visible()
    expect(page.locator("#map")).not_to_be_visible()


def test_a_map_that_cannot_be_fetched_says_so(spots, visit):
    page = visit("/healthz")
    page.route("**/map.geojson*", lambda route: route.abort())
    page.goto(spots.home)
    expect(page.locator("#map-problem")).to_contain_text("The list holds the same")
    expect(page.locator(".card")).to_have_count(4)


LIGHTNESS = """(element, property) => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = getComputedStyle(element)[property];
    canvas.fillRect(0, 0, 1, 1);
    return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
}"""


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_scheme_reaches_page_cards_and_map(town, visit, scheme, dark):
    page = loaded(visit(town.home, scheme=scheme))
    seen = {
        "body": "backgroundColor",
        ".card": "backgroundColor",
        "#map": "backgroundColor",
        "path.land-block": "fill",
        "path.green": "fill",
    }
    for selector, name in seen.items():
        # Evaluating waits for the element, so the base map has been drawn.
        lightness = page.locator(selector).first.evaluate(LIGHTNESS, name)
        assert (lightness < 80) is dark, (selector, lightness)
