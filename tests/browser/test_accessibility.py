"""Every page, on a desk and on a phone in the dark: what axe finds, and what it does not see."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from assetmap.inventory.models import Asset, Link
from tests import factories
from tests.exchange.importing.made import MATCHED, likely, make_row, make_run, url

from .pages import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.once]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"]}
WAYS = [(1280, "light"), (390, "dark")]
LAYERS = ("residents", "associations", "institutions", "places")


def show(page):
    """Show all there is on a page: the map where it has one, and every part that folds."""
    if page.locator("#map").is_visible():
        expect(page.locator("#map.leaflet-container")).to_be_visible()
        page.wait_for_load_state("networkidle")
    page.wait_for_load_state()


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def violations(page):
    if not page.evaluate("'axe' in window"):  # once a page: it is half a megabyte of script
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async (options) => (await axe.run(options)).violations", OPTIONS)
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))} – {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
        if not is_pin_among_pins(rule, node)
    ]


def is_pin_among_pins(rule, node):
    """Where a pin stands is the map's to say: WCAG 2.5.8 excepts it, and the list has its link."""
    return rule["id"] == "target-size" and "leaflet-marker-icon" in node["html"]


def assert_accessible(page):
    """Check the page as it stands on a desk in the light and on a phone in the dark."""
    show(page)
    unfold(page)
    found = {}
    for width, scheme in WAYS:
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        page.emulate_media(color_scheme=scheme)
        for violation in violations(page):
            found.setdefault(violation, []).append(f"{width} {scheme}")
    told = [f"{', '.join(where)}: {what}" for what, where in found.items()]
    assert not told, f"{page.url}\n" + "\n\n".join(told)
    assert page.locator("img:not([alt])").count() == 0
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.fixture
def pages(town):
    """The addresses of the pages that need no more than to be opened, by their names."""
    link = Link.objects.filter(source__area=town.area, visibility="public").first()
    Asset.objects.filter(pk=town.assets["demo-1"].pk).update(owner=town.coordinator)
    archived = factories.make_place(town.area, "Det gamle skur", status="archived")
    pages = {
        f"a page of {key}": town.assets[key].get_absolute_url()
        for key in ("demo-1", "biavlerne", "healthy-girls", "biblioteker.8", "solvangcentret")
    }
    pages |= {f"add {layer}": f"{town.home}{layer}/add/" for layer in LAYERS}
    return (
        pages
        | imports(town)
        | {
            "explore": town.home,
            "filtered": f"{town.home}?q=bib&layer=institution&near={town.library.uid}",
            "nothing": f"{town.home}?q=findes+ikke",
            "a bad filter": f"{town.home}?layer=planet&bbox=1",
            "edit": town.assets["biavlerne"].url("edit"),
            "archived": archived.get_absolute_url(),
            "add": f"{town.home}add/",
            "archive": f"{town.home}archive/",
            "sources": f"{town.home}sources/",
            "me": f"{town.home}me/",
            "add a tie": f"{town.home}links/add/?source={town.library.uid}",
            "edit a tie": link.get_absolute_url(),
        }
    )


def imports(town):
    """The pages of an import in its states."""
    town.coordinator.memberships.update(may_import=True)
    counts = {"new": 1, "changed": 1, "likely": 1, "refused": 1, "unplaced": 1, "rows": 3}
    columns = {"Navn": "name", "Type": "kind", "Note": ""}
    matched = MATCHED | {"columns": columns, "values": {"Type": {"Torv": "place:square"}}}
    uploaded = make_run(town.area, matched=[matched])
    checked = make_run(town.area, "checked", counts=counts)
    done = make_run(town.area, "done", counts=counts)
    changes = {"summary": ["Grå", "Grøn"]}
    make_row(checked, 2, likely=[likely(town.library)], outcome="changed", changes=changes)
    make_row(checked, 4, outcome="refused", problems=[["no_name", {}], ["utm", {}]])
    make_row(done, 2)
    factories.make_association(town.area, "Hjemløse", address="Hørgården 7")
    home = f"{town.home}import/"
    return {
        "import": home,
        "match the columns": url(uploaded, "match"),
        "perhaps there already": f"{url(checked)}?show=likely",
        "what is refused": f"{url(checked)}?show=refused",
        "an import that is done": url(done),
        "not yet on the map": f"{home}unplaced/",
    }


GROUPS = {
    "imports": [
        *("import", "match the columns", "perhaps there already", "what is refused"),
        *("an import that is done", "not yet on the map"),
    ],
    "explore": ["explore", "filtered", "nothing", "a bad filter"],
    "assets": [
        *["a page of demo-1", "a page of biavlerne", "a page of healthy-girls"],
        *["a page of biblioteker.8", "a page of solvangcentret", "archived"],
    ],
    "forms": [*(f"add {layer}" for layer in LAYERS), "edit"],
    "others": ["add", "archive", "sources", "me", "add a tie", "edit a tie"],
}


@pytest.mark.parametrize("group", GROUPS)
def test_axe_finds_nothing(town, pages, visit, group, subtests):
    page = visit("/healthz", user=town.coordinator)
    for name in GROUPS[group]:
        with subtests.test(name):
            page.set_viewport_size({"width": 1280, "height": SIZES[1280]})
            page.goto(pages[name])
            assert_accessible(page)


