"""Which kinds of ties two assets may have, as whole sentences to choose from."""

from django.utils.translation import gettext as _

from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.models import Layer


def kind_choices_of(one, other):
    """Return [("kind:out" or "kind:back", "Bylauget uses Solvang hall"), …], the usual one first.

    `one` and `other` have `layer` and `name`; the direction is as read from `one`.
    """
    found = []
    for kind in LINK_KINDS.values():
        for way, source, target in (("out", one, other), ("back", other, one)):
            mirrored = kind.symmetric and way == "back"
            if kind.allows(source.layer, target.layer) and not mirrored:
                found.append((f"{kind.code}:{way}", _sentence(source, kind, target)))
    usual = usual_kind(one.layer, other.layer)
    return sorted(found, key=lambda choice: choice[0] != usual)


def usual_kind(layer, other_layer):
    """Return what two of these layers most likely are to each other, as "kind:direction"."""
    if layer == other_layer:
        return "knows:out" if layer == Layer.RESIDENT else "works_with:out"
    if other_layer == Layer.PLACE:
        return "uses:out"
    return "uses:back" if layer == Layer.PLACE else "works_with:out"


def _sentence(source, kind, target):
    return _("%(source)s %(tie)s %(target)s") % {
        "source": source.name,
        "tie": kind.out,
        "target": target.name,
    }
