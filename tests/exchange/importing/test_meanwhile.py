"""What happens to the inventory between the reading of a file and its writing."""

import pytest

from assetmap.exchange.importing import runs
from assetmap.exchange.importing.decide import decide
from assetmap.exchange.merging.merge import merge
from assetmap.exchange.models import Import, ImportRow
from assetmap.inventory.models import Asset, Link, Offering
from places.models import Place
from tests.exchange.importing.running import bring_in, check, outcomes, said
from tests.factories import make_association, make_place

LIST = "id;navn;type\n1;Huset;lokale\n2;Pladsen;lokale\n"
MEETS = {"holder til i": "tie:meets_at:out"}
WORKS = {"samarbejder med": "tie:works_with:out"}


def written(run):
    runs.write(run)
    run.refresh_from_db()
    assert run.state == Import.State.DONE, run.said
    return outcomes(run)


@pytest.fixture
def house(area):
    return make_place(area, "Huset", source="liste", source_id="7")


@pytest.fixture
def choir(area):
    return make_association(area, "Koret", source="liste", source_id="8")


@pytest.mark.parametrize("taken", [[], ["source"]])
def test_of_two_rows_that_were_merged_the_second_is_refused(area, coordinator, taken):
    bring_in(area, coordinator, LIST)
    kept, gone = (Place.objects.get(source_id=key) for key in "12")
    merge(kept, gone, taken, coordinator)
    run = check(area, coordinator, LIST)
    assert written(run)[3] == 1 and "same_asset" in said(run)[3]


def test_an_asset_may_not_stand_under_its_uid_and_its_id(area, coordinator):
    bring_in(area, coordinator, LIST)
    uid = Asset.objects.get(source_id="1").uid
    run = check(area, coordinator, LIST.replace("\n1;", f"\n{uid};Huset;lokale\n1;"))
    assert written(run) == (0, 0, 2, 1) and "same_asset" in said(run)[3]


def test_a_tie_to_what_was_erased_is_refused_and_the_others_are_written(
    area, coordinator, house, choir
):
    make_place(area, "Pladsen")
    text = "fra;relation;til\n8;is at home in;7\n8;works with;Pladsen\n"
    run = check(area, coordinator, text, "ties.csv")
    house.delete()
    assert written(run) == (1, 0, 0, 1) and said(run)[2] == ["end_gone"]
    assert Link.objects.get().kind == "works_with"


def test_a_gift_of_what_was_erased_is_refused_and_the_others_are_written(
    area, coordinator, house, choir
):
    run = check(area, coordinator, "id;gift;mode\n8;sang;can\n7;sang;can\n", "gifts.csv")
    house.delete()
    assert written(run) == (1, 0, 0, 1) and Offering.objects.get().asset_id == choir.pk


def test_a_row_that_is_decided_to_be_of_another_layer_loses_its_tie_alone(
    area, coordinator, house
):
    there = make_place(area, "Koret")
    text = "navn;type;holder til i\nKoret;forening;Huset\n"
    run = check(area, coordinator, text, columns=MEETS)
    row = run.rows.get()
    decide(run, {row.pk: there.pk})
    written(run)
    assert not Link.objects.exists()


def test_a_row_that_is_decided_to_be_the_other_end_loses_its_tie_alone(area, coordinator):
    there = make_association(area, "Korets venner")
    text = "navn;type;samarbejder med\nKorets ven;forening;Korets venner\n"
    run = check(area, coordinator, text, columns=WORKS)
    row = run.rows.get()
    assert row.likely
    decide(run, {row.pk: there.pk})
    written(run)
    assert not Link.objects.exists()


def test_a_tie_that_ends_before_it_begins_is_refused(area, coordinator, house, choir):
    text = "fra;relation;til;siden;indtil\n8;is at home in;7;2020;2015\n"
    run = check(area, coordinator, text, "ties.csv")
    assert written(run) == (0, 0, 0, 1) and said(run)[2] == ["tie_ends"]


@pytest.mark.parametrize("code", ["website", "tie:meets_at:out"])
def test_no_cpr_number_is_kept_of_any_column(area, coordinator, code):
    text = "navn;type;x\nKoret;forening;010170-1234\nVennerne;forening;http://x.dk/010170-1234\n"
    run = check(area, coordinator, text, columns={"x": code})
    assert "010170-1234" not in str([*Import.objects.values(), *ImportRow.objects.values()])
    written(run)
    assert not Asset.objects.filter(association__website__contains="010170").exists()