def test_axe_finds_nothing_where_something_was_refused(town, visit, subtests):
    page = visit("/healthz", user=town.coordinator)
    with subtests.test("a form with errors"):
        page.goto(f"{town.home}associations/add/?name=Urban Art")
        unfold(page)
        page.locator("#id_cvr").fill("12345678")
        page.locator("#id_latitude").fill("55")
        page.locator(".save .button:not(.quiet)").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert_accessible(page)
    with subtests.test("an edit that came too late"):
        page.goto(town.library.url("edit"))
        Asset.objects.filter(pk=town.library.pk).update(version=7, summary="Nyt")
        page.locator("#id_summary").fill("Mit")
        page.locator(".save .button:not(.quiet)").click()
        expect(page.locator(".conflicts")).to_be_visible()
        assert_accessible(page)
    with subtests.test("a tie without its other end"):
        page.goto(f"{town.home}links/add/?source={town.library.uid}")
        page.locator(".save .button:not(.quiet)").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert_accessible(page)


def test_axe_finds_nothing_while_one_works(town, visit, subtests):
    page = visit("/healthz", user=town.coordinator)
    with subtests.test("an opened pin and a chosen card"):
        factories.make_place(town.area, "Midt i det hele")
        page.goto(f"{town.home}?q=midt+i+det")
        show(page)
        page.locator(".pin").click()
        expect(page.locator(".leaflet-popup")).to_have_css("opacity", "1")  # it fades in
        assert_accessible(page)
    with subtests.test("a phone that shows the map"):
        page.set_viewport_size({"width": 390, "height": SIZES[390]})
        page.goto(town.home)
        page.locator("[data-show=map]").click()
        assert_accessible(page)
    with subtests.test("likely duplicates"):
        page.goto(f"{town.home}places/add/")
        page.locator("#id_name").press_sequentially("Solvang Bibliotek")
        expect(page.locator(".similar")).to_be_visible()
        assert_accessible(page)
    with subtests.test("ends to pick from"):
        page.goto(f"{town.home}links/add/?source={town.library.uid}")
        page.locator("#id_q").press_sequentially("urban")
        expect(page.locator("#ends label").first).to_be_visible()
        assert_accessible(page)


def test_axe_finds_nothing_where_one_is_not_signed_in(
    hamlet, visit, settings, mailoutbox, subtests
):
    factories.make_area("naboby", introduction="Ved siden af.")
    page = visit("/")
    with subtests.test("the areas"):
        expect(page.locator(".card")).to_have_count(2)
        assert_accessible(page)
    with subtests.test("an area with nothing in it"):
        page.goto(hamlet.home)
        assert_accessible(page)
    with subtests.test("the demo"):
        settings.DEMO = True
        page.goto(hamlet.home)
        expect(page.locator(".demo")).to_be_visible()
        assert_accessible(page)
        settings.DEMO = False
    with subtests.test("sign in"):
        page.goto("/account/login/code/")
        assert_accessible(page)
    with subtests.test("confirm the code"):
        page.goto("/account/login/code/")
        page.locator("input[type=email]").fill(hamlet.coordinator.email)
        page.locator("main form .button").first.click()
        expect(page.locator("input[name=code]")).to_be_visible()
        assert_accessible(page)


def test_axe_finds_nothing_where_one_may_not_go(hamlet, visit, subtests):
    visit.refusals = {403, 404}
    page = visit("/", user=factories.make_user("resident", hamlet.area))
    with subtests.test("404"):
        page.goto(f"{hamlet.home}nowhere/")
        assert_accessible(page)
    with subtests.test("403"):
        page.goto(f"{hamlet.home}add/")
        assert_accessible(page)


WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_nothing_must_be_scrolled_sideways(town, pages, visit, subtests):
    """640 is what a screen of 1280 has left when the text is shown at 200 %."""
    page = visit("/healthz", user=town.coordinator, width=640)
    for name, path in pages.items():
        page.goto(path)
        with subtests.test(name):
            assert_fits(page)


def assert_fits(page):
    unfold(page)
    for width in (640, 390, 320):
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        assert page.evaluate(WIDER) <= 0, f"{page.url} at {width}"


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("role", ["visitor", "resident", "coordinator"])
def test_the_main_menu_is_not_cut_off(hamlet, visit, role, width):
    """A menu that scrolls by itself hides the links at its end."""
    user = None if role == "visitor" else factories.make_user(role, hamlet.area)
    factories.make_resident(hamlet.area, owner=user)
    page = visit(hamlet.home, user=user, width=width)
    cut = page.locator(".main-nav").evaluate("nav => nav.scrollWidth - nav.clientWidth")
    assert cut <= 0


SMALL = """([selector, least]) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility())
    .map((element) => element.closest("label") ?? element)
    .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
    .filter(([, box]) => box.width < least || box.height < least)
    .map(([html, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${html}`)"""


@pytest.mark.parametrize("width", [390, 1280])
def test_what_one_taps_is_at_least_24_pixels(town, pages, visit, width, subtests):
    page = visit("/healthz", user=town.coordinator, width=width)
    targets = (
        "header a, header button, .layers input, .facets input, .facets select, .chip, summary, "
        ".switch button, .searchbox button, #sort, #follow, .pages a, .save a, .save button, "
        ".leaflet-control a, .pin, .cluster, .actions a, .actions button, .ties .edit"
    )
    for name in ("filtered", "explore", "edit", "a page of biblioteker.8"):
        with subtests.test(name):
            page.goto(pages[name])
            show(page)
            unfold(page)
            assert page.evaluate(SMALL, [targets, 24]) == []


@pytest.mark.parametrize(("language", "lang"), [("en-GB", "en"), ("da-DK", "da")])
def test_the_page_says_its_language(hamlet, visit, language, lang):
    page = visit(hamlet.home, language=language)
    expect(page.locator("html")).to_have_attribute("lang", lang)
