"""The pages of an import under way and after it: how far it is, what it did, and back again."""

import csv
from io import StringIO

import pytest

from assetmap.exchange.importing import runs
from tests.factories import make_place

from .made import NOTHING, make_row, make_run, queries, url


@pytest.fixture
def worked(monkeypatch):
    told = []
    monkeypatch.setattr(runs, "work", lambda run: told.append(run.pk))
    monkeypatch.setattr(runs, "progress", lambda run: (1500, 6000))
    return told


@pytest.fixture
def undone(monkeypatch):
    told = []
    monkeypatch.setattr(runs, "undo", lambda run: told.append(run.pk))
    return told


@pytest.fixture
def done(area):
    return make_run(area, "done", counts=NOTHING | {"new": 1, "unplaced": 1, "rows": 1})


@pytest.mark.parametrize("state", ["checking", "writing"])
def test_a_run_under_way_shows_how_far_it_is(browser, area, worked, state):
    run = make_run(area, state)
    text = browser.get(url(run)).content.decode()
    assert '<progress id="done" class="steps" max="6000" value="1500">' in text
    assert "1,500 of 6,000 rows" in text
    assert '<noscript><meta http-equiv="refresh"' in text
    assert worked == [run.pk]


def test_asking_again_brings_the_bar_alone_until_it_is_over(browser, area, worked):
    run = make_run(area, "writing")
    bar = browser.get(url(run), headers={"hx-request": "true"})
    assert "<progress" in bar.content.decode() and "<html" not in bar.content.decode()
    done = make_run(area, "done")
    assert browser.get(url(done), headers={"hx-request": "true"})["hx-refresh"] == "true"


def test_a_run_that_is_done_by_the_time_one_asks_shows_its_end(browser, area, monkeypatch):
    def work(run):
        run.state = "done"

    monkeypatch.setattr(runs, "work", work)
    run = make_run(area, "writing")
    assert "It is in the inventory." in browser.get(url(run)).content.decode()
    again = make_run(area, "writing")
    assert browser.get(url(again), headers={"hx-request": "true"})["hx-refresh"] == "true"


def test_a_run_that_failed_says_why_and_offers_another_try(browser, area):
    run = make_run(area, "failed", said="The file is gone.")
    text = browser.get(url(run)).content.decode()
    assert "The file is gone." in text and "Nothing of it was written." in text
    assert url(run, "match") in text and url(run, "cancel") in text
    assert url(run, "undo") not in text


def test_the_end_shows_the_numbers_and_the_way_on(browser, area, done):
    make_row(done, 2, asset=make_place(area))
    text = browser.get(url(done)).content.decode()
    for part in (url(done, "report"), url(done, "undo"), "/urbanplanen/import/unplaced/"):
        assert part in text


def lines(page):
    text = b"".join(page.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_report_holds_every_row_for_a_danish_spreadsheet(browser, area, done):
    make_row(done, 2, "Hav;en\nher", outcome="changed", changes={"summary": ["Grå", "Grøn"]})
    make_row(done, 3, "Mars", outcome="refused", problems=[["layer", {"text": "planet"}]])
    page = browser.get(url(done, "report"))
    assert page["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="import-urbanplanen-' in page["content-disposition"]
    heading, changed, refused = lines(page)
    assert len(heading) == len(changed) == 7
    assert changed[0] == "2" and changed[3:6] == ["Hav;en\nher", "changed", "in short: Grå → Grøn"]
    assert refused[4] == "refused" and "“planet” is no layer." in refused[6]


@pytest.mark.parametrize("name", ["=1+1", "+45 12", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_the_report_is_a_formula(browser, done, name):
    make_row(done, 2, name)
    assert lines(browser.get(url(done, "report")))[1][3] == f"'{name}"


@pytest.mark.parametrize("state", ["uploaded", "checking", "writing", "failed"])
def test_there_is_no_report_before_there_is_anything_to_tell(browser, area, state):
    run = make_run(area, state)
    assert browser.get(url(run, "report"))["location"] == url(run)


def test_the_report_asks_no_more_for_more_rows(browser, done):
    def count():
        return queries(browser, url(done, "report"))

    make_row(done, 2)
    few = count()
    for number in range(3, 20):
        make_row(done, number)
    assert count() == few


def test_undoing_needs_a_yes(browser, done, undone):
    make_row(done, 2)
    page = browser.post(url(done, "undo"), follow=True)
    assert "Tick the box" in page.content.decode()
    assert not undone
    assert browser.post(url(done, "undo"), {"sure": "1"})["location"] == url(done)
    assert undone == [done.pk]


def test_what_had_to_stay_is_told_after_undoing(browser, area):
    run = make_run(area, "undone", said="2 records stay as they are.")
    make_row(run, 2)
    text = browser.get(url(run)).content.decode()
    assert "2 records stay as they are." in text
    assert url(run, "undo") not in text


def test_it_cannot_be_undone_once_its_rows_are_forgotten(browser, area, done, undone):
    make_row(done, 2, asset=make_place(area), values={})
    text = browser.get(url(done)).content.decode()
    assert "kept for 30 days" in text and url(done, "undo") not in text
    assert browser.get(url(done, "report"))["location"] == url(done)
    browser.post(url(done, "undo"), {"sure": "1"})
    assert not undone


def test_what_is_done_is_not_given_up(browser, done):
    browser.post(url(done, "cancel"))
    done.refresh_from_db()
    assert done.state == "done"
