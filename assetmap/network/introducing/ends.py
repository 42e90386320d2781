"""Choosing the two ends of a chain: what is typed is looked for, and one is picked."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Q

from assetmap.inventory.models import Asset, Layer

from ..names import agreed_to_connect

SHOWN = 10
LONGEST = 100  # letters that are looked for; a database takes no condition of endless words


@dataclass
class End:
    """One end of a chain: the words typed, what they found, and the asset that is chosen."""

    side: str  # "from" or "to", as in the address
    typed: str = ""
    found: list = field(default_factory=list)
    chosen: Asset | None = None
    kept_back: bool = False  # a resident who has not agreed to be suggested


def seen_in(area, user):
    """Assets in use of an area that the user sees."""
    return Asset.objects.visible_to(user).active().filter(area=area)


def may_be_ends(area, user):
    """Those of them that a chain may begin or end at: of residents the willing, and her own."""
    may = ~Q(layer=Layer.RESIDENT) | Q(pk__in=agreed_to_connect())
    own = Q(owner=user.pk) if user.is_authenticated else Q(pk__in=[])
    return seen_in(area, user).filter(may | own)


def read_end(side, query, area, user):
    """Return the End that an address asks for; what alone was found is chosen."""
    end = End(side, query.get(f"{side}_q", "").strip()[:LONGEST])
    end.found = _found(end.typed, area, user, own=side == "from")
    asset = _by_uid(seen_in(area, user), query.get(side))
    end.chosen = asset and may_be_ends(area, user).filter(pk=asset.pk).first()
    end.kept_back = asset is not None and end.chosen is None
    if not query.get(side) and len(end.found) == 1:
        end.chosen = end.found[0]
    if end.chosen and end.chosen not in end.found:
        end.found.insert(0, end.chosen)
    return end


def _found(typed, area, user, own):
    """What is so named; where nothing is typed, her own assets, as a beginning."""
    ends = may_be_ends(area, user)
    if typed:
        return list(ends.search(typed, area).names_first(typed)[:SHOWN])
    if own and user.is_authenticated:
        return list(ends.filter(owner=user.pk).order_by("name_order", "pk")[:SHOWN])
    return []


def _by_uid(assets, uid):
    try:
        return assets.filter(uid=uid).first() if uid else None
    except ValidationError:
        return None
