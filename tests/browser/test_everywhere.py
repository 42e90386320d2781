"""All areas: their list, their map and a search in all of them."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories

from .pages import SIZES
from .test_accessibility import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def areas(test_database):
    """Two areas some kilometres apart, each with something on the map."""
    for slug, longitude in (("solbakken", 12.4), ("aalunden", 12.6)):
        area = factories.make_area(slug, longitude=longitude, boundary=None)
        factories.make_place(area, f"Haven i {slug}", longitude=longitude)
        factories.make_association(area, f"Koret i {slug}", longitude=longitude, latitude=55.65)


def test_the_map_shows_each_area_by_name_and_opens_it(areas, visit):
    page = visit("/")
    expect(page.locator(".area-name")).to_have_count(2)
    page.locator(".cluster[title^=Solbakken]").click()
    expect(page).to_have_url(re.compile("/solbakken/$"))


def test_an_area_on_the_map_opens_by_keyboard(areas, visit):
    page = visit("/")
    page.locator(".cluster[title^=Aalunden]").press("Enter")
    expect(page).to_have_url(re.compile("/aalunden/$"))


def test_a_search_finds_in_all_areas_and_says_in_which(areas, visit):
    page = visit("/")
    page.locator("#q").press_sequentially("haven")
    expect(page.locator(".card")).to_have_count(2)
    expect(page.locator(".card .kind a").first).to_have_text("Solbakken")
    expect(page.locator("#map .pin")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"/\?q=haven$"))


def test_a_phone_shows_the_list_of_areas_and_then_the_map(areas, visit):
    page = visit("/", width=390)
    expect(page.locator(".areas h3")).to_have_text(["Solbakken", "Aalunden"])
    page.locator("[data-show=map]").click()
    expect(page.locator("#map .cluster")).to_have_count(2)


def test_without_script_areas_are_listed_and_searched_by_button(areas, visit):
    page = visit("/", script=False)
    expect(page.locator(".areas h3")).to_have_count(2)
    page.locator("#q").fill("koret")
    page.locator(".searchbox button").click()
    expect(page.locator(".card")).to_have_count(2)


@pytest.mark.parametrize("path", ["/", "/?q=haven", "/?q=solbakken"])
def test_it_is_accessible_and_fits(areas, visit, path):
    page = visit(path, width=320)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": SIZES[1280]})
    assert_accessible(page)
