"""What is told of each feature: names, titles, types, and by which of them one may ask."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.template.defaultfilters import yesno
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmap.areas.fields import CvrNumber
from assetmap.areas.models import Area
from assetmap.areas.text import sort_key
from assetmap.inventory.models import Link

from ..describe import MOMENTS, columns, own_fields
from .refusal import Refusal

BEFORE = ("area", "layer", "name", "summary", "address")
AFTER = ("confirmed_at", "updated_at", "source", "licence", "url")
TIE_TITLES = {
    "source": gettext_lazy("from, by key"),
    "target": gettext_lazy("to, by key"),
    "source_name": gettext_lazy("from"),
    "target_name": gettext_lazy("to"),
    "data_source": gettext_lazy("source"),
    "licence": gettext_lazy("licence"),
    "updated_at": gettext_lazy("changed"),
}
BIGGEST = 2**63 - 1  # that a database knows


@dataclass(frozen=True)
class Property:
    """A property of a feature. `ask` turns a value into a Q, None where one cannot ask by it."""

    name: str
    title: str
    schema: dict
    ask: Callable | None = None

    def q(self, text):
        """Return the Q for a parameter's text; Refusal where it is no value of the property."""
        value = _READ[self.schema["type"]](text)
        if value is None or value not in self.schema.get("enum", [value]):
            told = {"name": self.name, "values": self._values()}
            raise Refusal(_("%(name)s must be %(values)s.") % told)
        return self.ask(value)

    def shown(self, value):
        """Return a value of the document as people read it."""
        if value and self.schema.get("format") == "date-time":
            return date_format(localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
        return yesno(value) if self.schema["type"] == "boolean" else value

    def _values(self):
        if known := self.schema.get("enum"):
            return _("one of these: %s") % ", ".join(known)
        return {
            "boolean": _("true or false"),
            "integer": _("a whole number"),
            "string": _("a text"),
        }[self.schema["type"]]


def _integer(text):
    number = int(text) if re.fullmatch(r"-?[0-9]{1,19}", text) else None
    return number if number is not None and abs(number) <= BIGGEST else None


_READ = {
    "boolean": {"true": True, "false": False}.get,
    "integer": _integer,
    "string": lambda text: None if "\x00" in text else text,
}


def _by(path):
    return lambda value: Q(**{path: value})


def _named(name):
    """By the sort key first, which an index knows."""
    return Q(name_order=sort_key(name), name=name)


def _uid(path):
    def ask(text):
        try:
            return Q(**{path: UUID(text)})
        except ValueError:
            return Q(pk__in=[])

    return ask


def of_layer(layer, model):
    """Return the properties of the assets of a layer, as {name: Property}."""
    titles = {column.name: column.label for column in columns([layer])}
    titles["area"] = Area._meta.verbose_name
    own = own_fields(model)
    asks = {"area": _by("area__slug"), "name": _named}
    asks |= {name: _by(f"{layer}__{name}") for name in own if _can_be_asked(model, name)}
    names = [*BEFORE, *own, *AFTER]
    return {n: Property(n, str(titles[n]), _schema(model, n), asks.get(n)) for n in names}


def _can_be_asked(model, name):
    """Texts in people's own words are not asked for letter by letter."""
    field = model._meta.get_field(name)
    kinds = (models.BooleanField, models.IntegerField, CvrNumber)
    return bool(field.choices) or isinstance(field, kinds)


def _schema(model, name):
    if name in MOMENTS:
        return {"type": "string", "format": "date-time"}
    if name in ("area", "layer", "url"):
        return {"type": "string"}
    field = model._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, models.IntegerField):
        return {"type": "integer"}
    codes = [str(code) for code, _label in field.flatchoices if code]
    return {"type": "string", "enum": codes} if codes else {"type": "string"}


def of_ties():
    """Return the properties of the ties, as {name: Property}."""
    kinds = [code for code, _label in Link._meta.get_field("kind").choices]
    rows = [
        _of_tie("area", ask=_by("source__area__slug")),
        _of_tie("kind", {"enum": kinds}, _by("kind")),
        *(_of_tie(end, {"format": "uuid"}, _uid(f"{end}__uid")) for end in ("source", "target")),
        *(_of_tie(name) for name in ("source_name", "target_name", "since", "until")),
        _of_tie("strength", {"type": "integer"}),
        *(_of_tie(name) for name in ("note", "data_source", "licence")),
        _of_tie("updated_at", {"format": "date-time"}),
    ]
    return {row.name: row for row in rows}


def _of_tie(name, schema=(), ask=None):
    titles = TIE_TITLES | {"area": Area._meta.verbose_name}
    title = titles.get(name) or Link._meta.get_field(name).verbose_name
    return Property(name, str(title), {"type": "string"} | dict(schema), ask)
