"""The kinds of ties: a label each way, and which layers each may join."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ANY = None
PEOPLE_AND_GROUPS = ("resident", "association", "institution")
GROUPS = ("association", "institution")


@dataclass(frozen=True)
class LinkKind:
    """A kind of tie. `out` reads from source to target, `back` the other way."""

    code: str
    out: Promise
    back: Promise
    sources: tuple | None = ANY
    targets: tuple | None = ANY

    @property
    def symmetric(self):
        return self.out is self.back

    def allows(self, source_layer, target_layer):
        """Whether a tie of this kind may go from one layer to the other; ANY takes all layers."""
        return (self.sources is ANY or source_layer in self.sources) and (
            self.targets is ANY or target_layer in self.targets
        )


def _mutual(code, label, layers=ANY):
    return LinkKind(code, label, label, layers, layers)


LINK_KINDS = {
    kind.code: kind
    for kind in (
        _mutual("works_with", _("works with")),
        _mutual("knows", _("knows"), ("resident",)),
        LinkKind("runs", _("runs"), _("is run by"), PEOPLE_AND_GROUPS),
        LinkKind("member_of", _("is a member of"), _("has as a member"), targets=GROUPS),
        LinkKind("helps", _("helps out in"), _("gets help from"), PEOPLE_AND_GROUPS),
        LinkKind("works_at", _("works at"), _("has on its staff"), ("resident",), GROUPS),
        LinkKind("meets_at", _("is at home in"), _("is home to"), PEOPLE_AND_GROUPS),
        LinkKind("uses", _("uses"), _("is used by"), PEOPLE_AND_GROUPS, ("place", "institution")),
        LinkKind("supports", _("supports"), _("is supported by")),
        LinkKind("part_of", _("is part of"), _("includes")),
        LinkKind("grew_into", _("grew into"), _("grew out of"), GROUPS, GROUPS),
        LinkKind(
            "has_department",
            _("has the department"),
            _("is a department of"),
            GROUPS,
            (*GROUPS, "place"),
        ),
        LinkKind("has_site", _("has its address at"), _("is the address of"), GROUPS, ("place",)),
    )
}
SYMMETRIC_KINDS = [kind.code for kind in LINK_KINDS.values() if kind.symmetric]


def kind_choices():
    return [(kind.code, kind.out) for kind in LINK_KINDS.values()]


def directed_choices(layer):
    """Return ("kind:out" or "kind:back", label) for all ties that an asset of a layer may have."""
    choices = []
    for kind in LINK_KINDS.values():
        if kind.sources is ANY or layer in kind.sources:
            choices.append((f"{kind.code}:out", kind.out))
        if not kind.symmetric and (kind.targets is ANY or layer in kind.targets):
            choices.append((f"{kind.code}:back", kind.back))
    return choices
