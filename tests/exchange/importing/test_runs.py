"""A file from the upload to the inventory, and back out of it."""

import pytest
from django.core.files.storage import default_storage

from assetmap.exchange.importing import runs
from assetmap.exchange.importing.decide import decide
from assetmap.exchange.models import Import, ImportRow
from assetmap.inventory.models import Asset, Link
from associations.models import Association
from institutions.models import Institution
from places.models import Place
from tests.exchange.importing.running import begin, bring_in, check, outcomes, said
from tests.factories import make_association, make_place, make_resident

LIST = """id;navn;type;adresse;lat;lon;hjemmeside;evner
1;Solvang Bibliotek;Bibliotek;Remisevej 14;55,648722;12,595484;bibliotek.kk.dk;bagning
2;Urbanhaven;Nyttehave;;55,6530;12,5970;;
3;Koret;Forening;;;;;sang, musik
"""


def test_a_list_comes_in_with_every_row_in_its_layer(area, coordinator):
    run = bring_in(area, coordinator, LIST)
    assert run.state == Import.State.DONE and outcomes(run) == (3, 0, 0, 0)
    library = Institution.objects.get(name="Solvang Bibliotek")
    assert (library.kind, library.website) == ("library", "https://bibliotek.kk.dk")
    assert (library.source, library.source_id) == ("liste", "1")
    assert (library.latitude, library.created_by) == (55.648722, coordinator)
    assert library.confirmed_at is None
    assert Place.objects.get(name="Urbanhaven").kind == "garden"
    assert Association.objects.get(name="Koret").offerings.count() == 2
    assert Asset.objects.search("bagning", area).get().pk == library.pk


def test_the_same_file_again_changes_nothing(area, coordinator):
    bring_in(area, coordinator, LIST)
    before = list(Asset.objects.order_by("pk").values())
    run = bring_in(area, coordinator, LIST)
    assert outcomes(run) == (0, 0, 3, 0)
    assert list(Asset.objects.order_by("pk").values()) == before


def test_a_changed_file_changes_field_by_field(area, coordinator):
    bring_in(area, coordinator, LIST)
    run = check(area, coordinator, LIST.replace("Remisevej 14", "Remisevej 16"))
    assert outcomes(run) == (0, 1, 2, 0)
    row = run.rows.get(outcome="changed")
    assert row.changes == {"address": ["Remisevej 14", "Remisevej 16"]}
    runs.write(run)
    library = Asset.objects.get(source_id="1")
    assert (library.address, library.version) == ("Remisevej 16", 2)
    assert Asset.objects.search("remisevej 16", area).exists()


def test_blanks_alone_are_no_change(area, coordinator):
    bring_in(area, coordinator, LIST)
    Asset.objects.filter(source_id="2").update(name="Urban  haven")
    run = bring_in(area, coordinator, LIST.replace("Urbanhaven", "Urban haven"))
    assert outcomes(run) == (0, 0, 3, 0)


def test_what_the_file_leaves_empty_stays(area, coordinator):
    bring_in(area, coordinator, LIST)
    run = bring_in(area, coordinator, LIST.replace("Remisevej 14", ""))
    assert outcomes(run) == (0, 0, 3, 0)
    assert Asset.objects.get(source_id="1").address == "Remisevej 14"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("4;;;;;;;", "no_name"),
        (f"4;{'x' * 151};;;;;;", "name_long"),
        ("4;Birthe 010170-1234;;;;;;", "cpr"),
        ("4;Birthe;;010170-1234;;;;", "cpr"),
        ("4;Birthe;Beboer;;;;;", "resident"),
        ("3;Et andet kor;Forening;;;;;", "same_id"),
    ],
)
def test_a_row_that_cannot_come_in_is_refused_and_says_why(area, coordinator, row, code):
    run = bring_in(area, coordinator, f"{LIST}{row}\n")
    assert outcomes(run) == (3, 0, 0, 1)
    refused = run.rows.get(outcome="refused")
    assert refused.number == 5 and code in said(run)[5]
    assert refused.values == {} and Asset.objects.count() == 3


def test_a_value_that_cannot_be_kept_is_left_out_and_said(area, coordinator):
    text = "navn;e-mail;cvr;kapacitet\nSalen;ikke en adresse;123;mange\n"
    run = bring_in(area, coordinator, text)
    place = Place.objects.get()
    assert (place.email, place.capacity) == ("", None)
    assert said(run)[2].count("bad_value") == 2  # a place has no CVR number


def test_no_cpr_number_is_kept_anywhere(area, coordinator):
    text = "navn;kategori;note\nBirthe 010170-1234;010170-1234;ring 0101701234\nHaven;;\n"
    run = check(area, coordinator, text)
    kept = str([*Import.objects.values(), *ImportRow.objects.values()])
    assert "010170-1234" not in kept and "0101701234" not in kept
    assert outcomes(run) == (1, 0, 0, 1)
    runs.write(run)
    run.refresh_from_db()
    assert not run.file  # and the upload itself is gone once it is written


