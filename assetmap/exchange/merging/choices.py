"""What is chosen between two records of one thing: a field, or fields that belong together."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmap.areas.dates import PartialDateField, show_partial_date
from assetmap.areas.models import User
from assetmap.inventory.audience import Visibility

KEPT, GONE = "kept", "gone"
TOGETHER = {
    "position": (gettext_lazy("position"), ("latitude", "longitude")),
    "photo": (gettext_lazy("photo"), ("photo", "photo_small", "photo_alt")),
    "source": (gettext_lazy("source"), ("source", "source_id", "licence")),
}
# A file and a source's id belong to one record alone, so here the two change places: nothing is
# copied, and erasing the other record takes away no photo that the kept one shows.
CHANGES_PLACES = ("photo", "source")
NOTHING = (None, "", [], {})  # 0 is something
PLAIN = (type(None), bool, int, float, str, list, dict)


@dataclass(frozen=True)
class Choice:
    """One thing to choose; its `name` is the field's, or the name of what belongs together."""

    name: str
    label: str
    fields: tuple

    def values(self, asset):
        """Return what an asset says here, as JSON can hold it."""
        return [_plain(field, asset) for field in self.fields]

    def write(self, asset, values):
        for field, value in zip(self.fields, values, strict=True):
            setattr(asset, field.attname, field.to_python(value))

    def is_filled_by(self, asset):
        values = self.values(asset)
        return any(value not in NOTHING and value is not False for value in values)

    def is_said_by(self, asset):
        """Whether anybody wrote something here; what a field says by itself does not count."""
        pairs = [(_plain(field, asset), field.get_default()) for field in self.fields]
        return any(value not in NOTHING and value != usual for value, usual in pairs)

    def usual(self, kept, gone):
        """The one to take unless somebody chooses: what is said, and never a wider audience."""
        if self.name == "visibility":
            levels = Visibility.values  # from everybody to nearly nobody
            narrower = levels.index(gone.visibility) > levels.index(kept.visibility)
            return GONE if narrower else KEPT
        return GONE if self.is_said_by(gone) and not self.is_said_by(kept) else KEPT

    def shown(self, asset):
        """Return in words what an asset says here, "" for nothing."""
        texts = [_shown(field, asset) for field in self.fields if field.name != "photo_small"]
        if self.name == "photo":
            return texts[-1] or (_("no description") if texts[0] else "")
        return ", ".join(text for text in texts if text)


def choices_of(model):
    """Return all that can be chosen between two assets of a layer, in the order of its fields."""
    groups = {name: group for group, (_label, names) in TOGETHER.items() for name in names}
    found = {}
    for field in model._meta.concrete_fields:
        if field.name in groups or (field.editable and not field.primary_key):
            found.setdefault(groups.get(field.name, field.name), []).append(field)
    return [Choice(name, _label_of(name, found[name]), tuple(found[name])) for name in found]


def _label_of(name, fields):
    return TOGETHER[name][0] if name in TOGETHER else fields[0].verbose_name


def _plain(field, asset):
    value = field.value_from_object(asset)
    return value if isinstance(value, PLAIN) else field.value_to_string(asset)


def _shown(field, asset):
    value = getattr(asset, field.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in NOTHING:
        return ""
    if isinstance(value, User):
        return value.name or _("somebody who is signed in")  # an address is no name
    if isinstance(field, models.JSONField):
        return _("drawn on the map")
    if isinstance(field, PartialDateField):
        return show_partial_date(value)
    return str(asset._get_FIELD_display(field) if field.choices else value)
