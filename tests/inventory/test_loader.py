import pytest
from django.db import IntegrityError

from assetmap.inventory.loader import BATCH, load_assets, load_links, load_offerings
from assetmap.inventory.models import Asset, Gift, Layer, Link, Offering, layer_models
from assetmap.inventory.position import block_of, cell_of
from associations.models import Association
from places.models import Place
from residents.models import Resident
from tests import factories


@pytest.mark.parametrize("layer", Layer.values)
def test_base_and_own_rows_are_written_in_equal_number(area, layer):
    model = layer_models()[layer]
    made = load_assets(model, [model(area=area, name=f"Number {n}") for n in range(BATCH + 20)])
    assert model.objects.count() == Asset.objects.filter(layer=layer).count() == len(made)
    assert set(model.objects.values_list("pk", "name")) == {(row.pk, row.name) for row in made}


def test_loaded_row_is_as_if_saved(area):
    point = {"latitude": 55.6525, "longitude": 12.5968}
    loaded, saved = (Place(area=area, name="Ågård", capacity=7, **point) for _ in range(2))
    load_assets(Place, [loaded])
    saved.save()
    columns = ["capacity", "cell", "layer", "name_order", "search_text", "status", "visibility"]
    one, other = Place.objects.order_by("pk").values(*columns)
    assert one == other
    assert one["cell"] == cell_of(55.6525, 12.5968)
    loaded.capacity = 8
    loaded.save()
    assert Place.objects.get(pk=loaded.pk).capacity == 8
    assert Place.objects.count() == 2


def test_loaded_resident_is_private_and_stands_in_her_block(area):
    load_assets(Resident, [Resident(area=area, name="Bo", latitude=55.6525, longitude=12.5968)])
    kept = Resident.objects.get()
    assert kept.visibility == "private"
    assert (kept.latitude, kept.longitude) == block_of(55.6525, 12.5968)


@pytest.mark.parametrize(
    "bad",
    [
        *({"name": ""}, {"visibility": "all"}, {"source": "x", "source_id": "1"}),
        *({"capacity": "many"}, {"kind": None}),
    ],
    ids=["name", "visibility", "twice", "own column", "own null"],
)
def test_one_bad_row_writes_nothing(area, bad):
    good = Place(area=area, name="Good", source="x", source_id="1")
    with pytest.raises((IntegrityError, ValueError)):
        load_assets(Place, [good, Place(**{"area": area, "name": "Bad"} | bad)])
    assert not Asset.objects.exists()
    assert not Place.objects.exists()


def test_nothing_is_loaded_from_nothing(area):
    assert load_assets(Place, []) == []
    assert not Asset.objects.exists()


def test_bare_asset_cannot_be_saved(area):
    with pytest.raises(IntegrityError):
        Asset.objects.create(area=area, name="Bare")


def test_bare_asset_cannot_be_written_in_bulk(area):
    with pytest.raises(IntegrityError):
        Asset.objects.bulk_create([Asset(area=area, name="Bare", visibility="public")])


# What a search finds


def test_loaded_gifts_make_their_assets_findable_in_every_language(area):
    one, other = load_assets(Place, [Place(area=area, name=name) for name in ("One", "Other")])
    gift = Gift.objects.get(code="FG7")
    load_offerings([Offering(asset=one, gift=gift, note="på taget")])
    for words in ("honning", "beekeeping", "paa taget"):
        assert [asset.name for asset in Asset.objects.search(words)] == ["One"], words
    assert Asset.objects.search("other").count() == 1


def test_search_finds_nothing_that_is_private(area):
    made = load_assets(
        Resident,
        [Resident(area=area, name="Fatma", contact="fatma@example.org", availability="evenings")],
    )
    gifts = {code: Gift.objects.get(code=code) for code in ("LA1", "FG7")}
    load_offerings(Offering(asset=made[0], gift=gift) for gift in gifts.values())
    text = Asset.objects.get().search_text
    assert "honning" in text
    assert "example" not in text
    assert "tolk" not in text
    assert "interpret" not in text


def test_layers_own_words_survive_when_gifts_are_loaded(area):
    group = factories.make_association(area, "Koret", audience="for alle over 60")
    load_offerings([Offering(asset=group, gift=Gift.objects.get(code="FG7"))])
    assert Asset.objects.search("over 60 honning").count() == 1


# Ties


def test_tie_that_stands_there_already_is_left_as_it_is(area):
    one, other = (factories.make_association(area, name) for name in ("One", "Other"))
    factories.make_link(one, other, note="kept")
    load_links(
        [
            Link(source=other, target=one, kind="works_with", note="again"),
            Link(source=one, target=other, kind="supports"),
        ]
    )
    assert list(Link.objects.order_by("kind").values_list("kind", "note")) == [
        *(("supports", ""), ("works_with", "kept")),
    ]


def test_ties_that_cannot_be_are_not_loaded(area, other_area):
    one = factories.make_association(area)
    for target, kind in (
        (factories.make_association(other_area), "supports"),
        (factories.make_place(area), "grew_into"),
    ):
        with pytest.raises(Exception, match="area|does not go|samme|går"):
            load_links([Link(source=one, target=target, kind=kind)])
    assert not Link.objects.exists()
    assert Association.objects.count() == 2
