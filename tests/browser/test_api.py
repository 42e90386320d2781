"""The page about the API: Swagger UI under our own security policy, else a table of requests."""

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.once]
DOCS = "/api/v1/docs"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_api_can_be_read_about_and_tried(hamlet, visit, width):
    """Whatever the security policy blocks would stand in the console, and fail the test."""
    factories.make_place(hamlet.area, "Fælleshaven")
    page = visit(DOCS, width=width)
    expect(page.locator("#operations")).not_to_have_attribute("open", "")
    page.locator("#operations-Assets-list_assets .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.locator("[data-param-name=area] input").fill(hamlet.area.slug)
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table tbody tr").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text("Fælleshaven")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_requests_stand_in_a_table(hamlet, visit):
    page = visit(DOCS, script=False, width=390)
    expect(page.locator("#operations tbody tr")).to_have_count(16)
    expect(page.get_by_role("row", name="POST /api/v1/areas/{area}/ties")).to_contain_text(
        "with a token"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_coordinator_makes_a_token_and_takes_it_back(hamlet, visit):
    page = visit("/api/tokens/", user=hamlet.coordinator, width=390)
    page.get_by_label("what it is for").fill("Hjemmesiden")
    page.get_by_role("button", name="Make the token").click()
    expect(page.locator("#key")).to_contain_text("am_")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Take back: Hjemmesiden").click()
    expect(page.locator(".messages")).to_contain_text("opens nothing any more")
    expect(page.locator(".card")).to_have_count(0)
