"""Photos for made places: a sky over a field in colours of chance."""

from random import Random

from PIL import Image, ImageDraw

from assetmap.inventory.models import Asset
from assetmap.inventory.photos import set_photo

SIZE = (640, 420)


def load_photos(assets, number):
    """Give the first so many of these assets a photo each; return how many got one."""
    assets = list(assets.order_by("pk")[:number])
    for place, asset in enumerate(assets):
        set_photo(asset, _picture(Random(place)))
        Asset.objects.filter(pk=asset.pk).update(
            photo=asset.photo.name,
            photo_small=asset.photo_small.name,
            photo_alt="Et tegnet landskab",
        )
    return len(assets)


def _picture(rng):
    wide, high = SIZE
    horizon = rng.randrange(high // 3, high // 2)
    image = Image.new("RGB", SIZE, (rng.randrange(120, 200), 200, 240))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, horizon, wide, high), fill=(90, rng.randrange(120, 190), 80))
    for _ in range(12):
        left, top = rng.randrange(wide), rng.randrange(horizon - 40, high)
        colour = tuple(rng.randrange(60, 220) for _ in range(3))
        pen.rectangle((left, top, left + rng.randrange(20, 90), top + 50), fill=colour)
    return image
