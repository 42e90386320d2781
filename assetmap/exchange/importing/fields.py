"""Where a column of a file can go: the targets, by the models of the layers themselves."""

from functools import cache

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.languages import language_name
from assetmap.inventory.models import Asset, Link, Offering

from .. import describe
from ..leaving import layers_without_residents

SHEET_CHOICES = [
    ("assets", _("associations, institutions and places")),
    ("links", _("ties between them")),
    ("gifts", _("gifts and wishes")),
    ("skip", _("leave out")),
]

ABOUT = {
    "name": _("name"),
    "summary": _("in short"),
    "more": _("add to “in short”"),
    "kind": _("what it is"),
    "id": _("its id in the file"),
    "visibility": _("who may see it"),
    "languages": _("languages one can talk in"),
}
WHERE = {
    "address": _("address"),
    "street": _("street, if the number stands apart"),
    "number": _("house number"),
    "postcode": _("postcode"),
    "city": _("town"),
    "latitude": _("latitude, or north"),
    "longitude": _("longitude, or east"),
    "position": _("position in one column"),
}
TIE = {
    "source": _("id or name of the one"),
    "source_name": _("name of the one"),
    "tie": _("how they are tied"),
    "target": _("id or name of the other"),
    "target_name": _("name of the other"),
}
TIE_FIELDS = ["since", "until", "strength", "note"]
GIFT = {
    "asset": _("id or name of whose it is"),
    "asset_name": _("name of whose it is"),
    "gift": _("gift or wish"),
    "mode": _("how"),
    "note": _("note"),
    "times": _("when"),
}
SEVERAL = ("more", "gift:", "tie:", "languages")  # targets that more than one column may have
NEEDED = {"assets": ["name"], "links": ["source", "tie", "target"], "gifts": ["asset", "gift"]}


def takes_several(code):
    return code.startswith(SEVERAL)


def importable():
    """Return {layer: model} of what a file may bring; people register themselves."""
    return layers_without_residents()


def layer_choices():
    return [(layer.value, capfirst(layer.label)) for layer in importable()]


@cache
def own_fields():
    """Return {name: field} of what only some layers have, such as `stage`, but for `kind`."""
    found = {}
    for model in importable().values():
        for name in describe.own_fields(model):
            if name not in ABOUT | WHERE:
                found.setdefault(name, field_of(model, name))
    return found


@cache
def field_of(model, name):
    """Return a model's field that a file may fill, or None if the layer has none of that name."""
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def targets(as_):
    """Return the choices for a column of such a sheet, in groups: [(group, [(code, label)])]."""
    leave = ("", [("", _("leave out"))])
    if as_ == "links":
        ties = {name: Link._meta.get_field(name).verbose_name for name in TIE_FIELDS}
        return [leave, (_("Tie"), _pairs(TIE | ties))]
    if as_ == "gifts":
        return [leave, (_("Gift or wish"), _pairs(GIFT))]
    own = {name: field.verbose_name for name, field in own_fields().items()}
    layer = {"layer": _("which layer it is of")}
    modes = {f"gift:{mode.value}": mode.label for mode in Offering.Mode}
    return [
        leave,
        (_("What it is"), _pairs(ABOUT | layer)),
        (_("Where it is"), _pairs(WHERE)),
        (_("More about it"), _pairs(own)),
        (_("Gifts and wishes"), _pairs(modes)),
        (_("Names of others it is tied to"), [(f"tie:{c}", text) for c, text in tie_choices()]),
    ]


def _pairs(labels):
    return [(code, capfirst(label)) for code, label in labels.items()]


def codes(as_):
    """The targets' codes alone."""
    return {code for _group, pairs in targets(as_) for code, _label in pairs if code}


def tie_choices():
    """Return ("kind:out" or "kind:back", label) for every kind of tie."""
    choices = []
    for kind in LINK_KINDS.values():
        choices.append((f"{kind.code}:out", kind.out))
        if not kind.symmetric:
            choices.append((f"{kind.code}:back", kind.back))
    return choices


def kind_choices():
    """Return what a row may be, by layer: [(layer, [("institution:library", label)])]."""
    groups = []
    for layer, model in importable().items():
        field = field_of(model, "kind")
        kinds = (
            [(f"{layer.value}:{code}", label) for code, label in field.choices] if field else []
        )
        groups.append((layer.label, kinds or [(f"{layer.value}:", layer.label)]))
    return groups


def _field(name, layer):
    """Return the field of that name: of the layer, or else of any that has one; or None."""
    models = importable()
    first = [models[layer]] if layer in models else []
    found = (field_of(model, name) for model in (*first, Asset, *models.values()))
    return next(filter(None, found), None)


def label(name, layer=""):
    """Name a field of an asset, or a part beside it, as people read it."""
    beside = {"gifts": _("Gifts and wishes"), "ties": _("Ties"), "languages": ABOUT["languages"]}
    if name in beside:
        return beside[name]
    field = _field(name, layer)
    return field.verbose_name if field else name  # a field that has gone since


def in_words(name, value, layer=""):
    """Return what a field of an asset holds, with names that people read instead of codes."""
    if name == "languages":
        return [language_name(code) for code in value]
    field = _field(name, layer)
    is_code = field and field.choices and isinstance(value, str)
    return dict(field.flatchoices).get(value, value) if is_code else value
