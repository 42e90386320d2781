"""Undoing an import after people, and other records, have come to build on what it made."""

import pytest

from assetmap.exchange.importing import runs
from assetmap.exchange.merging.merge import merge
from assetmap.exchange.merging.merge import undo as take_apart
from assetmap.exchange.models import Import
from assetmap.inventory.models import Asset, Proposal
from associations.models import Association, Figure
from places.models import Place
from tests.exchange.importing.running import bring_in, check
from tests.factories import make_place

LIST = "id;navn;type\n1;Huset;lokale\n2;Pladsen;lokale\n3;Koret;forening\n"


@pytest.fixture
def run(area, coordinator):
    return bring_in(area, coordinator, LIST)


def undo(run):
    """Undo a run; return {name: status} of what is left, and what is said of it."""
    runs.undo(run)
    run = Import.objects.get(pk=run.pk)
    assert run.state == Import.State.UNDONE
    return dict(Asset.objects.values_list("name", "status")), run.said


def test_what_another_record_was_merged_into_stays_in_use(area, coordinator, run):
    own = make_place(area, "Vores hus")
    merge(Place.objects.get(source_id="1"), own, [], coordinator)
    left, said = undo(run)
    assert left == {"Huset": "active", "Vores hus": "archived"}
    assert said == "1 record was changed since, and stays as it is."


def test_what_was_merged_into_another_record_stays_in_the_archive(area, coordinator, run):
    own = make_place(area, "Vores hus")
    merge(own, Place.objects.get(source_id="1"), [], coordinator)
    left, said = undo(run)
    assert left == {"Vores hus": "active", "Huset": "archived"}
    assert "1 new record" in said


def test_a_merging_that_was_taken_apart_is_no_reason_to_stay_in_use(area, coordinator, run):
    own = make_place(area, "Vores hus")
    take_apart(merge(Place.objects.get(source_id="1"), own, [], coordinator))
    assert undo(run)[0] == {"Vores hus": "active", "Huset": "archived"}


def test_figures_that_were_added_since_are_not_deleted(run):
    choir = Association.objects.get()
    Figure.objects.create(association=choir, measure="medlemmer", value=12)
    left, said = undo(run)
    assert left == {"Koret": "archived"} and Figure.objects.exists()


def test_a_proposal_that_waits_is_not_deleted(run, neighbour):
    Proposal.objects.create(asset=Asset.objects.get(source_id="1"), by=neighbour, text="Lukket")
    assert undo(run)[0] == {"Huset": "archived"} and Proposal.objects.exists()


def test_what_is_archived_refuses_an_edit_that_was_begun_before(run):
    Asset.objects.filter(source_id="1").update(version=2)
    undo(run)
    assert Asset.objects.get().version == 3


def test_what_was_erased_since_is_no_fault(run):
    Asset.objects.filter(source_id="1").delete()
    assert undo(run) == ({}, "Everything is as it was before.")


def test_a_changed_record_that_was_erased_since_is_no_fault(area, coordinator, run):
    changing = bring_in(area, coordinator, LIST.replace("lokale", "nyttehave"))
    assert changing.counts["changed"] == 2
    Asset.objects.filter(source_id="1").delete()
    assert Place.objects.get().kind == "garden"
    undo(changing)
    assert Place.objects.get().kind == "other"


def test_a_changed_record_that_was_merged_since_stays_as_it_is(area, coordinator, run):
    changing = bring_in(area, coordinator, LIST.replace("lokale", "nyttehave"))
    own = make_place(area, "Vores hus")
    merge(Place.objects.get(source_id="1"), own, [], coordinator)
    said = undo(changing)[1]
    assert Place.objects.get(source_id="1").kind == "garden" and "stays as it is" in said


def test_undoing_twice_undoes_once(area, coordinator, run):
    undo(run)
    bring_in(area, coordinator, LIST)
    runs.undo(run)
    assert Asset.objects.count() == 3


def test_only_what_was_written_can_be_undone(area, coordinator):
    run = check(area, coordinator, LIST)
    runs.undo(run)
    assert Import.objects.get(pk=run.pk).state == Import.State.CHECKED


def test_undoing_asks_no_more_often_for_more_rows(
    area, coordinator, django_assert_max_num_queries
):
    many = "navn;type\n" + "".join(f"Korps {n};forening\n" for n in range(100))
    run = bring_in(area, coordinator, many)
    with django_assert_max_num_queries(90):
        undo(run)
    assert not Asset.objects.exists()
