"""What is kept beside the rows is told when it is wrong, and can be made anew from them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.inventory import derived
from assetmap.inventory.loader import load_assets
from assetmap.inventory.models import Asset, Tally
from places.models import Place
from tests.factories import make_place

from .keeping import SPOT, Fault, found, holds, kept

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="an index of SQLite's own")


# Told when wrong, and made anew -----------------------------------------------------------


def run(*options):
    out = StringIO()
    call_command("rebuild_derived", *options, stdout=out)
    return out.getvalue()


def refused():
    with pytest.raises(CommandError, match="do not fit the assets") as error:
        run("--check")
    return error.value.returncode == 1


def break_numbers(column):
    row = Tally.objects.first()
    Tally.objects.filter(pk=row.pk).update(**{column: getattr(row, column) + 1})


def lose_a_tally():
    Tally.objects.all()[0].delete()


def add_a_tally():
    row = Tally.objects.first()
    row.pk, row.layer = None, "institution"
    row.save()


BREAKS = {
    **{name: lambda name=name: break_numbers(name) for name in ("number", "placed")},
    **{name: lambda name=name: break_numbers(name) for name in ("north", "east")},
    "lost": lose_a_tally,
    "added": add_a_tally,
}


@pytest.mark.parametrize("fault", BREAKS.values(), ids=BREAKS)
def test_numbers_broken_by_hand_are_told_and_mended(rows, fault):
    assert derived.is_right()
    fault()
    assert not derived.is_right()
    assert refused()
    assert "made anew" in run()
    assert run("--check") == "The search index and the tallies fit the assets.\n"
    assert holds()


ADD = """INSERT INTO asset_search (rowid, area, search_name, search_text)
    SELECT id, area, search_name, {} FROM asset_search_rows LIMIT 1"""
TAKE = """INSERT INTO asset_search (asset_search, rowid, area, search_name, search_text)
    SELECT 'delete', id, area, search_name, search_text FROM asset_search_rows LIMIT 1"""
INDEX_BREAKS = {
    "a word too much": ADD.format("' gespenst'"),
    "a row too little": TAKE,
    "nothing in it": "INSERT INTO asset_search (asset_search) VALUES ('delete-all')",
}


@on_sqlite
@pytest.mark.parametrize("fault", INDEX_BREAKS.values(), ids=INDEX_BREAKS)
def test_an_index_broken_by_hand_is_told_and_mended(rows, fault):
    with connection.cursor() as cursor:
        cursor.execute(fault)
    assert not derived.is_right()
    assert refused()
    run()
    assert found("have") == {"Haven", "Nabohaven", "Ventehaven"}
    assert holds()


def test_the_check_changes_nothing(rows):
    break_numbers("number")
    before = kept()
    assert refused()
    assert kept() == before


def test_there_may_be_nothing_at_all(db):
    derived.rebuild()
    assert derived.is_right()
    assert kept() == {}


def test_installing_again_does_nothing(rows):
    break_numbers("number")
    with CaptureQueriesContext(connection) as queries:
        derived.install()
    assert len(queries) == 1
    assert not derived.is_right()


def test_what_is_removed_is_installed_from_the_rows_as_they_then_are(rows, area):
    derived.remove()
    make_place(area, "Nyhave")
    Asset.objects.filter(name="Haven").update(status="archived")
    assert not derived.is_right()
    derived.install()
    assert found("have") == {"Haven", "Nabohaven", "Ventehaven", "Nyhave"}
    assert holds()


# Loading very much ------------------------------------------------------------------------


def test_a_paused_load_is_found_and_counted_at_the_end(rows, area):
    before = kept()
    with derived.paused():
        load_assets(Place, [Place(area=area, name=f"Nyhave {n}", **SPOT) for n in range(50)])
        rows["club"].delete()
        assert kept() == before
    assert len(found("nyhave")) == 50
    assert kept()[area.pk, "place", "public"][0] == 51
    assert holds()
    make_place(area, "Nyhave bagefter")
    assert len(found("nyhave")) == 51
    assert holds()


def test_a_paused_load_that_fails_leaves_everything_as_it_was(rows, area):
    before = kept()
    with pytest.raises(Fault), derived.paused():
        make_place(area, "Nyhave")
        raise Fault
    assert kept() == before
    assert found("ny") == set()
    assert holds()
    make_place(area, "Nyhave bagefter")
    assert found("nyhave") == {"Nyhave bagefter"}
    assert holds()


# Words that were erased -------------------------------------------------------------------


@on_sqlite
@pytest.mark.parametrize("tidy", [derived.tidy, lambda: call_command("tidy", stdout=StringIO())])
def test_tidying_takes_erased_words_out_of_the_index_s_own_pages(rows, area, tidy):
    word = "жжж"  # in letters of its own, so that it stands whole wherever it stands
    for n in range(3):
        make_place(area, f"Haven {n} {word}").delete()
    assert found(word) == set()
    assert pages_with(word)
    tidy()
    assert not pages_with(word)
    assert holds()


def pages_with(word):
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM asset_search_data")
        return [block for (block,) in cursor if word.encode() in bytes(block)]


@on_sqlite
def test_a_dry_run_tidies_no_index(rows, area):
    make_place(area, "жжж").delete()
    before = pages_with("жжж")
    call_command("tidy", "--dry-run", stdout=StringIO())
    assert before
    assert pages_with("жжж") == before


def test_tidying_may_be_done_at_any_time(rows):
    for _ in range(2):
        derived.tidy()
        assert holds()
    Asset.objects.all().delete()
    derived.tidy()
    assert holds()
