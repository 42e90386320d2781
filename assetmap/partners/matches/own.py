"""Matches for one asset: who gives what it wishes for, and who wishes for what it gives."""

from django.db.models import Q

from assetmap.areas.text import fold
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Link, Offering
from assetmap.network.ideas.facts import ROOM_GIFT, ROOMS

EACH = 5  # assets that are named for one wish or gift


def matches_of(asset, user):
    """Return [(Offering of the asset, [Assets on the other side], how many more), …].

    Wishes first. Of those on the other side the ones tied to it go first, then by name; only as
    many as are named are read.
    """
    own = list(asset.offerings.filter(waiting=False).select_related("gift").order_by("pk"))
    others, tied = _others(own, asset, user), _tied(asset, user)
    found = [
        (row, sorted(others.get(_sought(row), ()), key=lambda k: k not in tied)) for row in own
    ]
    found = sorted(((row, keys) for row, keys in found if keys), key=lambda entry: entry[0].gives)
    seen = _seen({key for _row, keys in found for key in keys[:EACH]}, asset, user)
    return [
        (row, [seen[key] for key in keys[:EACH] if key in seen], max(0, len(keys) - EACH))
        for row, keys in found
    ]


def _what(gift, text):
    return gift or fold(text).strip()


def _sought(row):
    """What the other side of an offering does: (whether it gives, what)."""
    return not row.gives, _what(row.gift_id, row.text)


def _others(own, asset, user):
    """{(whether they give, what): keys of others who do, by name} of all that matches some."""
    rows = Offering.objects.visible_to(user).plain()
    rows = rows.filter(asset__area=asset.area, asset__status=Status.ACTIVE).exclude(asset=asset)
    rows = rows.order_by("asset__name_order", "asset")
    gifts = {row.gift_id for row in own if row.gift_id}
    worded = any(row.text for row in own)
    rows = rows.filter(Q(gift__in=gifts) | ~Q(text="") if worded else Q(gift__in=gifts))
    found = {}
    for key, gift, text, mode in rows.values_list("asset", "gift", "text", "mode"):
        found.setdefault((mode in Offering.GIVES, _what(gift, text)), {})[key] = True
    for row in own:
        if not row.gives and row.gift_id and row.gift.code == ROOM_GIFT:
            found.setdefault(_sought(row), {}).update(_rooms(asset, user))
    return found


def _rooms(asset, user):
    rooms = Asset.objects.visible_to(user).active().filter(area=asset.area)
    rooms = rooms.filter(place__kind__in=ROOMS).order_by("name_order", "pk")
    return dict.fromkeys(rooms.values_list("pk", flat=True), True)


def _seen(keys, asset, user):
    found = Asset.objects.visible_to(user).active().filter(area=asset.area).in_bulk(keys)
    for other in found.values():
        other.area = asset.area
    return found


def _tied(asset, user):
    ties = Link.objects.visible_to(user).in_use().of(asset).order_by()
    return {key for ends in ties.values_list("source", "target") for key in ends}
