import pytest
from django.urls import reverse

from assetmap.inventory.models import Asset
from places.models import Place
from tests import factories
from tests.contracts import LayerContract, form_data, text_of


class TestPlace(LayerContract):
    model = Place
    make = staticmethod(factories.make_place)
    minimal = {"kind": "room"}
    own_field, own_value = "capacity", 120
    own_shown = "<dt>Room for</dt><dd>120</dd>"


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


def add(client, area, **fields):
    kept = {"name": "The hall", "visibility": "public", "kind": "room"}
    return client.post(
        reverse("places:add", args=[area.slug]), form_data(**kept | fields), follow=True
    )


def test_place_says_what_it_holds(coordinating, area):
    page = text_of(
        add(
            coordinating,
            area,
            capacity="80",
            wheelchair="partly",
            facilities="piano, kitchen",
            booking_url="example.org/book",
        )
    )
    assert "<dt>Room for</dt><dd>80</dd>" in page
    assert "<dt>Wheelchair access</dt><dd>Partly</dd>" in page
    assert "piano, kitchen" in page
    assert 'href="https://example.org/book"' in page


@pytest.mark.parametrize("capacity", ["-1", "100001", "many", "2.5", "9" * 30])
def test_impossible_capacity_is_refused(coordinating, area, capacity):
    refused = add(coordinating, area, capacity=capacity)
    assert list(refused.context["form"].errors) == ["capacity"]
    assert not Place.objects.exists()


def test_unknown_wheelchair_access_is_refused(coordinating, area):
    refused = add(coordinating, area, wheelchair="perhaps")
    assert list(refused.context["form"].errors) == ["wheelchair"]
    assert not Place.objects.exists()


def test_booking_by_script_is_refused(coordinating, area):
    refused = add(coordinating, area, booking_url="javascript:alert(1)")
    assert list(refused.context["form"].errors) == ["booking_url"]
    assert not Place.objects.exists()


def test_place_is_found_by_what_is_there(coordinating, area):
    add(coordinating, area, facilities="flygel")
    assert Asset.objects.search("flyg").count() == 1


def test_place_stands_exactly_where_it_is(coordinating, area):
    add(coordinating, area, latitude="55.6487221", longitude="12.5954842", address="Remisevej 14")
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (55.6487221, 12.5954842)
    assert place.address == "Remisevej 14"
