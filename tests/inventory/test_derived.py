"""The search index and the tallies are true after every write, whoever makes it and however."""

import pytest
from django.db import connection, transaction

from assetmap.areas.text import searchable
from assetmap.inventory import derived
from assetmap.inventory.loader import load_assets, load_offerings
from assetmap.inventory.models import Asset, Gift, Offering, Tally
from assetmap.inventory.position import cell_of
from associations.models import Association
from places.models import Place
from tests.factories import make_offering, make_place, make_resident

from .keeping import SPOT, Fault, found, holds, kept

on_postgresql = pytest.mark.skipif(connection.vendor == "sqlite", reason="many rows a tally")

NORTH = {"latitude": 55.66, "longitude": 12.6, "cell": cell_of(55.66, 12.6)}
NOWHERE = {"latitude": None, "longitude": None, "cell": None}


# After every kind of write ----------------------------------------------------------------


def test_new_assets_are_found_and_counted_if_in_use(rows, area, other_area):
    assert found("have") == {"Haven", "Nabohaven", "Ventehaven"}
    assert found("have", other_area) == {"Nabohaven"}
    assert kept() == {
        (area.pk, "place", "public"): [1, 1, 55_650_000, 12_590_000],
        (area.pk, "association", "partners"): [1, 0, 0, 0],
        (other_area.pk, "place", "public"): [1, 1, 55_650_000, 12_590_000],
    }
    assert holds()


def test_a_new_name_is_found_and_the_old_one_is_not(rows):
    rows["garden"].name = "Nyhøj"
    rows["garden"].save()
    assert found("have") == {"Nabohaven", "Ventehaven"}
    assert found("nyhoej") == {"Nyhøj"}
    assert holds()


def test_a_gift_makes_its_asset_findable_and_leaves_with_it(rows):
    offering = make_offering(rows["garden"], "FG7")
    assert found("honning") == {"Haven"}
    offering.delete()
    rows["garden"].save()
    assert found("honning") == set()
    assert holds()


@pytest.mark.parametrize("number", [1, 700])
def test_a_bulk_load_is_found_and_counted(rows, area, number):
    load_assets(Place, [Place(area=area, name=f"Nyhave {n}", **SPOT) for n in range(number)])
    club = Association(area=area, name="Nyklub")
    load_assets(Association, [club])
    load_offerings([Offering(asset=club, gift=Gift.objects.get(code="FG7"))])
    assert len(found("nyhave")) == number
    assert found("honning") == {"Nyklub"}
    assert kept()[area.pk, "place", "public"][0] == number + 1
    assert holds()


@pytest.mark.parametrize(
    "change",
    [
        {"status": "archived"},
        {"status": "active"},
        {"visibility": "private"},
        {"visibility": "partners", "status": "active"},
        NORTH,
        NOWHERE,
        {"layer": "institution"},
        {"name": "Ny", "search_name": " ny", "search_text": " ny klub"},
        {"summary": "nothing that is derived"},
        {"status": "active", "visibility": "neighbours", "search_text": " ny have", **NORTH},
    ],
    ids=lambda change: "-".join(change),
)
def test_an_update_of_one_and_of_all_rows_is_followed(rows, change):
    Asset.objects.filter(pk=rows["garden"].pk).update(**change)
    assert holds()
    assert Asset.objects.update(**change) == 4
    assert holds()


def test_a_search_finds_by_new_words_alone(rows, area):
    Asset.objects.filter(area=area).update(search_text=searchable(["Ørnereden"]))
    assert found("oernereden") == {"Haven", "Klubben", "Ventehaven"}
    assert found("have") == {"Nabohaven"}
    assert holds()


def test_an_asset_that_moves_is_found_and_counted_in_its_new_area(rows, area, other_area):
    Asset.objects.filter(pk=rows["garden"].pk).update(area=other_area)
    assert found("have", other_area) == {"Haven", "Nabohaven"}
    assert found("have", area) == {"Ventehaven"}
    assert kept()[other_area.pk, "place", "public"][0] == 2
    assert holds()


def test_sql_written_by_hand_is_followed(rows, other_area):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE inventory_asset SET status = 'archived', area_id = %s, search_text = ' ny'"
            " WHERE name = 'Haven'",
            [other_area.pk],
        )
        cursor.execute("UPDATE inventory_asset SET status = 'active' WHERE name = 'Ventehaven'")
        cursor.execute("DELETE FROM places_place")
        cursor.execute("DELETE FROM inventory_asset WHERE name = 'Nabohaven'")
    assert found("have") == {"Ventehaven"}
    assert found("ny", other_area) == {"Haven"}
    assert holds()


def test_what_is_deleted_is_neither_found_nor_counted(rows, area):
    rows["garden"].delete()
    assert found("have") == {"Nabohaven", "Ventehaven"}
    Asset.objects.filter(area=area).delete()
    assert found("have") == {"Nabohaven"}
    assert {key[0] for key in kept()} == {rows["other"].area_id}
    assert holds()
    Asset.objects.all().delete()
    assert (found("have"), kept()) == (set(), {})
    assert holds()


def test_what_is_rolled_back_leaves_nothing(rows, area):
    before = kept()
    with pytest.raises(Fault), transaction.atomic():
        make_place(area, "Nyhave")
        Asset.objects.filter(pk=rows["garden"].pk).update(status="archived", search_text=" ny")
        rows["club"].delete()
        assert kept() != before
        assert found("ny") == {"Haven", "Nyhave"}
        raise Fault
    assert kept() == before
    assert found("ny") == set()
    assert found("have") == {"Haven", "Nabohaven", "Ventehaven"}
    assert holds()


def test_an_inner_part_that_is_rolled_back_leaves_the_rest(rows, area):
    with transaction.atomic():
        make_place(area, "Nyhave et")
        with pytest.raises(Fault), transaction.atomic():
            make_place(area, "Nyhave to")
            raise Fault
        make_place(area, "Nyhave tre")
    assert found("nyhave") == {"Nyhave et", "Nyhave tre"}
    assert holds()


def test_a_position_is_summed_without_loss(area):
    """Halves of a millionth, both signs and the ends of the earth: what goes is what came."""
    points = [(0.0000005, -0.0000005), (-33.8765435, 151.2), (90, 180), (-90, -180), (55.1, 12)]
    places = [make_place(area, latitude=north, longitude=east) for north, east in points * 20]
    assert derived.is_right()
    for place in places:
        place.delete()
    assert kept() == {}
    assert derived.is_right()


@on_postgresql
def test_the_rows_of_a_tally_are_gathered_now_and_then(area):
    """Each write adds a row, so without that there would be a thousand here."""
    place = make_place(area)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
    for n in range(1000):
        Asset.objects.filter(pk=place.pk).update(status=("archived", "active")[n % 2])
    assert Tally.objects.count() < 400
    assert holds()


# What a role may count --------------------------------------------------------------------


def test_each_role_counts_what_it_may_see_by_it(area, rows, coordinator, partner, neighbour):
    make_resident(area, "Nabo", visibility="neighbours")
    make_resident(area, "Privat", owner=neighbour)
    for user, number in ((neighbour, 3), (partner, 4), (coordinator, 4 + 1)):
        counts = Tally.objects.visible_to(user).summed()
        assert sum(row.number_sum for row in counts) == number
        own = set(Asset.objects.outside_tallies(user).values_list("name", flat=True))
        assert own == ({"Privat"} if user == neighbour else set())
