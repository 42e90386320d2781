from .asset import Asset, AssetQuerySet, Layer, SpokenLanguage, layer_models
from .contact import PublicContact
from .gift import Gift, GiftGroup, Offering
from .link import Link

__all__ = [
    "Asset",
    "AssetQuerySet",
    "Gift",
    "GiftGroup",
    "Layer",
    "Link",
    "Offering",
    "PublicContact",
    "SpokenLanguage",
    "layer_models",
]
