"""What the assets of a network are called on a page: read anew each time, by who looks at it.

A resident is named in what is worked out from ties only if she said yes to being suggested as
somebody who brings people together, or if it is herself who looks.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assetmap.inventory.models import Asset, Layer
from residents.models import Consent

FEWEST = 5  # residents who are counted; of fewer no number is said


@dataclass(frozen=True)
class Named:
    """An asset as a page shows it; `url` and `uid` are "" for a neighbour who is not named."""

    key: int
    layer: str
    name: str
    url: str = ""
    uid: str = ""

    @property
    def is_named(self):
        return bool(self.url)


def names_of(keys, area, user):
    """Return {primary key: Named} of those of some assets that the user may see."""
    seen = Asset.objects.visible_to(user).filter(pk__in=set(keys), area=area)
    rows = list(seen.only("uid", "layer", "name", "owner", "area"))
    willing = willing_among([row.pk for row in rows if row.layer == Layer.RESIDENT])
    found = {}
    for asset in rows:
        asset.area = area
        may = asset.layer != Layer.RESIDENT or asset.pk in willing or _is_own(asset, user)
        found[asset.pk] = _named(asset) if may else unnamed(asset.pk)
    return found


def may_be_named(asset, user):
    """Whether a page about ties may name an asset that the user may see."""
    may = asset.layer != Layer.RESIDENT or _is_own(asset, user)
    return may or bool(willing_among([asset.pk]))


def _is_own(asset, user):
    return user.is_authenticated and asset.owner_id == user.pk


def _named(asset):
    return Named(asset.pk, asset.layer, asset.name, asset.get_absolute_url(), str(asset.uid))


def unnamed(key):
    return Named(key, Layer.RESIDENT.value, _("a neighbour"))


def agreed_to_connect():
    """The keys, as a query, of residents who said yes to being suggested as a connector."""
    agreed = Consent.objects.standing().filter(purpose=Consent.Purpose.CONNECT)
    return agreed.values_list("resident", flat=True)


def willing_among(keys):
    """Return those of some residents' keys who said yes to being suggested as a connector."""
    return set(agreed_to_connect().filter(resident__in=keys))


def named_residents(area, user):
    """Return the keys of the residents of an area whom a page may name: the willing, her own."""
    keys = set(agreed_to_connect().filter(resident__area=area))
    if user.is_authenticated:
        keys |= set(user.owned_assets.filter(area=area).values_list("pk", flat=True))
    return keys


def number_of_residents(number):
    """Say how many neighbours, or that they are too few for a number not to give them away."""
    return str(number) if number >= FEWEST else _("fewer than %(number)s") % {"number": FEWEST}
