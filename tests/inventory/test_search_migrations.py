"""The migrations that brought the index and the tallies go back and forth with rows in place."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from assetmap.areas.models import Area
from assetmap.areas.text import fold, sort_key
from assetmap.inventory import derived
from assetmap.inventory.models import Asset
from places.models import Place
from tests.factories import make_area, make_offering, make_place

from .keeping import SPOT, counted, found, kept

BEFORE = "0003_waiting_words_and_exports"


def migrate(app, name):
    call_command("migrate", app, name, verbosity=0, interactive=False)


@pytest.fixture
def lead(transactional_db):
    """Migrate to a point in time and return the models as they were; afterwards all is back."""

    def to(app, name):
        migrate(app, name)
        return MigrationExecutor(connection).loader.project_state((app, name)).apps

    yield to
    call_command("migrate", verbosity=0, interactive=False)


@pytest.fixture
def rows(transactional_db):
    area = make_area(name="Ågården")
    make_offering(make_place(area, "Café Ågård (kor)", summary="Pige-gymnastik", **SPOT), "FG7")
    make_place(area, "Ventehaven", status="pending", **SPOT)
    return area


def written_by_older_code(models):
    """An asset whose words are kept as they were before: one after the other, folded."""
    area = models.get_model("areas", "Area").objects.get()
    fields = {"name": "Øst-huset", "layer": "place", "visibility": "public", "status": "active"}
    fields |= {"name_order": sort_key("Øst-huset"), "search_text": fold("Øst-huset Å-brinken 3")}
    return models.get_model("inventory", "Asset").objects.create(area=area, **fields)


def tables():
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def test_rows_written_before_are_found_and_counted_after(rows, lead):
    older = written_by_older_code(lead("inventory", BEFORE))
    migrate("inventory", "0005_words_of_the_search")
    kept_words = Asset.objects.get(pk=older.pk)
    assert kept_words.search_name == " oest huset"
    assert kept_words.search_text == " oest huset aa brinken 3"
    for words in ("øst", "huset", "oesthuset", "brinken 3", "å"):
        assert ("Øst-huset" in found(words)) is (words != "oesthuset"), words
    assert found("gymnastik honning kor") == {"Café Ågård (kor)"}
    assert kept() == counted()
    assert sum(numbers[0] for numbers in kept().values()) == 2
    assert derived.is_right()


def test_going_back_takes_the_index_the_triggers_and_the_tallies_away(rows, lead):
    models = lead("inventory", BEFORE)
    assert not tables() & {"inventory_tally", "asset_search"}
    OldAsset = models.get_model("inventory", "Asset")
    assert OldAsset.objects.filter(search_text__contains="gymnastik").count() == 1
    OldAsset.objects.update(visibility="partners")  # no trigger is left that would fail
    written_by_older_code(models).delete()
    assert OldAsset.objects.count() == 2


def test_what_changed_in_between_is_found_and_counted_too(rows, lead):
    models = lead("inventory", BEFORE)
    OldAsset = models.get_model("inventory", "Asset")
    OldAsset.objects.update(visibility="partners", search_text="nye ord", status="active")
    migrate("inventory", "0005_words_of_the_search")
    assert len(found("nye ord")) == 2
    assert {key[2] for key in kept()} == {"partners"}
    assert kept() == counted()
    assert derived.is_right()


def test_writes_are_followed_again_after_going_there_and_back(rows, lead):
    lead("inventory", BEFORE)
    call_command("migrate", verbosity=0, interactive=False)
    make_place(rows, "Nyhave", **SPOT)
    Place.objects.get(name="Ventehaven").delete()
    assert found("have") == {"Nyhave"}
    assert kept() == counted()
    assert derived.is_right()


def test_more_rows_than_a_batch_get_their_words(rows, lead, monkeypatch):
    monkeypatch.setattr("assetmap.inventory.migrations.0005_words_of_the_search.BATCH", 3)
    models = lead("inventory", BEFORE)
    for _ in range(7):
        written_by_older_code(models)
    migrate("inventory", "0005_words_of_the_search")
    assert Asset.objects.search("brinken").count() == 7


def test_areas_get_the_order_of_their_names(rows, lead):
    make_area("zebra", name="Zebra")
    make_area("oen", name="Øen")
    OldArea = lead("areas", "0003_rate_limits").get_model("areas", "Area")
    assert {area.name for area in OldArea.objects.all()} == {"Ågården", "Zebra", "Øen"}
    migrate("areas", "0005_order_of_names")
    assert [area.name for area in Area.objects.all()] == ["Zebra", "Øen", "Ågården"]
    assert [area.name_order for area in Area.objects.all()] == ["zebra", "zz2en", "zz3gzz3rden"]


def test_migrating_when_there_is_nothing_to_do_leaves_all_in_place(rows, lead):
    call_command("migrate", verbosity=0, interactive=False)
    assert derived.is_right()
    assert found("gymnastik") == {"Café Ågård (kor)"}
