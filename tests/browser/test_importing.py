"""A file brought in by hand, with scripts and without."""

import pytest
from playwright.sync_api import expect

from assetmap.exchange.importing import runs
from assetmap.inventory.models import Asset
from tests.exchange.importing.made import make_importer, make_run, url

pytestmark = [pytest.mark.browser, pytest.mark.once]

FILE = {
    "name": "steder.csv",
    "mimeType": "text/csv",
    "buffer": b"navn;hvad;lat;lon\nByhaven;Nyttehave;55,6530;12,5970\n",
}


@pytest.fixture
def start(hamlet, visit):
    """Open the first page of the import."""
    user = make_importer(hamlet.area)
    return lambda **how: visit(f"{hamlet.home}import/", user=user, **how)


@pytest.mark.parametrize("script", [True, False])
def test_a_file_comes_in_and_goes_again(start, script):
    page = start(script=script, width=390)
    page.locator("input[type=file]").set_input_files(FILE)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_role("heading", name="Byhaven")).to_be_visible()
    page.get_by_role("button", name="Bring 1 into the inventory").click()
    expect(page.get_by_text("It is in the inventory.")).to_be_visible()
    assert Asset.objects.get().name == "Byhaven"
    page.get_by_label("Yes, take it back").check()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It was undone")).to_be_visible()
    assert not Asset.objects.exists()


def test_a_column_of_kinds_asks_for_its_words_at_once(start):
    page = start()
    page.locator("input[type=file]").set_input_files(FILE)
    page.get_by_role("button", name="Read the file").click()
    column = page.get_by_label("hvad", exact=True)
    words = page.get_by_role("group", name="What the words in “hvad” mean")
    if words.is_visible():
        column.select_option("")
        expect(words).to_have_count(0)
    column.select_option("kind")
    expect(words.locator("select")).to_have_count(1)
    expect(column).to_have_value("kind")
    page.get_by_label("What this sheet holds").select_option("skip")
    expect(column).to_have_count(0)


def test_a_file_that_is_too_big_is_refused_before_it_is_sent(start, settings):
    settings.IMPORT_MAX_BYTES = 1024**2
    page = start()
    page.locator("input[type=file]").set_input_files(FILE | {"buffer": b"x" * (1024**2 + 1)})
    problem = "file => file.validationMessage"
    assert "larger" in page.locator("input[type=file]").evaluate(problem)
    page.locator("input[type=file]").set_input_files(FILE)
    assert page.locator("input[type=file]").evaluate(problem) == ""


def test_the_bar_moves_on_by_itself_until_the_end(hamlet, start, visit, monkeypatch):
    run, steps = make_run(hamlet.area, "writing"), iter([10, 20])

    def work(run):
        run.state = "writing" if (done := next(steps, 0)) else "done"
        type(run).objects.filter(pk=run.pk).update(state=run.state)
        monkeypatch.setattr(runs, "progress", lambda _run: (done, 40))

    monkeypatch.setattr(runs, "work", work)
    page = start()
    page.goto(url(run))
    expect(page.locator("progress")).to_have_attribute("value", "10")
    expect(page.locator("progress")).to_have_attribute("value", "20")
    expect(page.get_by_text("It is in the inventory.")).to_be_visible()