def test_a_likely_double_is_taken_for_the_same_until_somebody_says_otherwise(area, coordinator):
    there = make_place(area, "Solvang bibliotek", latitude=55.6487, longitude=12.5955)
    run = check(area, coordinator, LIST)
    row = run.rows.get(number=2)
    assert row.asset_id == there.pk and row.likely[0]["score"] >= 90
    assert outcomes(run) == (2, 1, 0, 0)
    decide(run, {row.pk: 0})
    assert outcomes(run) == (3, 0, 0, 0)
    decide(run, {row.pk: there.pk})
    assert outcomes(run) == (2, 1, 0, 0)
    runs.write(run)
    there.refresh_from_db()
    assert (there.layer, there.address) == ("place", "Remisevej 14")
    assert outcomes(bring_in(area, coordinator, LIST)) == (0, 0, 3, 0)


def test_two_rows_are_never_the_same_asset(area, coordinator):
    make_association(area, "Koret")
    text = "navn;type\nKoret;forening\nKoret;forening\n"
    run = bring_in(area, coordinator, text)
    assert outcomes(run)[0] == 1 and Association.objects.count() == 2


def test_people_are_compared_with_nothing(area, coordinator):
    make_resident(area, "Koret")
    run = check(area, coordinator, "navn;type\nKoret;forening\n")
    assert run.rows.get().likely == []


def test_an_import_is_undone(area, coordinator):
    kept = make_place(area, "Solvang bibliotek", latitude=55.6487, longitude=12.5955, summary="x")
    before = Asset.objects.filter(pk=kept.pk).values().get()
    run = bring_in(area, coordinator, LIST)
    runs.undo(run)
    run.refresh_from_db()
    after = Asset.objects.values().get()
    for name in ("version", "updated_at"):
        before.pop(name), after.pop(name)
    assert after == before and run.state == Import.State.UNDONE
    assert kept.offerings.count() == 0
    assert outcomes(bring_in(area, coordinator, LIST)) == (2, 1, 0, 0)


def test_undoing_leaves_what_people_have_built_on(area, coordinator):
    run = bring_in(area, coordinator, LIST)
    tied, changed = Asset.objects.get(source_id="2"), Asset.objects.get(source_id="1")
    club = make_association(area, "Klubben")
    Link.objects.create(source=club, target=tied, kind="meets_at")
    Asset.objects.filter(pk=changed.pk).update(version=2)
    runs.undo(run)
    run.refresh_from_db()
    assert set(Asset.objects.values_list("name", "status")) == {
        ("Klubben", "active"),
        ("Urbanhaven", "archived"),
        ("Solvang Bibliotek", "archived"),
    }
    assert "2" in run.said and Link.objects.count() == 1


def test_what_was_changed_meanwhile_is_not_written_over(area, coordinator):
    bring_in(area, coordinator, LIST)
    run = check(area, coordinator, LIST.replace("Remisevej 14", "Remisevej 16"))
    Asset.objects.filter(source_id="1").update(version=2, address="Remisevej 18")
    runs.write(run)
    run.refresh_from_db()
    assert Asset.objects.get(source_id="1").address == "Remisevej 18"
    assert outcomes(run) == (0, 0, 2, 1) and "changed_meanwhile" in said(run)[2]


def test_a_fault_while_writing_writes_nothing(area, coordinator):
    run = check(area, coordinator, LIST)
    make_place(area, "Midt imellem", source="liste", source_id="3")
    runs.write(run)
    run.refresh_from_db()
    assert run.state == Import.State.FAILED and run.said
    assert Asset.objects.count() == 1


def test_a_run_that_was_stopped_goes_on_where_it_was(area, coordinator, monkeypatch):
    whole = check(area, coordinator, LIST)
    kept = list(whole.rows.values_list("number", "key", "outcome"))
    whole.rows.filter(number=4).delete()
    Import.objects.filter(pk=whole.pk).update(state=Import.State.CHECKING, worked_at=None)
    whole.refresh_from_db()
    runs.work(whole)
    assert list(whole.rows.values_list("number", "key", "outcome")) == kept
    assert whole.state == Import.State.CHECKED


def test_columns_are_remembered_for_the_area(area, coordinator, other_area):
    odd = "a;b\nHaven;55.65, 12.59\n"
    check(area, coordinator, odd, columns={"a": "name", "b": "summary"})
    assert begin(area, coordinator, odd).mapping["sheets"][0]["columns"]["b"] == "summary"
    assert begin(other_area, coordinator, odd).mapping["sheets"][0]["columns"]["b"] != "summary"


def test_cancelling_leaves_neither_rows_nor_file(area, coordinator):
    run = check(area, coordinator, LIST)
    name = run.file.name
    runs.cancel(run)
    assert not default_storage.exists(name)
    assert not Import.objects.exists() and not ImportRow.objects.exists()


def test_an_erased_asset_takes_its_rows_along(area, coordinator):
    run = bring_in(area, coordinator, LIST)
    Asset.objects.filter(source_id="3").delete()
    assert run.rows.count() == 2
