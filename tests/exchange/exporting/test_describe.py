"""What an asset is as plain data."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser

from assetmap.exchange.describe import CHUNK, columns, record, records_of, tie_record
from assetmap.inventory.models import Asset, Layer, Link, SpokenLanguage, layer_models
from tests.factories import (
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
)

VISITOR = AnonymousUser()


def records(user, **which):
    """The records of the assets that a user sees, by name."""
    assets = Asset.objects.visible_to(user).filter(**which).order_by("name_order", "pk")
    return list(records_of(assets.values_list("pk", "layer"), user))


def of(asset, user):
    """The one record of an asset as a user gets it."""
    return records(user, pk=asset.pk)[0]


def test_a_record_says_what_every_asset_says_and_what_its_layer_adds(area):
    place = make_place(area, "Haven", kind="garden", capacity=40, source="kk", source_id="7")
    told = of(place, VISITOR)
    assert told["uid"] == str(place.uid)
    assert told["url"] == f"/urbanplanen/places/{place.uid}/"
    assert (told["layer"], told["kind"], told["capacity"]) == ("place", "garden", 40)
    assert (told["source"], told["source_id"]) == ("kk", "7")
    assert (told["latitude"], told["longitude"]) == (55.6525, 12.5968)
    assert told["confirmed_at"] is None and told["updated_at"].endswith("+00:00")


def test_a_record_is_ready_for_json(area):
    for asset in (make_place(area), make_association(area), make_institution(area)):
        told = of(asset, VISITOR)
        assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("layer", list(Layer))
def test_every_field_that_a_layer_asks_for_is_a_column(layer):
    names = {column.name for column in columns([layer])}
    own = layer_models()[layer]._meta.local_fields
    asked = {field.name for field in own if field.editable and not field.primary_key}
    assert asked <= names
    assert {"uid", "name", "source_id", "url"} <= names


def test_a_column_that_two_layers_share_stands_once(area):
    names = [column.name for column in columns([Layer.INSTITUTION, Layer.PLACE])]
    assert names.count("kind") == 1 and len(names) == len(set(names))


def test_gifts_wishes_and_languages_come_with_the_record(area):
    place = make_place(area)
    make_offering(place, "FG7", "teach", note="om lørdagen")
    make_offering(place, None, "learn", text="bier")
    SpokenLanguage.objects.create(asset=place, code="so")
    told = of(place, VISITOR)
    first, second = told["gifts"]
    assert (first["gift"], first["mode"], first["note"]) == ("FG7", "teach", "om lørdagen")
    assert (second["gift"], second["text"], second["mode"]) == (None, "bier", "learn")
    assert told["languages"] == ["so"]


def test_gifts_that_wait_or_reveal_are_told_to_keepers_alone(area, coordinator):
    resident = make_resident(area, visibility="public")
    make_offering(resident, "WB5")
    make_offering(resident, None, text="venter", waiting=True)
    assert of(resident, VISITOR)["gifts"] == []
    assert len(of(resident, coordinator)["gifts"]) == 2


def test_what_a_person_keeps_to_herself_is_left_out_for_others(area, coordinator, partner):
    resident = make_resident(
        area,
        visibility="public",
        availability="om aftenen",
        contact="12345678",
        contact_visibility="partners",
        age_band="65+",
    )
    open_to_all = of(resident, VISITOR)
    assert open_to_all["availability"] == "om aftenen"
    assert not {"contact", "age_band", "contact_visibility"} & open_to_all.keys()
    assert of(resident, partner)["contact"] == "12345678"
    assert "age_band" not in of(resident, partner)
    assert of(resident, coordinator)["age_band"] == "65+"


def test_a_record_without_a_user_is_what_everybody_may_read(area):
    resident = make_resident(area, visibility="public", contact="12345678")
    assert "contact" not in record(resident, [], [])


def test_records_keep_the_order_of_the_assets(area, coordinator):
    makers = [make_place, make_resident, make_association]
    for number in range(6):
        makers[number % 3](area, f"Nr. {number}")
    told = [row["name"] for row in records(coordinator)]
    assert told == [f"Nr. {number}" for number in range(6)]


def test_records_cost_the_same_however_many(area, django_assert_num_queries):
    for number in range(3):
        make_offering(make_place(area))
        make_association(area, f"Klub {number}")
    with django_assert_num_queries(6):  # keys, two layers, the area, gifts, languages
        assert len(records(VISITOR)) == 6
    for number in range(20):
        make_offering(make_place(area, f"Sted {number}"))
    with django_assert_num_queries(6):
        assert len(records(VISITOR)) == 26


def test_records_go_on_beyond_one_chunk(area, monkeypatch):
    monkeypatch.setattr("assetmap.exchange.describe.CHUNK", 2)
    for number in range(5):
        make_place(area, f"Sted {number}")
    assert CHUNK > 2
    assert len({row["uid"] for row in records(VISITOR)}) == 5


def test_a_tie_names_both_its_ends(area):
    source, target = make_association(area, "Klubben"), make_place(area, "Haven")
    make_link(source, target, "meets_at", since="2013-05", note="mandag", strength=3)
    told = tie_record(Link.objects.select_related("source", "target").get())
    assert (told["source"], told["target"]) == (str(source.uid), str(target.uid))
    assert (told["source_name"], told["target_name"]) == ("Klubben", "Haven")
    assert (told["kind"], told["since"], told["until"]) == ("meets_at", "2013-05", "")
    assert (told["strength"], told["note"], told["visibility"]) == (3, "mandag", "public")
    assert json.loads(json.dumps(told)) == told
