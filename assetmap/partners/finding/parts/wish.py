"""It wishes for something that the asker has to give."""

from assetmap.inventory.models import Offering

from .value import Value


def values(reading):
    """1 for who wishes for at least one of the things offered. facts: ("wish", gift), …"""
    rows = reading.offerings.filter(mode__in=Offering.SEEKS, gift__in=reading.asked.offered)
    rows = rows.order_by("asset", "gift")
    found = {}
    for asset, gift in rows.values_list("asset", "gift").distinct():
        found.setdefault(asset, []).append(("wish", gift))
    return {asset: Value(1, tuple(facts)) for asset, facts in found.items()}
