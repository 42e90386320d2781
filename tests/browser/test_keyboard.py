"""Everything can be done with the keyboard alone, and one always sees where one is."""

import re
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

from places.models import Place
from residents.models import Resident
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.once]

STOP = """() => {
    const element = document.activeElement;
    const shown = (node) => {
        const style = getComputedStyle(node);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== "none";
    };
    const wrapper = element.closest(".searchbox");
    const box = element.getBoundingClientRect();
    const bar = document.querySelector(".save")?.getBoundingClientRect();
    const inBar = element.closest(".save") !== null;
    return {
        what: element.id || element.name || element.className || element.tagName,
        tag: element.tagName,
        body: element === document.body,
        visible: shown(element) || (wrapper !== null && shown(wrapper)),
        hidden: Boolean(bar) && !inBar && box.top >= bar.top && box.bottom <= bar.bottom + 1,
        covered: Boolean(bar) && !inBar && box.height < 100
            && box.bottom > bar.top + 12 && box.top < bar.bottom,
    };
}"""


def tab_until(page, reached, limit=120):
    """Press Tab until `reached(stop)`; return all the stops on the way."""
    stops = []
    while len(stops) < limit:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
        if reached(stops[-1]):
            return stops
    raise AssertionError(f"not reached with {limit} tabs: {[stop['what'] for stop in stops]}")


def tab_to(page, selector, limit=120):
    focused = page.locator(f"{selector}:focus")
    return tab_until(page, lambda _stop: focused.count() == 1, limit)


@pytest.fixture
def spots(hamlet):
    hamlet.garden = factories.make_place(hamlet.area, "Haven", latitude=55.6505, longitude=12.5930)
    hamlet.choir = factories.make_association(
        hamlet.area, "Koret", latitude=55.6570, longitude=12.6000
    )
    factories.make_link(hamlet.choir, hamlet.garden, "meets_at")
    return hamlet


def opened(page):
    expect(page.locator("#map .leaflet-marker-icon").first).to_be_visible()
    page.wait_for_load_state("networkidle")  # the map has found its place
    return page


def test_the_skip_link_comes_first_and_leads_to_the_content(spots, visit):
    page = opened(visit(spots.home))
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["width"] > 24
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()


def test_tab_goes_from_search_by_facets_and_cards_to_the_map(spots, visit):
    page = opened(visit(spots.home))
    for selector in (
        "#q",
        "#layer-resident",
        "#layer-place",
        "#more summary",
        "#sort",
        ".card h2 a",
        ".pin",
        ".leaflet-control-zoom-in",
        ".leaflet-control-zoom-out",
        "#follow",
    ):
        stops = tab_to(page, selector)
        assert not [stop for stop in stops if stop["body"]], stops


def test_enter_on_a_pin_opens_it_and_keeps_the_focus_near(spots, visit):
    page = opened(visit(spots.home))
    page.locator(".pin[title=Haven]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup a", has_text="Haven")).to_be_visible()
    expect(page.locator("path.tie")).to_have_count(1)
    assert page.evaluate("document.activeElement.closest('#map') !== null"), "the focus is lost"


