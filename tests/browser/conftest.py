"""A browser, the running site with the demo's neighbourhood, and pages that forgive nothing."""

import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from playwright.sync_api import expect, sync_playwright

from assetmap.demo.cases import load_cases
from assetmap.demo.city import load_addresses, load_city, make_area
from tests import factories

from .pages import Visits

PATIENCE = 10_000  # milliseconds; long, for machines that do much else at the same time
REAL_DATABASE = str(django_settings.DATABASES["default"]["NAME"])


def pytest_collection_modifyitems(config):
    """Give a plain `pytest` the database that the runner gives, for the reasons it has.

    See tests/provision/plugin.py: the live server writes while a test reads.
    """
    database = django_settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0
    test = database.setdefault("TEST", {})
    if database["ENGINE"] == "django.db.backends.sqlite3" and not test.get("NAME"):
        folder = tempfile.TemporaryDirectory(prefix="assetmap-browser-")
        config.add_cleanup(folder.cleanup)
        test["NAME"] = str(Path(folder.name) / "test.sqlite3")


@pytest.fixture(scope="session")
def browser(django_db_setup):
    path = os.environ.get("ASSETMAP_CHROMIUM")
    if not path:
        pytest.skip("ASSETMAP_CHROMIUM names no Chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop running
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()
        connections.close_all()


@pytest.fixture
def test_database(browser, live_server, transactional_db):
    """Every fixture here that writes comes after this check.

    A test that wrote to the site's own database would leave it empty.
    """
    assert str(connection.settings_dict["NAME"]) != REAL_DATABASE, "this is no test database"


@pytest.fixture
def town(test_database):
    """Urbanplanen as in the demo, with a coordinator and a neighbour to sign in as."""
    area = make_area()
    load_addresses(area)
    assets = load_cases(area, load_city(area))
    return SimpleNamespace(
        area=area,
        home=area.get_absolute_url(),
        assets=assets,
        library=assets["biblioteker.8"],
        coordinator=factories.make_user("coordinator", area),
        neighbour=factories.make_user("resident", area),
    )


@pytest.fixture
def hamlet(test_database):
    """An area with an outline and nothing in it, for tests that need little."""
    area = factories.make_area()
    return SimpleNamespace(
        area=area,
        home=area.get_absolute_url(),
        coordinator=factories.make_user("coordinator", area),
    )


@pytest.fixture
def visit(browser, live_server):
    """Open pages: visit(path, user=…, width=…, scheme=…, script=…) returns a Playwright page.

    Whatever a page complains about, and whatever it asks of others than this site, fails the
    test when it is over.
    """
    visits = Visits(browser, live_server.url, PATIENCE)
    yield visits
    visits.close()
    assert not visits.troubles, "\n".join(visits.troubles)
