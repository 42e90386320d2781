"""What a first visit to explore costs, on the demo as `make demo` serves it."""

import os
import re
import socket
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from playwright.sync_api import expect

from .pages import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.once]

MOST_REQUESTS, MOST_BYTES = 12, 200_000
FOR_EVER = "max-age=315360000, public, immutable"
BLOCKING = """performance.getEntriesByType("resource")
    .filter((entry) => entry.renderBlockingStatus === "blocking").map((entry) => entry.name)"""
PAINTED = """new Promise((tell) => {
    new PerformanceObserver(() => tell(true)).observe({ type: "paint", buffered: true });
    setTimeout(() => tell(false), 5000);
})"""


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """The demo in a process of its own, with hashed static files; its address."""
    folder = tmp_path_factory.mktemp("weight")
    # Nothing of what surrounds the tests, such as DATABASE_URL, decides what is served.
    variables = {"PATH": os.environ["PATH"], "DEMO": "1", "DEBUG": "0", "DATA_DIR": str(folder)}
    for command in (["collectstatic", "--noinput"], ["load_demo"]):
        start = [sys.executable, "manage.py", *command]
        done = subprocess.run(
            start, cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    yield from serve(variables)


def serve(variables):
    """Run gunicorn on a socket that is open already: its first answer is only waited for."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, number = listening.getsockname()[1], listening.fileno()
        bind = ["--bind", f"fd://{number}", "--threads", "4", "--no-control-socket"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "assetmap.wsgi", *bind, "--log-level", "warning"],
            cwd=settings.BASE_DIR,
            env=variables,
            pass_fds=[number],
        )
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="module")
def first_visits(browser, site):
    """What a new browser asks for, on a screen and on a phone."""
    return {width: watch(browser, f"{site}/urbanplanen/", width) for width in (1280, 390)}


def watch(browser, address, width):
    """Open the page, wait until all is drawn, and return what went over the wire."""
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]})
    page = context.new_page()
    asked, answers, sizes = record(context.new_cdp_session(page))
    assert page.goto(address, wait_until="networkidle").ok
    if width > 1000:
        expect(page.locator("path.land-block").first).to_be_attached()
        expect(page.locator("#map .leaflet-marker-icon").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    blocking = page.evaluate(BLOCKING)
    context.close()
    assert asked.keys() == sizes.keys(), "not everything was fetched"
    return SimpleNamespace(
        urls=list(asked.values()),
        answers=list(answers.values()),
        bytes=sum(sizes.values()),
        blocking=blocking,
    )


def record(devtools):
    """Fill three dictionaries by request: address, answer, bytes with headers."""
    asked, answers, sizes = {}, {}, {}

    def on_request(event):
        if not event["request"]["url"].startswith("data:"):
            asked[event["requestId"]] = event["request"]["url"]

    def on_answer(event):
        if event["requestId"] in asked:
            answers[event["requestId"]] = event["response"]

    def on_end(event):
        if event["requestId"] in asked:
            sizes[event["requestId"]] = event["encodedDataLength"]

    devtools.on("Network.requestWillBeSent", on_request)
    devtools.on("Network.responseReceived", on_answer)
    devtools.on("Network.loadingFinished", on_end)
    devtools.send("Network.enable")
    return asked, answers, sizes


def headers(answer):
    return {name.lower(): value for name, value in answer["headers"].items()}


@pytest.mark.parametrize("width", [1280, 390])
def test_a_first_visit_is_light(first_visits, width):
    seen = first_visits[width]
    assert len(seen.urls) <= MOST_REQUESTS, seen.urls
    assert len(set(seen.urls)) == len(seen.urls), "something is fetched twice"
    assert seen.bytes <= MOST_BYTES


@pytest.mark.parametrize("width", [1280, 390])
def test_a_first_visit_asks_nobody_else(first_visits, site, width):
    assert [url for url in first_visits[width].urls if not url.startswith(f"{site}/")] == []


def test_a_phone_is_sent_less_than_a_screen(first_visits):
    assert first_visits[390].bytes < first_visits[1280].bytes


@pytest.mark.parametrize("width", [1280, 390])
def test_static_files_are_compressed_and_kept_for_ever(first_visits, width):
    files = [answer for answer in first_visits[width].answers if "/static/" in answer["url"]]
    assert files
    for answer in files:
        sent = headers(answer)
        assert sent["cache-control"] == FOR_EVER, answer["url"]
        assert sent["content-encoding"] == "br", answer["url"]


@pytest.mark.parametrize(("width", "sheets"), [(1280, 2), (390, 1)])
def test_nothing_but_style_is_waited_for(first_visits, width, sheets):
    blocking = first_visits[width].blocking
    assert len(blocking) == sheets
    assert all(url.endswith(".css") for url in blocking), blocking


@pytest.mark.parametrize("width", [1280, 390])
def test_the_list_is_read_before_any_script_runs(browser, site, width):
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]})
    page = context.new_page()
    page.route("**/*.js", lambda route: None)  # an answer that never comes
    assert page.goto(f"{site}/urbanplanen/", wait_until="commit").ok
    expect(page.locator(".card h2").first).to_be_visible()
    assert page.evaluate(PAINTED)
    assert page.evaluate("!window.L && !window.htmx"), "scripts were not held back"
    context.close()


def test_what_a_first_visit_leaves_out_comes_when_it_is_needed(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": SIZES[1280]})
    page = context.new_page()
    page.goto(f"{site}/urbanplanen/", wait_until="networkidle")
    page.locator("#more summary").click()
    with page.expect_response(re.compile(r"/js/address\.\w{12}\.js$")) as script:
        page.locator("#near").focus()
    with page.expect_response(re.compile(r"/names\.\w{12}\.json$")) as names:
        page.locator(".leaflet-control-zoom-in").click(modifiers=["Shift"])  # three zooms
    assert script.value.ok and names.value.ok
    expect(page.locator(".street-name").first).to_be_attached()
    context.close()
