"""A search makes no hit of what somebody may not see, and keeps private words in no index."""

import pytest
from django.contrib.auth.models import AnonymousUser

from assetmap.areas.text import searchable
from assetmap.inventory.models import Asset, Layer
from assetmap.inventory.moderation import accept, let_in
from tests.factories import (
    make_association,
    make_institution,
    make_offering,
    make_place,
    make_resident,
)

from .keeping import found

VISITOR = AnonymousUser()


def seen(user, words):
    """The names of what a search finds for somebody."""
    assets = Asset.objects.visible_to(user).search(words)
    return set(assets.values_list("name", flat=True))


# What is not to be read -------------------------------------------------------------------


def test_a_hidden_asset_is_found_only_by_those_who_may_see_it(
    area, coordinator, partner, neighbour, stranger
):
    make_place(area, "Qxprivat", visibility="private")
    make_place(area, "Qxpartner", visibility="partners")
    make_resident(area, "Qxnabo", visibility="neighbours")
    make_resident(area, "Qxegen", owner=neighbour)
    make_place(area, "Qxventer", status="pending")
    make_institution(area, "Qxarkiv", status="archived")
    everything = {"Qxprivat", "Qxpartner", "Qxnabo", "Qxegen", "Qxventer", "Qxarkiv"}
    assert seen(coordinator, "qx") == seen(coordinator, "qxp ") | everything
    assert seen(partner, "qx") == {"Qxpartner", "Qxnabo"}
    assert seen(neighbour, "qx") == {"Qxnabo", "Qxegen"}
    assert seen(VISITOR, "qx") == seen(stranger, "qx") == set()


@pytest.mark.parametrize(
    "hidden", [{"code": "LA1"}, {"code": None, "text": "Tolk", "waiting": True}]
)
def test_a_gift_that_reveals_and_words_that_wait_are_no_hit_for_anybody(area, coordinator, hidden):
    """They stand in no index, so no part of one can ever show. The filter by gift is apart."""
    resident = make_resident(area, "Nabo", visibility="public")
    offering = make_offering(resident, note="qxnote", **hidden)
    assert not offering.gift or offering.reveals
    for user in (VISITOR, coordinator):
        assert seen(user, "tolk") == seen(user, "qxnote") == set()
        assert seen(user, "nabo") == {"Nabo"}


def test_words_that_wait_are_found_when_a_coordinator_lets_them_in(area):
    place = make_place(area, "Haven")
    make_offering(place, None, text="Honning", waiting=True)
    assert seen(VISITOR, "honning") == set()
    accept(place, place.offerings.all())
    assert seen(VISITOR, "honning") == {"Haven"}
    record = make_place(area, "Værkstedet", status="pending")
    assert seen(VISITOR, "vaerksted") == set()
    let_in(record)
    assert seen(VISITOR, "vaerksted") == {"Værkstedet"}


@pytest.mark.parametrize("layer", Layer.values)
def test_contacts_and_the_like_are_in_no_index(area, layer):
    make = {"resident": make_resident, "place": make_place}.get(layer)
    make = make or {"association": make_association, "institution": make_institution}[layer]
    asset = make(area, "Navn", source="qxkilde", licence="qxlicens", photo_alt="qxfoto")
    assert Asset.objects.get(pk=asset.pk).search_name == searchable(["Navn"])
    for word in ("qxkilde", "qxlicens", "qxfoto"):
        assert found(word) == set()
