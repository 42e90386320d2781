"""Ties and gifts that come by file: sheets of their own, and columns that name others."""

import pytest

from assetmap.exchange.importing import runs
from assetmap.inventory.models import Asset, Link, Offering
from tests.exchange.importing.running import bring_in, check, outcomes, said
from tests.factories import make_association, make_link, make_offering, make_place, make_resident

TIES = "fra;relation;til;siden\n"


@pytest.fixture
def house(area):
    return make_place(area, "Huset", source="liste", source_id="7")


@pytest.fixture
def choir(area):
    return make_association(area, "Koret", source="liste", source_id="8")


def test_ties_are_found_by_id_or_by_name(area, coordinator, house, choir):
    run = bring_in(area, coordinator, f"{TIES}8;is at home in;7;2013\n", "ties.csv")
    link = Link.objects.get()
    assert (link.source.name, link.target.name, link.kind) == ("Koret", "Huset", "meets_at")
    assert (link.since, link.data_source, link.created_by) == ("2013", "ties", coordinator)
    assert outcomes(run) == (1, 0, 0, 0)
    again = bring_in(area, coordinator, f"{TIES}Koret;is at home in;HUSET;\n", "other.csv")
    assert outcomes(again) == (0, 0, 1, 0) and Link.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("8;is at home in;99;", "no_end"),
        ("8;is at home in;;", "empty_end"),
        ("8;hader;7;", "tie_unknown"),
        ("7;is at home in;8;", "tie_layers"),
        ("7;works with;7;", "tie_self"),
        ("Tvillingen;works with;7;", "two_ends"),
        ("Nabo;works with;7;", "no_end"),
        ("010170-1234;works with;7;", "cpr"),
    ],
)
def test_a_tie_that_cannot_be_is_refused_in_words(area, coordinator, house, choir, row, code):
    make_place(area, "Tvillingen")
    make_place(area, "Tvillingen")
    make_resident(area, "Nabo", visibility="public")
    run = bring_in(area, coordinator, f"{TIES}{row}\n", "ties.csv")
    assert outcomes(run) == (0, 0, 0, 1) and said(run)[2] == [code]
    assert not Link.objects.exists()


def test_a_tie_that_stands_twice_is_said(area, coordinator, house, choir):
    text = f"{TIES}8;works with;7;\n7;works with;8;\n"
    run = bring_in(area, coordinator, text, "ties.csv")
    assert outcomes(run) == (1, 0, 0, 1) and said(run)[3] == ["tie_twice"]


def test_a_column_may_name_others_of_the_same_file(area, coordinator):
    text = (
        "navn;type;holder til i\nKoret;forening;Huset; Gaarden\nHuset;lokale;\nGaarden;lokale;\n"
    )
    text = text.replace("; Gaarden", " | Gaarden")
    columns = {"holder til i": "tie:meets_at:out"}
    run = bring_in(area, coordinator, text, columns=columns)
    assert outcomes(run) == (3, 0, 0, 0)
    assert {link.target.name for link in Link.objects.all()} == {"Huset", "Gaarden"}
    assert outcomes(bring_in(area, coordinator, text, columns=columns)) == (0, 0, 3, 0)


def test_a_tie_in_a_column_that_cannot_be_made_is_said_and_the_row_comes_in(area, coordinator):
    text = "navn;type;holder til i\nKoret;forening;Ingen steder\n"
    run = bring_in(area, coordinator, text, columns={"holder til i": "tie:meets_at:out"})
    assert outcomes(run) == (1, 0, 0, 0) and "no_such_tie" in said(run)[2]


def test_a_new_tie_changes_a_row_that_is_there_already(area, coordinator, house):
    columns = {"columns": {"holder til i": "tie:meets_at:out"}}
    head = "navn;type;holder til i\n"
    bring_in(area, coordinator, f"{head}Koret;forening;\n", **columns)
    run = check(area, coordinator, f"{head}Koret;forening;Huset\n", **columns)
    assert outcomes(run) == (0, 1, 0, 0)
    assert run.rows.get().changes == {"ties": [[], ["is at home in"]]}
    runs.write(run)
    run.refresh_from_db()
    assert Link.objects.count() == 1
    runs.undo(run)
    assert not Link.objects.exists() and Asset.objects.filter(name="Koret").exists()


def test_gifts_are_added_and_never_taken_away(area, coordinator, choir):
    make_offering(choir, "FG7")
    text = "id;gift;mode;note\n8;sang;can;alle stemmer\n8;noder;wants to learn it;\n99;sang;can;\n"
    run = bring_in(area, coordinator, text, "gifts.csv")
    assert outcomes(run) == (2, 0, 0, 1)
    assert choir.offerings.count() == 3
    assert Asset.objects.search("noder", area).get().pk == choir.pk
    assert outcomes(bring_in(area, coordinator, text, "gifts.csv")) == (0, 0, 2, 1)
    runs.undo(run)
    assert Offering.objects.count() == 1
    assert not Asset.objects.search("noder", area).exists()


def test_undoing_takes_back_only_the_ties_that_it_made(area, coordinator, house, choir):
    make_link(choir, house, "uses")
    text = f"{TIES}8;uses;7;\n8;is at home in;7;\n"
    run = bring_in(area, coordinator, text, "ties.csv")
    assert outcomes(run) == (1, 0, 1, 0)
    runs.undo(run)
    assert [link.kind for link in Link.objects.all()] == ["uses"]
