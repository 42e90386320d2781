"""The search box suggests while one types: by mouse and by keyboard, and is read out as a list."""

import re

import pytest
from playwright.sync_api import expect

from assetmap.inventory.models import Gift
from tests import factories

from .test_accessibility import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def choir(town):
    """Something that more than one layer has in its name, and a gift that somebody has."""
    factories.make_association(town.area, "Korforeningen <b>Solvang</b>")
    factories.make_place(town.area, "Korsalen")
    factories.make_offering(factories.make_place(town.area, "Haven"), "FG7")
    return town


def typed(page, text):
    page.locator("#q").press_sequentially(text)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options


def test_typing_shows_gifts_and_names_by_layer(choir, visit):
    page = visit(choir.home)
    options = typed(page, "kor")
    groups = page.get_by_role("listbox").get_by_role("group")
    assert {group.get_attribute("aria-label") for group in groups.all()} >= {
        "Associations",
        "Places",
    }
    expect(options.filter(has_text="Korforeningen <b>Solvang</b>")).to_have_count(1)
    options.filter(has_text="Korsalen").click()
    expect(page.locator("h1")).to_have_text("Korsalen")


def test_the_keyboard_chooses_and_escape_closes(choir, visit):
    page = visit(choir.home)
    typed(page, "korsal")
    box = page.locator("#q")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(page.get_by_role("listbox")).not_to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    typed(page, "e")
    box.press("ArrowDown")
    chosen = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{chosen}")).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("Korsalen")


def test_enter_without_a_choice_searches_for_what_is_typed(choir, visit):
    page = visit(choir.home)
    typed(page, "korsal")
    page.locator("#q").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=korsal$"))
    expect(page.locator(".card")).to_have_count(1)
    expect(page.get_by_role("listbox")).not_to_be_visible()


def test_a_gift_is_suggested_by_its_other_names_and_leads_to_those_who_have_it(choir, visit):
    page = visit(choir.home)
    name = str(Gift.objects.get(code="FG7"))
    assert "honning" not in name.lower()
    typed(page, "honning").filter(has_text=name).click()
    expect(page).to_have_url(re.compile("gift=FG7"))
    expect(page.locator(".card").filter(has_text="Haven")).to_have_count(1)


def test_a_slip_is_put_right_by_one_press(choir, visit):
    page = visit(choir.home)
    typed(page, "korsalne").filter(has_text="Did you mean").click()
    expect(page).to_have_url(re.compile("q=korsalen"))
    expect(page.locator(".card")).to_have_count(1)
    page.goto(f"{choir.home}?q=korsalne")
    page.locator(".instead a").click()
    expect(page.locator(".card")).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_open_list_is_accessible_and_fits(choir, visit, width):
    page = visit(choir.home, width=width)
    typed(page, "kor")
    expect(page).to_have_url(re.compile(r"\?q=kor$"))  # the list has followed
    expect(page.locator(".htmx-request")).to_have_count(0)  # it is pale until then
    page.locator("#q").press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
