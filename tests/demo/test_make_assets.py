"""Made data: the same by seed, what the product itself would write, and nobody else's touched."""

from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from assetmap.areas.models import Area
from assetmap.areas.validators import RESERVED_SLUGS
from assetmap.demo.made import layers, load, ties, words
from assetmap.demo.made.plan import LARGE_AREAS, plan_areas, plan_sizes
from assetmap.inventory import derived
from assetmap.inventory.audience import Visibility
from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.models import Asset, Layer, Link, Offering, SpokenLanguage, layer_models
from assetmap.inventory.position import block_of
from residents.models import Resident
from tests.factories import make_area, make_offering, make_place, make_resident

TABLES = (Area, Asset, Offering, Link, SpokenLanguage, *layer_models().values())
WHEN = {"created_at", "updated_at"}
KEYS = {"id", "area_id", "asset_id", "asset_ptr_id", "source_id", "target_id"}


def make(count=400, **options):
    out = StringIO()
    call_command("make_assets", count=count, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def made(db):
    make()
    return Asset.objects.all()


def rows_of(model, leave_out):
    """All rows of a table in the order of their keys, without some columns."""
    names = [field.attname for field in model._meta.local_concrete_fields]
    kept = [name for name in names if name not in leave_out]
    return list(model.objects.order_by("pk").values_list(*kept))


def all_rows():
    return {model.__name__: rows_of(model, WHEN | KEYS) for model in TABLES} | {
        "ties": list(Link.objects.order_by("pk").values_list("source__uid", "target__uid")),
        "offerings": list(Offering.objects.order_by("pk").values_list("asset__uid", "gift__code")),
    }


def constraints():
    """Every index, key and check of the tables, by what the database says of it."""
    with connection.cursor() as cursor:
        read = connection.introspection.get_constraints
        tables = [read(cursor, model._meta.db_table) for model in TABLES]
    return [sorted(map(str, table.values())) for table in tables]


def made_and_taken_back(**options):
    """Return the rows that a run would make."""
    with transaction.atomic():
        make(**options)
        rows = all_rows()
        transaction.set_rollback(True)
    return rows


# Which rows ---------------------------------------------------------------------------------


def test_the_same_seed_makes_the_same_rows(db):
    assert made_and_taken_back(seed=3) == made_and_taken_back(seed=3)


def test_another_seed_makes_other_areas_beside_the_first(made):
    make(seed=2)
    for prefix in ("made-1-", "made-2-"):
        assert Area.objects.get(slug__startswith=prefix).assets.count() == 400


@pytest.mark.parametrize("count", [1, 2, 999, 1500, 10_000, 123_456, 1_000_000, 5_000_000])
def test_areas_hold_exactly_so_many_assets(count):
    sizes = plan_sizes(count, Random(1))
    assert sum(sizes) == count
    assert min(sizes) >= 1
    assert len(sizes) == max(1, round(count / 1000))
    for least, size in LARGE_AREAS:
        assert (size in sizes) == (count >= least)


def test_areas_are_many_different_ones_in_denmark():
    areas = plan_areas(5_000_000, seed=1)
    assert len({area.name for area in areas}) == len({area.slug for area in areas}) == len(areas)
    assert not {area.slug for area in areas} & RESERVED_SLUGS
    assert all(54.5 < area.latitude < 57.8 and 8 < area.longitude < 15.3 for area in areas)
    assert len({area.size for area in areas}) > 1000


def test_one_alone_is_made_without_ties(db):
    make(count=1)
    assert Asset.objects.count() == 1
    assert not Link.objects.exists()


def test_every_layer_level_and_state_is_there_in_its_share(db):
    make(count=2000)
    assert 1000 < Resident.objects.count() < 1200
    assert set(Asset.objects.values_list("layer", flat=True)) == set(Layer.values)
    for model in layer_models().values():
        assert {"public", "private"} <= set(model.objects.values_list("visibility", flat=True))
    residents = Resident.objects.values_list("visibility", flat=True)
    assert set(residents) == set(Visibility.values)
    assert set(Asset.objects.values_list("status", flat=True)) == {"active", "archived", "pending"}
    assert Asset.objects.filter(latitude=None).exclude(layer="resident").exists()
    assert set(Asset.objects.exclude(outline=None).values_list("layer", flat=True)) == {"place"}
    assert Offering.objects.filter(reveals=True).exists()
    assert Offering.objects.filter(waiting=True).exists()
    assert SpokenLanguage.objects.exists()


def test_words_to_measure_a_search_with_stand_in_their_share(db):
    make(count=4000)
    found = {word: Asset.objects.search(word).count() for word in ("gymnastik", "retshjælp")}
    assert 140 < found["gymnastik"] < 280
    assert 20 < found["retshjælp"] < 60
    assert 1 <= Asset.objects.search("glasharmonika").count() < 10
    texts = Asset.objects.values_list("search_text", flat=True)
    assert len({word for text in texts for word in text.split()}) > 6000


def test_summaries_are_a_sentence_or_three(made):
    for text in made.values_list("summary", flat=True):
        assert 80 <= len(text) <= 200


def test_it_is_about_nobody(made):
    for resident in Resident.objects.all():
        assert resident.name.split()[0] in words.NEIGHBOUR
        assert resident.name.split()[-1].isdigit()
        assert (resident.address, resident.contact, resident.owner) == ("", "", None)
    assert not made.exclude(source=load.MADE_UP).exists()
    assert not Link.objects.exclude(data_source=load.MADE_UP).exists()


# As the product itself would have written them ----------------------------------------------


def test_what_is_worked_out_is_what_the_product_would_write(made):
    for child in (asset.child for asset in made.select_related(*Layer.values)):
        before = dict(vars(child))
        child.prepare()
        assert {name: getattr(child, name) for name in before} == before


def test_residents_stand_no_more_exactly_than_their_block(made):
    for position in Resident.objects.values_list("latitude", "longitude"):
        assert block_of(*position) == position


def test_gifts_and_ties_are_what_the_product_would_write(made):
    for offering in Offering.objects.select_related("asset", "gift"):
        reveals = offering.reveals
        assert offering.prepare().reveals == reveals
    for link in Link.objects.select_related("source", "target"):
        assert link.visibility == link.usual_visibility
        ends = link.source_id, link.target_id
        assert (link.prepare().source_id, link.target_id) == ends


@pytest.mark.once
def test_nothing_it_makes_would_be_refused_if_it_were_typed_in(made):
    for asset in made.select_related("area", *Layer.values)[:200]:
        asset.child.full_clean()
    for offering in Offering.objects.all()[:100]:
        offering.full_clean(exclude=["gift"] if offering.gift_id is None else [])
    for link in Link.objects.select_related("source", "target")[:200]:
        link.full_clean()
    for area in Area.objects.all():
        area.full_clean()


def test_three_ties_go_out_from_every_asset_within_its_area(db):
    make(count=2000)
    assert Link.objects.count() == 3 * 2000
    assert not Link.objects.exclude(source__area=F("target__area")).exists()
    assert set(Link.objects.values_list("visibility", flat=True)) == {"public", "private"}


@pytest.mark.parametrize("source", Layer.values)
def test_only_ties_that_the_layers_allow_are_drawn(source):
    assert all(LINK_KINDS[kind].allows(source, target) for kind, target in ties.DRAWN[source])


def test_values_of_the_layers_own_columns_are_choices_of_the_model():
    institution, place = layer_models()["institution"], layer_models()["place"]
    assert {kind for kind, _, _ in words.INSTITUTIONS} == set(institution.Kind.values)
    assert {sector for _, sector, _ in words.INSTITUTIONS} == set(institution.Sector.values)
    assert {kind for kind, _ in words.PLACES} < set(place.Kind.values)
    association = layer_models()["association"]
    assert set(layers.STAGES) == set(association.Stage.values)
    assert set(layers.FORMS) == {"", *association.Form.values}


def test_the_index_and_the_counts_are_right_afterwards(made):
    assert derived.is_right()
    place = make_place(Area.objects.get(), "Hyldeblomstens hjørne")  # its keys go on as well
    make_offering(place)
    assert Asset.objects.search("hyldeblomst").get().pk == place.pk
    assert derived.is_right()


def test_all_indexes_and_keys_stand_as_before(db):
    before = constraints()
    make()
    assert constraints() == before


# What it leaves alone, and what it refuses ---------------------------------------------------


def test_other_areas_are_not_touched(db):
    area = make_area("made-up")
    make_offering(make_resident(area))
    before = {model: rows_of(model, ()) for model in TABLES}
    make()
    for model, rows in before.items():
        assert set(map(str, rows)) <= set(map(str, rows_of(model, ())))
    assert area.assets.count() == 1


def test_the_same_seed_twice_is_refused_with_a_sentence(made):
    with pytest.raises(CommandError, match="seed 1 are there already.*made-1-.*another --seed"):
        make()
    assert made.count() == 400


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"count": 0}, "--count must be from 1 to 5000000, not 0"),
        ({"count": -5}, "--count must be from 1"),
        ({"count": 5_000_001}, "--count must be from 1"),
        ({"seed": -1}, "--seed must be from 0"),
        ({"seed": 10**12}, "--seed must be from 0"),
        ({"photos": -1}, "--photos must be 0 or more"),
    ],
)
def test_numbers_that_make_no_sense_are_refused_with_a_sentence(db, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        make(**options)
    assert not Area.objects.exists()


@pytest.mark.parametrize("arguments", [[], ["--count", "many"], ["--count", "1.5"]])
def test_a_count_that_is_no_number_is_refused(db, arguments):
    with pytest.raises(CommandError, match="--count"):
        call_command("make_assets", *arguments)


def test_nothing_is_written_if_it_fails_half_way(db, monkeypatch):
    def fail(*arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(load, "_go_on_after_ids", fail)
    with pytest.raises(ZeroDivisionError):
        make()
    for model in TABLES:
        assert not model.objects.exists(), model
    assert derived.is_right()


def test_it_says_how_far_it_is(db):
    lines = make(count=3000).splitlines()
    assert "assets written" in lines[0]
    assert "100 %: 3000 assets written" in lines[-2]
    assert "Made 3000 assets" in lines[-1]


# Photos --------------------------------------------------------------------------------------


def test_the_first_public_places_get_a_photo_that_can_be_seen(db, client):
    make(photos=2)
    public = Asset.objects.filter(layer="place", visibility="public", status="active")
    with_photo = Asset.objects.exclude(photo="").order_by("pk")
    assert list(with_photo) == list(public.order_by("pk")[:2])
    for asset in with_photo:
        assert asset.photo_alt
        assert asset.photo.read() and asset.photo_small.read()
        assert client.get(asset.get_absolute_url()).status_code == 200


def test_more_photos_than_places_are_as_many_as_there_are(db):
    said = make(count=20, photos=1000)
    places = Asset.objects.filter(layer="place", visibility="public", status="active").count()
    assert f"photos: {places}." in said
    assert Asset.objects.exclude(photo="").count() == places
