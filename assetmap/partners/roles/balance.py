"""What an institution offers in its two roles, and who could fill the fields left open."""

from dataclasses import dataclass

from django.db.models import Q

from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Offering
from institutions.models import RoleOffer

from .fields import GIFTS, KINDS, ROLES

EACH = 3  # who could fill a field


@dataclass(frozen=True)
class Field:
    """A field of a role: what is offered in it, or who could fill it."""

    value: str
    label: str
    offer: RoleOffer | None
    fillers: list


@dataclass(frozen=True)
class Side:
    """One of the two roles, with its fields in order."""

    label: str
    fields: list

    @property
    def filled(self):
        return sum(field.offer is not None for field in self.fields)


def balance_of(institution, user):
    """Return the Sides of an institution, or nothing for one that has taken neither role."""
    child = institution.child
    offers = {offer.field: offer for offer in child.role_offers.all()}
    if not (offers or child.outreach or child.facilitating):
        return []
    open_ = [field for _label, fields in ROLES for field in fields if field not in offers]
    fillers = fillers_of(institution, open_, user)
    return [
        Side(label, [_field(field, offers, fillers) for field in fields])
        for label, fields in ROLES
    ]


def _field(field, offers, fillers):
    return Field(field.value, field.label, offers.get(field), fillers.get(field, []))


def fillers_of(institution, fields, user):
    """Return {field: [Assets that could fill it, …]} in three queries.

    Who gives most of a field's gifts goes first, then who is of a kind made for it; of those alike
    the one that was written down first.
    """
    given = _given(institution, fields, user)
    kinds = _of_kinds(institution, fields, user)
    ranked = {field: _ranked(given.get(field, {}), kinds.get(field, ())) for field in fields}
    seen = _others(institution, user).in_bulk({key for keys in ranked.values() for key in keys})
    for asset in seen.values():
        asset.area = institution.area
    return {field: [seen[k] for k in keys if k in seen] for field, keys in ranked.items()}


def _others(institution, user):
    seen = Asset.objects.visible_to(user).active().filter(area=institution.area)
    return seen.exclude(pk=institution.pk)


def _given(institution, fields, user):
    """{field: {asset: how many of its gifts it gives}}."""
    codes = {code for field in fields for code in GIFTS[field]}
    rows = Offering.objects.visible_to(user).plain()
    rows = rows.filter(asset__area=institution.area, mode__in=Offering.GIVES)
    rows = rows.filter(gift__code__in=codes, asset__status=Status.ACTIVE).exclude(
        asset=institution
    )
    found = {}
    for asset, code in rows.order_by("asset").values_list("asset", "gift__code").distinct():
        for field in fields:
            if code in GIFTS[field]:
                counts = found.setdefault(field, {})
                counts[asset] = counts.get(asset, 0) + 1
    return found


def _of_kinds(institution, fields, user):
    """{field: [assets of a kind made for it]}."""
    kinds = {(layer, kind) for f in fields for layer, ks in KINDS[f].items() for kind in ks}
    of_kinds = Q(institution__kind__in=[kind for layer, kind in kinds if layer == "institution"])
    of_kinds |= Q(place__kind__in=[kind for layer, kind in kinds if layer == "place"])
    rows = _others(institution, user).filter(of_kinds).order_by("pk")
    found = {}
    for key, layer, *own in rows.values_list("pk", "layer", "institution__kind", "place__kind"):
        for field in fields:
            if next(filter(None, own)) in KINDS[field].get(layer, ()):
                found.setdefault(field, []).append(key)
    return found


def _ranked(counts, kinds):
    by_gifts = sorted(counts, key=lambda key: (-counts[key], key))
    return [*by_gifts, *(key for key in kinds if key not in counts)][:EACH]