def test_the_link_of_an_opened_pin_is_reached(spots, visit):
    page = opened(visit(spots.home))
    page.locator(".pin[title=Haven]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("path.tie")).to_have_count(1)
    expect(page.locator(".leaflet-popup a[href*=places]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Haven")


def test_escape_closes_an_opened_pin(spots, visit):
    page = opened(visit(spots.home))
    page.locator(".pin[title=Haven]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)


def test_enter_on_a_cluster_zooms_in_and_keeps_the_focus_on_the_map(hamlet, visit):
    for name in ("Oppe", "Nede"):
        factories.make_place(hamlet.area, name, latitude=55.6500, longitude=12.5960)
    page = opened(visit(hamlet.home))
    page.locator(".cluster").focus()
    with page.expect_response(re.compile("map.geojson.*zoom=17")):
        page.keyboard.press("Enter")
    expect(page.locator(".cluster")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('#map') !== null"), "the focus is lost"


def test_a_place_is_added_and_saved(hamlet, visit):
    page = visit(hamlet.home, user=hamlet.coordinator)
    tab_to(page, ".tools a.button")
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_be_visible()
    tab_to(page, "#name")
    page.keyboard.type("Bænken")
    tab_to(page, "button[value=place]")
    page.keyboard.press("Space")
    expect(page.locator("#id_name")).to_have_value("Bænken")
    tab_to(page, "#id_summary")
    page.keyboard.type("Sol om morgenen.")
    tab_to(page, "#id_gifts-0-what")
    page.keyboard.type("Skygge")
    tab_to(page, ".save .button:not(.quiet)")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Bænken")
    expect(page.locator("article")).to_contain_text("Skygge")
    assert Place.objects.get().summary == "Sol om morgenen."


def test_a_tie_is_added(spots, visit):
    page = visit(f"{spots.home}links/add/?source={spots.garden.uid}", user=spots.coordinator)
    tab_to(page, "#id_q")
    page.keyboard.type("kor")
    expect(page.locator("#ends label")).to_have_count(1)
    tab_to(page, "#ends input")
    page.keyboard.press("Space")
    tab_to(page, "#id_tie")
    page.keyboard.type("works with")
    tab_to(page, ".save .button:not(.quiet)")
    page.keyboard.press("Enter")
    expect(page.locator(".ties li")).to_have_count(2)


def test_a_resident_registers(hamlet, visit):
    page = visit(f"{hamlet.home}register/", width=390)
    stops = press(page, "[name=way][value=quick]", "Enter")
    stops += press(page, "#find")
    page.keyboard.type("honning")
    page.keyboard.press("Enter")  # sends nothing: one is still searching
    stops += press(page, "[name=gifts-gifts][value=FG7]", "Space")
    stops += press(page, ".save .button", "Enter")
    stops += press(page, "[name=who-called]")
    page.keyboard.type("Amina")
    stops += press(page, "[name=who-visibility]:checked", "ArrowDown", "ArrowDown")
    stops += press(page, ".save .button", "Enter")
    stops += press(page, "[name=finish-keep]", "Space")
    stops += press(page, ".save .button", "Enter")
    stops += press(page, "[data-done] .button", "Enter")
    expect(page.locator("h1")).to_have_text("What is kept about you")
    resident = Resident.objects.get()
    assert (resident.name, resident.visibility) == ("Amina", "neighbours")
    assert not [stop for stop in stops if not stop["visible"]]
    assert not [stop for stop in stops if stop["hidden"] or stop["covered"]]


def press(page, selector, *keys):
    """Go to something that is there by now, and press keys on it."""
    expect(page.locator(selector).first).to_be_attached()
    stops = tab_to(page, selector)
    for key in keys:
        page.keyboard.press(key)
    return stops


@pytest.mark.parametrize("width", [390, 1280])
def test_the_focus_is_seen_all_the_way_through_the_form(hamlet, visit, width):
    path = f"{hamlet.home}associations/add/?name=Koret"
    page = visit(path, user=hamlet.coordinator, width=width)
    for summary in page.locator("details.section summary").all():
        summary.click()
    page.locator("#id_name").focus()
    last = page.locator(".save a:focus")
    stops = tab_until(page, lambda _stop: last.count() == 1, limit=200)
    assert len(stops) > 30
    assert not [stop for stop in stops if not stop["visible"]]
    assert not [stop for stop in stops if stop["hidden"]]
    assert not [stop for stop in stops if stop["covered"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_all_over_explore(spots, visit, scheme):
    page = opened(visit(spots.home, scheme=scheme, user=spots.coordinator))
    stops = tab_to(page, "#follow")
    assert not [stop for stop in stops if not stop["visible"]]


@pytest.mark.parametrize(
    "selector",
    ["#q", ".leaflet-control-zoom-in", ".leaflet-control-zoom-out", ".pin", "#follow", "#map"],
)
def test_the_focus_changes_what_is_on_the_screen(spots, visit, selector):
    """A ring that another element cuts off or covers is no ring."""
    page = opened(visit(spots.home))
    tab_to(page, selector)
    element = page.locator(selector).first if selector != ".pin" else page.locator(".pin:focus")
    element = element.element_handle()
    box = element.bounding_box()
    clip = {
        "x": max(0, box["x"] - 8),
        "y": max(0, box["y"] - 8),
        "width": box["width"] + 16,
        "height": box["height"] + 16,
    }
    seen = page.screenshot(clip=clip)
    element.evaluate("element => element.blur()")
    unseen = page.screenshot(clip=clip)
    around = 2 * (box["width"] + box["height"])
    share = 0.5 if selector == "#map" else 1  # the map ends where the window does
    assert changed_pixels(seen, unseen) >= share * around, "less than a ring of one pixel"


def changed_pixels(*shots):
    one, other = (Image.open(BytesIO(shot)).convert("L") for shot in shots)
    histogram = ImageChops.difference(one, other).histogram()
    return sum(histogram[30:])
