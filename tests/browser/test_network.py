"""The network's picture as people use it: with a finger, a keyboard, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories

from .pages import SIZES
from .test_accessibility import assert_accessible, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.once]

# How many different colours the canvas shows, and where an asset of a layer is drawn on it.
COLOURS = """() => {
  const canvas = document.querySelector('#picture canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


@pytest.fixture
def home(town):
    return f"{town.home}network/"


@pytest.fixture
def tiny(hamlet):
    """A club that is tied to a hall, so that each is easy to hit."""
    club = factories.make_association(hamlet.area, "Koret")
    hall = factories.make_place(hamlet.area, "Salen")
    factories.make_link(club, hall, "meets_at", since="2012", until="2020")
    factories.make_link(club, factories.make_institution(hamlet.area, "Huset"), "works_with")
    hamlet.club, hamlet.network = club, f"{hamlet.home}network/"
    return hamlet


def drawn(page):
    """Wait until the picture is there."""
    expect(page.locator("#picture canvas")).to_have_attribute("role", "img")
    return page


def rows(page):
    return page.locator(".facts-below tbody tr")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_picture_is_drawn_with_names(home, visit, width, scheme):
    page = drawn(visit(home, width=width, scheme=scheme))
    assert page.evaluate(COLOURS) > 20
    expect(page.locator(".node-name").first).to_be_visible()
    assert_fits(page)


def test_axe_finds_nothing(home, town, visit, subtests):
    page = drawn(visit(home, user=town.coordinator))
    for name, path in {
        "the whole": home,
        "a circle": f"{home}?ego={town.library.uid}&steps=2",
        "nothing": f"{home}?q=findes+ikke",
        "a bad filter": f"{home}?year=x&layer=planet",
    }.items():
        with subtests.test(name):
            page.set_viewport_size({"width": 1280, "height": SIZES[1280]})
            page.goto(path)
            page.wait_for_load_state("networkidle")
            assert_accessible(page)


def test_a_click_on_an_asset_shows_its_circle_and_another_one_its_page(tiny, visit):
    page = drawn(visit(tiny.network))
    name = page.locator(".node-name", has_text="Koret")
    box = name.bounding_box()
    above = (box["x"] + box["width"] / 2, box["y"] - 8)  # names stand below what they name
    page.mouse.click(*above)
    expect(page.locator("#circle-title")).to_contain_text("Koret")
    expect(page).to_have_url(re.compile(rf"ego={tiny.club.uid}"))
    main = page.locator(".node-name.main")
    expect(main).to_have_text("Koret")
    box = main.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] - 8)
    expect(page).to_have_url(re.compile(r"/associations/"))


def test_a_circle_is_shared_by_its_address_and_left_by_the_back_button(home, town, visit):
    page = drawn(visit(f"{home}?ego={town.library.uid}&steps=2"))
    expect(page.locator("#circle-title")).to_contain_text("Solvang Bibliotek")
    page.locator("#circle .tabs a", has_text="One step").click()
    expect(page).to_have_url(re.compile(r"steps=1"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"steps=2"))


def test_the_slider_goes_back_in_time_by_the_keyboard(tiny, visit):
    page = drawn(visit(tiny.network))
    expect(rows(page).filter(has_text="Salen").locator(".num").first).to_have_text("0")
    page.locator("#id_year").focus()
    page.keyboard.press("Home")
    expect(page.locator("#year")).to_have_text("2012")
    expect(page).to_have_url(re.compile(r"year=2012"))
    expect(rows(page).filter(has_text="Salen").locator(".num").first).to_have_text("1")


def test_search_and_filters_narrow_picture_and_table_alike(home, visit):
    page = drawn(visit(home))
    with page.expect_response(re.compile(r"picture\.json\?.*q=biavl")) as answer:
        page.locator("#q").press_sequentially("biavl")
    hits = [node["name"] for node in answer.value.json()["nodes"] if node["hit"]]
    expect(rows(page)).to_have_count(len(hits))
    expect(page.locator("#q")).to_be_focused()
    page.locator(".chip", has_text="biavl").click()
    expect(rows(page)).to_have_count(100)


def test_the_keyboard_alone_reaches_a_circle_through_the_table(home, visit):
    page = drawn(visit(home))
    link = rows(page).first.get_by_role("link", name=re.compile("Show the circle of"))
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#circle-title")).to_be_visible()
    expect(page.locator(".ties-in-words li").first).to_be_visible()


def test_without_a_connection_the_page_says_so_and_the_table_stays(tiny, visit):
    page = drawn(visit(tiny.network))
    page.route("**/picture.json*", lambda route: route.abort())
    page.locator("#layer-place").check()
    expect(page.locator("#picture-problem")).to_contain_text("could not be fetched")
    expect(rows(page)).to_have_count(1)


@pytest.mark.parametrize("width", [390, 1280])
def test_without_a_script_the_table_is_the_page(home, town, visit, width):
    page = visit(home, script=False, width=width)
    expect(page.locator(".picture")).not_to_be_visible()
    expect(rows(page)).to_have_count(100)
    page.locator("#q").fill("biavlerne")
    page.locator(".searchbox button").click()
    expect(rows(page)).to_have_count(1)
    rows(page).get_by_role("link", name=re.compile("Show the circle of")).click()
    expect(page.locator("#circle-title")).to_contain_text("biavlere")
    expect(page.locator(".ties-in-words li").first).to_be_visible()
    page.goto(f"{home}?size=between")
    expect(page.locator("#size")).to_have_value("between")
