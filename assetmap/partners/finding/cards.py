"""What the finder found, as a page shows it: read anew by who looks."""

from dataclasses import dataclass

from assetmap.activities.models import Activity
from assetmap.activities.wording import whom
from assetmap.inventory.models import Asset, Gift, Layer
from assetmap.network.names import names_of

from .sentences import sentences, time_of_day


@dataclass(frozen=True)
class Card:
    """One asset that fits, with the score out of 100 and the reasons in words."""

    asset: Asset
    percent: int
    reasons: list  # (sentence, whether it speaks for the asset)

    @property
    def said(self):
        return [sentence for sentence, speaks_for in self.reasons if speaks_for]


class Told:
    """What the facts of some Founds are keys of, as far as a user may see it."""

    def __init__(self, asked, founds, user):
        self.asked, self.words = asked, asked.words
        self.time_of_day = time_of_day(asked.span)
        self.whom = whom
        self.assets = _assets(asked.area, [found.key for found in founds], user)
        facts = [
            (part, *f) for found in founds for part, v in found.parts.items() for f in v.facts
        ]
        self.gifts = Gift.objects.in_bulk({k for fact in facts for k in _gift_keys(fact)})
        self.activities = _activities(user, {k for fact in facts for k in _activity_keys(fact)})
        between = {fact[2] for fact in facts if fact[:2] == ("known", "through")}
        self.names = names_of(between, asked.area, user) if between else {}


def cards_of(asked, founds, user):
    """Return the Cards of some Founds, in order, in a fixed number of queries."""
    told = Told(asked, founds, user)
    return [
        Card(told.assets[found.key], round(found.score * 100), sentences(found, told))
        for found in founds
        if found.key in told.assets
    ]


def _assets(area, keys, user):
    rows = Asset.objects.visible_to(user).active().filter(area=area)
    found = rows.select_related(*Layer.values).in_bulk(keys)
    for asset in found.values():
        asset.area = area
    return found


def _activities(user, keys):
    return Activity.objects.visible_to(user).in_bulk(keys)


def _gift_keys(fact):
    """The gifts that a (part, kind, keys…) speaks of."""
    of_gifts = {("gift", "teach"), ("gift", "can"), ("gift", "close"), ("gift", "practised")}
    return fact[2:3] if fact[:2] in {*of_gifts, ("wish", "wish"), ("role", "gift")} else ()


def _activity_keys(fact):
    if fact[:2] == ("gift", "practised"):
        return fact[3:4]
    return fact[2:3] if fact[1] == "activity" else ()
