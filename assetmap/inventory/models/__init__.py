from .asset import Asset, AssetQuerySet, Layer, layer_models
from .contact import PublicContact
from .export import Export
from .gift import Gift, GiftGroup, Offering
from .language import SpokenLanguage
from .link import Link
from .proposal import Proposal

__all__ = [
    "Asset",
    "AssetQuerySet",
    "Export",
    "Gift",
    "GiftGroup",
    "Layer",
    "Link",
    "Offering",
    "Proposal",
    "PublicContact",
    "SpokenLanguage",
    "layer_models",
]
