"""Records as rows of tables: what is stored as a code stands there in words."""

import json
from datetime import datetime
from functools import cache

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.languages import language_name
from assetmap.inventory.models import Link, Offering, layer_models

from ..describe import MOMENTS, Column, columns

BETWEEN = "; "  # several gifts or languages in one cell
LAST = (  # what matters to programs more than to people
    *("visibility", "confirmed_at", "updated_at", "source", "source_id", "licence"),
    *("uid", "url", "outline"),
)

IN_WORDS = (  # of several rows, as one cell
    Column("gives", _("can give")),
    Column("wishes", _("wishes")),
    Column("languages", _("languages")),
)
GIFTS = (
    Column("uid", _("key")),
    Column("name", _("name")),
    Column("gift", _("code of the gift")),
    Column("text", _("gift")),
    Column("mode", _("how")),
    Column("note", _("note")),
    Column("times", _("when")),
)
TIES = (
    Column("source_name", _("from")),
    Column("kind", _("tie")),
    Column("target_name", _("to")),
    Column("since", _("since")),
    Column("until", _("until")),
    Column("strength", _("how close")),
    Column("note", _("note")),
    Column("visibility", _("who may see it")),
    Column("source", _("key of from")),
    Column("target", _("key of to")),
    Column("uid", _("key")),
)
SOURCES = (
    Column("source", _("source")),
    Column("licence", _("licence")),
    Column("assets", _("assets")),
    Column("ties", _("ties")),
)


def asset_columns(layers):
    """Return the Columns of a table of assets: first what is asked about them, last their keys."""
    found = {column.name: column for column in columns(layers)}
    rest = [found[name] for name in found if name not in ("name", *LAST)]
    return [found["name"], *rest, *IN_WORDS, *(found[name] for name in LAST)]


def asset_cells(record, columns):
    """Return the cells of a record: text, numbers, days, and None where there is nothing."""
    model = layer_models()[record["layer"]]
    words = {
        "gives": _gifts(record, Offering.GIVES),
        "wishes": _gifts(record, Offering.SEEKS),
        "languages": BETWEEN.join(language_name(code) for code in record["languages"]),
    }
    shown = record | words
    return [_cell(model, column.name, shown.get(column.name)) for column in columns]


def _gifts(record, modes):
    return BETWEEN.join(row["text"] for row in record["gifts"] if row["mode"] in modes)


def gift_rows(record):
    """Return the rows of a table of gifts and wishes that are about one asset."""
    about = {"uid": record["uid"], "name": record["name"]}
    rows = [about | row for row in record["gifts"]]
    return [[_cell(Offering, c.name, row[c.name]) for c in GIFTS] for row in rows]


def tie_cells(record):
    return [_cell(Link, column.name, record[column.name]) for column in TIES]


def header(columns):
    return [capfirst(str(column.label)) for column in columns]


def _cell(model, name, value):
    if value is None or value == "":
        return None
    if words := _choices(model, name):
        return str(words.get(value, value))
    if name in MOMENTS:
        return localtime(datetime.fromisoformat(value)).date()
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return json.dumps(value) if isinstance(value, dict) else value


@cache
def _choices(model, name):
    fields = {field.name: field for field in model._meta.concrete_fields}
    return dict(fields[name].flatchoices) if name in fields else {}
