"""How long until somebody with a browser sees the list and the map."""

from playwright.sync_api import Error, sync_playwright

from bench.numbers import rounded, spread
from bench.report import say
from tests.provision import Missing, chromium

VISITS = 5
WARM_UP = 6  # requests, so that both workers have answered before
SCREEN = {"width": 1280, "height": 800}
LIST, MAP = ".card", "#map .cluster, #map .pin"
# The page's own clock begins with the navigation. Looked at before each frame is painted.
WATCH = """
const seen = (what) => document.querySelector(what)?.checkVisibility();
window.shown = {};
(function look() {
  if (seen("LIST")) window.shown.list ??= performance.now();
  if (seen("MAP")) window.shown.map ??= performance.now();
  if (!(window.shown.list && window.shown.map)) requestAnimationFrame(look);
})();
""".replace("LIST", LIST).replace("MAP", MAP)


def chromium_path():
    try:
        return chromium.provide()
    except Missing as error:
        say(f"No browser is measured. {error}")
        return None


def opened(path, address):
    """Return the row of a page that is opened VISITS times with nothing in the cache."""
    row = {"line": "Chromium: list and clusters visible", "kind": "browser"}
    try:
        with sync_playwright() as playwright:
            options = {"executable_path": path, "args": ["--no-sandbox", "--disable-gpu"]}
            browser = playwright.chromium.launch(**options)
            warm_up(browser, address)
            visits = [visit(browser, address) for _ in range(VISITS)]
            version = browser.version
            browser.close()
    except Error as error:
        return row | {"error": str(error)}
    return row | numbers(visits) | {"chromium": version}


def warm_up(browser, address):
    """Let the server's processes answer, and the browser start its own, before time is taken."""
    context = browser.new_context()
    for part in ("", "map.geojson"):
        for _ in range(WARM_UP):
            context.request.get(address + part)
    context.close()
    visit(browser, address)


def visit(browser, address):
    """Return {"list": ms, "map": ms}: when each was first visible."""
    context = browser.new_context(viewport=SCREEN)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(address)
    page.locator(LIST).first.wait_for()
    page.locator(MAP).first.wait_for()
    page.wait_for_timeout(100)  # for the watch's last look
    shown = page.evaluate("window.shown")
    context.close()
    return shown


def numbers(visits):
    """Both must be visible; the worst of so few stands where other lines have their p95."""
    both = [max(shown.values()) for shown in visits]
    parts = {part: spread([shown[part] for shown in visits])["p50"] for part in ("list", "map")}
    worst = rounded(max(both))
    return {"p50": spread(both)["p50"], "p95": worst, "parts": parts, "visits": visits}
