from .asset import Asset, Layer, layer_models
from .contact import PublicContact
from .export import Export
from .gift import Gift, GiftGroup, Offering
from .language import SpokenLanguage
from .link import Link
from .proposal import Proposal
from .queryset import AssetQuerySet
from .tally import Tally

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
    "Tally",
    "layer_models",
]
