from io import BytesIO

import pytest
from PIL import Image

from assetmap.inventory.models import Asset
from assetmap.inventory.photos import set_photo
from tests.factories import make_association


@pytest.fixture
def browser(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def kept(area):
    return make_association(area, "Haveklubben")


@pytest.fixture
def gone(area):
    return make_association(
        area,
        "Have-klubben",
        summary="Vi dyrker sammen",
        cvr="10103940",
        email="have@example.org",
        latitude=55.65,
        longitude=12.59,
        source="Kommunen",
        source_id="7",
        licence="CC0",
        founded="2013-05",
    )


@pytest.fixture
def picture():
    """Put a photo of one colour on an asset."""

    def put(asset, colour, words=""):
        file = BytesIO()
        Image.new("RGB", (20, 10), colour).save(file, "PNG")
        set_photo(asset, Image.open(file))
        asset.photo_alt = words
        asset.save()
        return asset.photo.name

    return put


@pytest.fixture
def fresh():
    """An asset as the database has it now, as its own layer's model."""
    return lambda asset: Asset.objects.get(pk=asset.pk).child
