"""Likely doubles that are decided on by hand, and the ties that their rows tell."""

import pytest

from assetmap.exchange.importing import runs
from assetmap.exchange.importing.decide import decide
from assetmap.exchange.models import Import
from assetmap.inventory.models import Link
from tests.exchange.importing.running import check, outcomes
from tests.factories import make_association, make_place

TEXT = "navn;type;holder til i\nKoret;forening;Huset\n"
COLUMNS = {"holder til i": "tie:meets_at:out"}


@pytest.fixture
def choir(area):
    return make_association(area, "Koret")


@pytest.fixture
def row(area, coordinator, choir):
    """A row that is taken for the choir, and tells of a tie that is new."""
    make_place(area, "Huset")
    return check(area, coordinator, TEXT, columns=COLUMNS).rows.get()


def written(run):
    runs.write(run)
    run.refresh_from_db()
    assert run.state == Import.State.DONE, run.said
    return Link.objects.get()


def test_the_tie_of_a_row_that_is_another_one_is_the_new_ones(row, choir):
    decide(row.run, {row.pk: 0})
    tie = written(row.run)
    assert tie.source_id != choir.pk and tie.source.name == "Koret"


def test_the_tie_of_a_row_that_is_the_same_after_all_is_the_old_ones(row, choir):
    decide(row.run, {row.pk: 0})
    decide(row.run, {row.pk: choir.pk})
    assert outcomes(row.run) == (0, 1, 0, 0)
    row.refresh_from_db()
    assert row.changes == {"ties": [[], ["is at home in"]]}
    assert written(row.run).source_id == choir.pk
