"""Whether what the finder says of an asset is so: each fact looked up in the rows by itself."""

import math

from assetmap.activities.models import Activity
from assetmap.areas.text import fold
from assetmap.inventory.hours import hours_in
from assetmap.inventory.models import Asset, Gift, Link, Offering
from assetmap.partners.roles.fields import GIFTS, KINDS
from residents.models import Consent


def is_true(part, fact, key, asked):
    """Whether a fact (its kind, then keys and numbers) of a part is true of an asset."""
    asset = Asset.objects.get(pk=key)
    return CHECKS[part](fact, asset, asked)


def _gift(fact, asset, asked):
    kind, gift, *rest = [*fact, None]
    if kind in ("teach", "can"):
        return gift in asked.wanted and asset.offerings.filter(gift=gift, mode=kind).exists()
    if kind == "practised":
        held = Activity.objects.get(pk=rest[0])
        return held.organiser == asset and held.gifts.filter(pk=gift).exists()
    if kind == "close":
        groups = Gift.objects.filter(pk__in=asked.wanted).values("group")
        gives = asset.offerings.filter(gift=gift, mode__in=Offering.GIVES).exists()
        return gives and Gift.objects.filter(pk=gift, group__in=groups).exists()
    return kind == "room" and asset.child.kind in ("room", "centre", "studio")


def _wish(fact, asset, asked):
    gift = fact[1]
    return gift in asked.offered and any(
        row.gift_id == gift and row.mode in ("learn", "join") for row in asset.offerings.all()
    )


def _role(fact, asset, asked):
    if fact[0] == "gift":
        code = Gift.objects.get(pk=fact[1]).code
        gives = asset.offerings.filter(gift=fact[1], mode__in=("can", "teach")).exists()
        return code in GIFTS[asked.role] and gives
    if fact[0] == "offers":
        return asset.child.role_offers.filter(field=asked.role).exists()
    return asset.child.kind in KINDS[asked.role][asset.layer]


def _audience(fact, asset, asked):
    if fact[0] == "says":
        words = {"women": ["kvind", "pige"], "men": ["dreng"], "everybody": ["alle"]}
        return any(word in fold(asset.child.audience) for word in words[asked.audience])
    held = Activity.objects.get(pk=fact[1])
    meant = not asked.audience or held.meant_for in ("everybody", asked.audience)
    old_enough = asked.age is None or held.age_from is None or asked.age >= held.age_from
    return held.organiser == asset and meant and old_enough


def _language(fact, asset, asked):
    if fact[0] == "speaks":
        return asset.languages.filter(code=asked.language).exists()
    held = Activity.objects.get(pk=fact[1])
    return held.organiser == asset and asked.language in held.languages


def _free(fact, asset, asked):
    days = _days_held(asset)
    told = hours_in(_own_times(asset))
    if fact[0] == "meets":
        return set(fact[1:]) == days | told.keys() and asked.day not in days
    if fact[0] == "open":
        return asked.day in told
    if fact[0] == "says":
        return asked.day in told
    if fact[0] == "closed":
        return bool(told) and asked.day not in told
    if fact[0] == "taken":
        return asked.day in days | told.keys() or (asset.layer == "resident" and bool(told))
    return not told and (asked.day not in days)


def _own_times(asset):
    child = asset.child
    names = ("meeting_times", "availability", "opening_hours")
    return next((getattr(child, name) for name in names if hasattr(child, name)), "")


def _days_held(asset):
    end = "place" if asset.layer == "place" else "organiser"
    held = Activity.objects.filter(**{end: asset}).exclude(repeats="once")
    return {row.first_day.weekday() for row in held}


def _near(fact, asset, asked):
    asker = asked.asker
    north = (asset.latitude - asker.latitude) * 111_320
    east = (asset.longitude - asker.longitude) * 111_320
    east *= math.cos(math.radians(asker.latitude))
    return abs(math.hypot(north, east) - fact[1]) <= 6


def _ties(one, other):
    ends = {one.pk, other.pk}
    return [x for x in Link.objects.of(one) if {x.source_id, x.target_id} == ends]


def _may_be_named(asset):
    agreed = Consent.objects.filter(resident=asset.pk, purpose="connect", withdrawn_at=None)
    return asset.layer != "resident" or agreed.exists()


def _new(fact, asset, asked):
    return _may_be_named(asset) and not _ties(asset, asked.asker)


def _known(fact, asset, asked):
    if fact[0] == "tied":
        return _may_be_named(asset) and bool(_ties(asset, asked.asker))
    middle = Asset.objects.get(pk=fact[1])
    both = _ties(middle, asset) and _ties(middle, asked.asker)
    return bool(both) and _may_be_named(middle) and _may_be_named(asset)


CHECKS = {
    **{"gift": _gift, "wish": _wish, "role": _role, "audience": _audience},
    **{"language": _language, "free": _free, "near": _near, "new": _new, "known": _known},
}
