"""The page on which columns are matched: every question that an answer leads to is asked."""

import pytest

from assetmap.exchange.importing import runs
from assetmap.exchange.models import Import

from .made import MATCHED, SHEET, make_row, make_run, queries, url

COLUMNS = {"s0-column-0": "name", "s0-column-1": "", "s0-column-2": ""}
PAGE = {"s0-as": "assets", "s0-was": "assets", "s0-layer": "place", **COLUMNS}
TIES = SHEET | {"name": "ties", "columns": ["fra", "hvordan", "til"], "values": {}}
TIES["values"] = {"hvordan": [["mødes i", 2], ["ukendt", 1]]}


@pytest.fixture
def matched(monkeypatch):
    """What the engine was told to match, without what it then does."""
    told = []
    monkeypatch.setattr(runs, "match", lambda run, mapping: told.append(mapping["sheets"]))
    return told


@pytest.fixture
def run(area):
    return make_run(area)


def send(browser, run, **answers):
    return browser.post(url(run, "match"), PAGE | answers)


def sent(browser, run, **answers):
    return send(browser, run, **answers).content.decode()


def test_each_column_stands_with_its_name_and_samples(browser, run):
    text = browser.get(url(run, "match")).content.decode()
    for shown in ("Navn", "Haven", "Pladsen", "Huset", "utf-8", "semicolons", "3 rows"):
        assert shown in text
    assert text.count("<select") == 2 + len(SHEET["columns"])
    assert text.count('id_s0-column-0_samples"') == 2  # the samples, and what names them


def test_an_upload_leads_to_it(browser, run):
    assert browser.get(url(run))["location"] == url(run, "match")


def test_what_is_answered_reaches_the_engine(browser, run, matched):
    page = send(browser, run, **{"s0-column-2": "summary", "s0-layer": "institution"})
    assert page["location"] == url(run)
    columns = {"Navn": "name", "Type": "", "Note": "summary"}
    assert matched == [[MATCHED | {"layer": "institution", "columns": columns}]]


def test_a_column_of_kinds_asks_for_its_words_before_it_goes_on(browser, run, matched):
    text = sent(browser, run, **{"s0-column-1": "kind"})
    assert "Your answers led to more questions." in text
    assert [f"s0-value-1-{number}" in text for number in range(4)] == [True, True, True, False]
    assert not matched
    words = {"s0-value-1-0": "place:garden", "s0-value-1-1": "", "s0-value-1-2": "association:"}
    assert send(browser, run, **{"s0-column-1": "kind"}, **words).status_code == 302
    meant = {"Byhave": "place:garden", "Torv": "", "Hus": "association:"}
    assert matched[0][0]["values"] == {"Type": meant}


def test_words_that_an_earlier_file_did_not_hold_are_guessed(browser, area):
    matched = MATCHED | {"columns": {"Navn": "name", "Type": "kind"}}
    matched["values"] = {"Type": {"Byhave": "", "Torv": "place:square"}}
    sheet = SHEET | {"values": {"Type": [["Byhave", 1], ["Bibliotek", 1]]}}
    run = make_run(area, sheets=[sheet], matched=[matched])
    form = browser.get(url(run, "match")).context["forms"][0]
    answers = [form[f"value-1-{number}"].initial for number in range(2)]
    assert answers == ["", "institution:library"]


def test_words_are_guessed_for_the_layer_that_was_chosen(browser, area):
    sheet = SHEET | {"values": {"Type": [["Daginstitution", 1]]}}
    run = make_run(area, sheets=[sheet])
    page = send(browser, run, **{"s0-column-1": "kind", "s0-layer": "institution"})
    assert page.context["forms"][0]["value-1-0"].initial == "institution:day_care"


def test_a_word_for_people_or_for_a_layer_alone_keeps_its_meaning_on_the_page(
    browser, area, matched
):
    sheet = SHEET | {"values": {"Type": [["Beboer", 1], ["Sted", 1]]}}
    run = make_run(area, sheets=[sheet])
    form = browser.post(url(run, "match"), PAGE | {"s0-column-1": "kind"}).context["forms"][0]
    shown = {f"s0-value-1-{n}": form[f"value-1-{n}"].initial for n in range(2)}
    for name, choice in shown.items():
        assert f'<option value="{choice}" selected>' in str(form[name.removeprefix("s0-")])
    send(browser, run, **{"s0-column-1": "kind"}, **shown)
    assert matched[0][0]["values"] == {"Type": {"Beboer": "resident:", "Sted": "place:"}}


