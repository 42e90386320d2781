"""Made-up assets to measure with: the same ones each time."""

import random

from assetmap.areas.models import Area
from assetmap.inventory.loader import load_assets, load_links, load_offerings
from assetmap.inventory.models import Gift, Link, Offering, layer_models

WORDS = ["gymnastik", "forening", "værksted", "kor", "café", "lektie", "cykel", "honning"]


def fill(count):
    """Make the assets, a gift and a tie each; return the address of one of them."""
    chance = random.Random(1)
    area = Area.objects.create(name="Bench", slug="bench", latitude=55.65, longitude=12.6)
    models = layer_models().values()
    assets = []
    for model in models:
        made = [_asset(model, area, chance, n) for n in range(count // len(models))]
        assets += load_assets(model, made)
    gifts = list(Gift.objects.filter(sensitive=False))
    load_offerings([Offering(asset=asset, gift=chance.choice(gifts)) for asset in assets])
    ends = zip(assets, chance.sample(assets, len(assets)), strict=True)
    load_links([Link(source=a, target=b, kind="supports") for a, b in ends if a.pk != b.pk])
    return assets[-1].get_absolute_url()


def _asset(model, area, chance, number):
    return model(
        area=area,
        name=f"{chance.choice(WORDS).capitalize()}{chance.choice(WORDS)} {number}",
        summary=" ".join(chance.choices(WORDS, k=15)),
        latitude=chance.gauss(55.652, 0.006),
        longitude=chance.gauss(12.597, 0.008),
        visibility="public",
    )
