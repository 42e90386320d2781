"""What is kept of an import, and for how long."""

import pytest
from django.core.files.base import ContentFile

from assetmap.exchange.importing.keeping import tells_of_rows
from assetmap.exchange.models import Import, ImportRow
from tests.exchange.importing.made import make_row, make_run
from tests.factories import make_place

from .rows import ago, run

FILES = "files of imports that are over, removed"
UNFINISHED = "imports nobody finished for 30 days, removed"
ROWS = "rows of imports done 30 days ago, forgotten"


def with_file(made):
    made.file.save("steder.csv", ContentFile(b"Navn\nHaven\n"))
    return made


def files(media):
    return [path.name for path in media.rglob("*") if path.is_file()]


def tidy(capture):
    with capture(execute=True):
        return run()


@pytest.mark.parametrize("state", ["done", "undone"])
def test_a_file_goes_when_its_import_is_over(
    area, media, state, django_capture_on_commit_callbacks
):
    made = with_file(make_run(area, state))
    assert tidy(django_capture_on_commit_callbacks)[FILES] == 1
    made.refresh_from_db()
    assert not made.file and files(media) == []


def test_a_file_stays_while_its_import_is_under_way(
    area, media, django_capture_on_commit_callbacks
):
    with_file(make_run(area, "checked"))
    tidy(django_capture_on_commit_callbacks)
    assert len(files(media)) == 1


@pytest.mark.parametrize("state", ["uploaded", "checking", "checked", "writing", "failed"])
def test_an_import_that_nobody_finishes_goes_with_its_file(
    area, media, state, django_capture_on_commit_callbacks
):
    old, new = with_file(make_run(area, state)), make_run(area, state)
    make_row(old, 2)
    Import.objects.filter(pk=old.pk).update(created_at=ago(days=31))
    Import.objects.filter(pk=new.pk).update(created_at=ago(days=29))
    assert tidy(django_capture_on_commit_callbacks)[UNFINISHED] == 1
    assert list(Import.objects.all()) == [new]
    assert not ImportRow.objects.exists() and files(media) == []


def test_rows_are_forgotten_thirty_days_after_an_import_and_its_numbers_stay(area):
    old = make_run(area, "done", done_at=ago(days=31), counts={"new": 1})
    new = make_run(area, "done", done_at=ago(days=29))
    for made in (old, new):
        make_row(made, 2, outcome="refused")
    assert run()[ROWS] == 1
    assert (tells_of_rows(old), tells_of_rows(new)) == (False, True)
    old.refresh_from_db()
    assert old.counts == {"new": 1}


def test_of_a_row_said_to_be_an_asset_only_that_is_kept(area):
    """So that the next file from the source finds it again, and asks nothing twice."""
    made = make_run(area, "done", done_at=ago(days=31))
    own = make_place(area, source="steder", source_id="2")
    other = make_place(area, source="kommunen", source_id="7")
    make_row(made, 2, "Eget", asset=own)
    make_row(made, 3, "Andet", asset=other, likely=[{"asset": other.pk}], outcome="changed")
    assert run()[ROWS] == 1
    row = ImportRow.objects.get()
    assert (row.key, row.asset_id) == ("3", other.pk)
    assert (row.name, row.values, row.likely) == ("", {}, [])
    assert run()[ROWS] == 0