def test_looking_again_keeps_the_answers_and_goes_no_further(browser, run, matched):
    text = sent(browser, run, **{"s0-column-2": "more", "look": "1"})
    assert '<option value="more" selected>' in text
    assert not matched


def test_another_kind_of_sheet_asks_other_questions(browser, run, matched):
    text = sent(browser, run, **{"s0-as": "links"})
    assert "Your answers led to more questions." in text
    assert 'value="target"' in text and 'value="latitude"' not in text
    assert not matched


def test_a_sheet_that_is_left_out_asks_nothing_of_its_columns(browser, area, matched):
    run = make_run(area, sheets=[SHEET, TIES], matched=[MATCHED, MATCHED | {"as": "skip"}])
    assert "s1-column-0" not in browser.get(url(run, "match")).content.decode()
    send(browser, run, **{"s1-as": "skip", "s1-was": "skip"})
    assert [sheet["as"] for sheet in matched[0]] == ["assets", "skip"]


def test_ties_ask_how_their_words_tie(browser, area, matched):
    columns = {"fra": "source", "hvordan": "tie", "til": "target"}
    values = {"hvordan": {"mødes i": "meets_at:out", "ukendt": ""}}
    run = make_run(area, sheets=[TIES], matched=[{**MATCHED, "as": "links", "columns": columns,
                                                  "values": values}])  # fmt: skip
    text = browser.get(url(run, "match")).content.decode()
    assert '<option value="meets_at:out" selected>' in text
    assert "ukendt" in text


def test_a_column_of_too_many_words_says_so(browser, area):
    sheet = SHEET | {"values": {}}
    columns = {**MATCHED["columns"], "Type": "kind"}
    run = make_run(area, sheets=[sheet], matched=[MATCHED | {"columns": columns}])
    text = browser.get(url(run, "match")).content.decode()
    assert "too many to match one by one" in text


def test_a_column_without_a_word_has_not_too_many(browser, area):
    sheet = SHEET | {"values": {}, "samples": [["Haven", "", "grøn"]]}
    matched = MATCHED | {"columns": {**MATCHED["columns"], "Type": "kind"}}
    run = make_run(area, sheets=[sheet], matched=[matched])
    text = browser.get(url(run, "match")).content.decode()
    assert "too many to match one by one" not in text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"s0-column-0": ""}, "Say which column is “Name”"),
        ({"s0-column-1": "name"}, "Two columns are “Name”."),
        ({"s0-column-1": "nonsense"}, "Select a valid choice."),
        ({"s0-layer": "resident"}, "Select a valid choice."),
        ({"s0-as": "skip", "s0-was": "skip"}, "Everything is left out"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_what_was_chosen_stays(
    browser, run, matched, answers, sentence
):
    text = sent(browser, run, **{"s0-column-2": "more"}, **answers)
    assert sentence in text
    assert "s0-as" in text
    assert '<option value="more" selected>' in text or answers.get("s0-as") == "skip"
    assert not matched


def test_several_columns_may_go_where_several_fit(browser, run, matched):
    send(browser, run, **{"s0-column-1": "more", "s0-column-2": "more"})
    assert matched


def test_a_column_without_a_name_is_called_by_its_place(browser, area):
    run = make_run(area, sheets=[SHEET | {"columns": ["", "Type", "Note"]}])
    assert "column 1" in browser.get(url(run, "match")).content.decode()


@pytest.mark.parametrize("state", ["checking", "writing", "done", "undone"])
def test_columns_are_not_matched_any_more_once_it_is_under_way(browser, area, matched, state):
    run = make_run(area, state)
    assert browser.get(url(run, "match"))["location"] == url(run)
    assert send(browser, run)["location"] == url(run)
    assert not matched


def test_they_may_be_matched_again_after_looking_through(browser, area):
    run = make_run(area, "checked")
    make_row(run, 2)
    assert "s0-column-0" in browser.get(url(run, "match")).content.decode()


def test_a_wide_file_takes_no_more_queries(browser, area, run):
    names = [f"kolonne {number}" for number in range(60)]
    wide = SHEET | {"columns": names, "samples": [["x"] * 60], "values": {}}
    other = make_run(area, sheets=[wide], matched=[MATCHED | {"columns": {}}])
    assert queries(browser, url(run, "match")) == queries(browser, url(other, "match"))


def test_an_import_may_be_given_up(browser, area, run):
    page = browser.post(url(run, "cancel"), follow=True)
    assert "Nothing was brought in" in page.content.decode()
    assert not Import.objects.exists()
