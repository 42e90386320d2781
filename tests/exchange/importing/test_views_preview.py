"""The page that shows what would happen, and on which likely duplicates are decided."""

import pytest

from assetmap.exchange.importing import runs, views
from assetmap.exchange.importing.preview import PAGE
from assetmap.inventory.models import Asset
from tests.factories import make_place, make_resident

from .made import NOTHING, likely, make_row, make_run, queries, url


@pytest.fixture
def run(area):
    counts = NOTHING | {"new": 2, "changed": 1, "refused": 1, "rows": 4}
    return make_run(area, "checked", counts=counts)


@pytest.fixture
def decided(monkeypatch):
    told = []
    monkeypatch.setattr(views, "decide", lambda run, choices: told.append(choices))
    return told


@pytest.fixture
def written(monkeypatch):
    told = []
    monkeypatch.setattr(runs, "write", lambda run: told.append(run.pk))
    return told


def shown(browser, run, query=""):
    return browser.get(f"{url(run)}?{query}").content.decode()


def test_a_changed_row_shows_what_was_and_what_would_be(browser, run, area):
    changes = {"summary": ["Grøn", "Grønnere"], "outline": [None, {"type": "Polygon"}]}
    make_row(run, 3, outcome="changed", asset=make_place(area), changes=changes)
    text = shown(browser, run, "show=changed")
    for part in ("In short", "Grøn", "Grønnere", "Outline", "Polygon"):
        assert part in text


def test_a_change_is_told_in_words_and_not_in_codes(browser, run, area):
    changes = {"kind": ["other", "staffed_playground"], "languages": [["da"], ["da", "so"]]}
    make_row(run, 3, outcome="changed", asset=make_place(area), changes=changes)
    text = shown(browser, run, "show=changed")
    assert "staffed playground" in text and "staffed_playground" not in text
    assert "Danish, Somali" in text and "Languages one can talk in" in text


def test_a_refused_row_says_why_in_words(browser, run):
    problems = [["utm", {}], ["layer", {"text": "planet"}]]
    make_row(run, 4, "Mars", outcome="refused", problems=problems)
    text = shown(browser, run, "show=refused")
    assert "“planet” is no layer." in text
    assert text.index("planet") < text.index("EPSG:25832")


def test_a_file_cannot_write_on_the_page(browser, run):
    make_row(run, 2, "<script>alert(1)</script>", changes={"summary": ["", "<b>x</b>"]})
    text = shown(browser, run)
    assert "<script>alert" not in text and "<b>x</b>" not in text


def test_tabs_show_their_rows_and_begin_where_there_are_some(browser, area):
    run = make_run(area, "checked", counts=NOTHING | {"unchanged": 1, "rows": 1})
    make_row(run, 2, "Torvet", outcome="unchanged")
    assert "Torvet" in shown(browser, run)
    assert "Torvet" not in shown(browser, run, "show=new")
    assert "Torvet" in shown(browser, run, "show=nonsense&page=nonsense")


def test_rows_come_in_pages_in_the_order_of_the_file(browser, run):
    for number in range(2, PAGE + 5):
        make_row(run, number, f"Sted {number:03}")
    first = browser.get(f"{url(run)}?show=new")
    assert len(first.context["rows"]) == PAGE
    query = f"show=new&page={first.context['mark'].next}"
    rest = browser.get(f"{url(run)}?{query}")
    assert [item.row.number for item in rest.context["rows"]] == list(range(PAGE + 2, PAGE + 5))
    assert f"page={rest.context['mark'].previous}" in rest.content.decode()


def test_the_page_asks_no_more_for_more_rows(browser, run, area):
    def fill(numbers):
        for number in numbers:
            there = make_place(area)
            make_row(run, number, likely=[likely(there)])

    fill([1])
    few = queries(browser, f"{url(run)}?show=likely")
    fill(range(2, 20))
    assert queries(browser, f"{url(run)}?show=likely") == few


def test_a_likely_duplicate_is_shown_with_its_score_and_why(browser, run, area):
    there = make_place(area, "Byhaven")
    make_row(run, 2, likely=[likely(there, 93, [("cvr", {}), ("metres", {"metres": 12})])])
    text = shown(browser, run, "show=likely")
    assert "93 of 100" in text and "same CVR number, 12 m apart" in text
    assert there.get_absolute_url() in text


def test_a_duplicate_that_was_erased_or_lies_elsewhere_is_not_named(
    browser, run, area, other_area
):
    gone, elsewhere = make_place(area, "Den slettede"), make_place(other_area, "Den fremmede")
    make_row(run, 2, likely=[likely(gone), likely(elsewhere)])
    Asset.objects.filter(pk=gone.pk).delete()
    text = shown(browser, run, "show=likely")
    assert "Den slettede" not in text and "Den fremmede" not in text


def decide(browser, run, **answers):
    return browser.post(f"{url(run, 'decide')}?show=likely", answers)


def test_an_answer_reaches_the_engine_and_leads_back_to_the_page(browser, run, area, decided):
    there = make_place(area)
    one, other, third = (make_row(run, number, likely=[likely(there)]) for number in (2, 3, 4))
    answers = {f"row-{one.pk}": str(there.pk), f"row-{other.pk}": "0"}
    assert decide(browser, run, **answers)["location"] == f"{url(run)}?show=likely"
    assert decided == [{one.pk: there.pk, other.pk: 0}]


def test_an_answer_that_was_not_offered_counts_for_nothing(browser, run, area, decided):
    there, secret = make_place(area), make_resident(area)
    row, plain = make_row(run, 2, likely=[likely(there)]), make_row(run, 3)
    elsewhere = make_row(make_run(area, "checked"), 2, likely=[likely(there)])
    answers = {
        f"row-{row.pk}": str(secret.pk),
        f"row-{plain.pk}": str(there.pk),
        f"row-{elsewhere.pk}": "0",
        "row-x": "0",
        "row-²": "0",
        f"row-{'9' * 40}": "0",
    }
    assert decide(browser, run, **answers).status_code == 302
    assert decided == [{}]


@pytest.mark.parametrize(("answer", "which"), [("same", "best"), ("apart", 0)])
def test_all_can_be_decided_at_once(browser, run, area, decided, answer, which):
    best, other = make_place(area), make_place(area)
    rows = [make_row(run, n, likely=[likely(other, 70), likely(best, 90)]) for n in (2, 3)]
    make_row(run, 4)
    decide(browser, run, all=answer)
    assert decided == [{row.pk: best.pk if which == "best" else 0 for row in rows}]


def test_the_button_says_how_many_come_in_and_brings_them_in(browser, run, written):
    assert "Bring 3 into the inventory" in shown(browser, run)
    assert browser.post(url(run, "write"))["location"] == url(run)
    assert written == [run.pk]


def test_there_is_no_button_where_there_is_nothing_to_do(browser, area):
    run = make_run(area, "checked", counts=NOTHING | {"unchanged": 2, "rows": 2})
    text = shown(browser, run)
    assert "There is nothing to bring in" in text
    assert "/write/" not in text


@pytest.mark.parametrize("state", ["uploaded", "checking", "writing", "done", "undone", "failed"])
def test_a_button_from_an_old_page_does_nothing(browser, area, written, decided, state):
    run = make_run(area, state)
    page = browser.post(url(run, "write"))
    assert page["location"] == url(run)
    browser.post(url(run, "decide"), {"all": "same"})
    assert not written and not decided


@pytest.mark.parametrize("page", ["write", "decide", "undo", "cancel"])
def test_a_link_alone_changes_nothing(browser, run, page):
    assert browser.get(url(run, page)).status_code == 405
