"""It can fill a field of an institution's roles."""

from assetmap.inventory.models import Offering
from institutions.models import Institution, RoleOffer
from places.models import Place

from ...roles.fields import GIFTS, KINDS
from .value import Value

OFFERS, KIND = 0.75, 0.5  # that it marks the field itself; that it is of a kind made for it
MODELS = {"institution": Institution, "place": Place}


def values(reading):
    """The most of: 1 - 1/2^k for k of the field's gifts, 0.75 if it marks the field as its own,
    0.5 if it is of a kind made for it.

    facts, strongest first: ("gift", gift), …, ("offers",), ("kind",).
    """
    role = reading.asked.role
    found = {asset: _of_gifts(gifts) for asset, gifts in _gifts(reading, GIFTS[role]).items()}
    marked = RoleOffer.objects.filter(institution__area=reading.area, field=role)
    for key in marked.values_list("institution", flat=True):
        found[key] = _more(found.get(key), OFFERS, ("offers",))
    for layer, kinds in KINDS[role].items():
        rows = MODELS[layer].objects.filter(area=reading.area, kind__in=kinds)
        for key in rows.values_list("pk", flat=True):
            found[key] = _more(found.get(key), KIND, ("kind",))
    return found


def _gifts(reading, codes):
    rows = reading.offerings.filter(mode__in=Offering.GIVES, gift__code__in=codes)
    found = {}
    for asset, gift in rows.order_by("asset", "gift").values_list("asset", "gift").distinct():
        found.setdefault(asset, []).append(gift)
    return found


def _of_gifts(gifts):
    return Value(1 - 0.5 ** len(gifts), tuple(("gift", gift) for gift in gifts))


def _more(value, number, fact):
    if value is None:
        return Value(number, (fact,))
    return Value(max(value.number, number), (*value.facts, fact))
