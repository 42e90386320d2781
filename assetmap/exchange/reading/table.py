"""Tables out of records: a file whose features each bring columns of their own."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from . import limits
from .sheet import Row, Sheet

ODD = re.compile("[\0\ud800-\udfff]")  # no database takes NUL, nor half of a character
NO_FEATURE = _("There is no feature in this file.")
TOO_LONG = _("A value is longer than 100,000 characters: shorten it.")


@dataclass(slots=True)
class Record:
    """A feature as {column: text}; the rest is as in Row."""

    values: dict[str, str]
    geometry: BaseGeometry | None = None
    key: str = ""
    problem: str = ""


def sheet_of(name, records, crs="EPSG:4326"):
    """Return a Sheet of what `records()` yields, after reading it once, or None if it is empty.

    Its columns are those of all records, in the order in which they come up. Raises Unreadable.
    """
    columns, count, has_geometry = {}, 0, False
    for count, record in enumerate(records(), 1):  # noqa: B007
        columns.update(dict.fromkeys(record.values))
        has_geometry = has_geometry or record.geometry is not None
        limits.check_columns(len(columns))
        limits.check_rows(count)
    names = list(columns)
    rows = rows_of(names, records)
    return Sheet(name, column_names(names), rows, has_geometry, crs) if count else None


def rows_of(columns, records):
    """Return the function that reads `records()` anew, as Rows of these columns."""

    def rows():
        for number, record in enumerate(records(), 1):
            values, problem = fitting([record.values.get(column, "") for column in columns])
            problem = record.problem or problem
            yield Row(number, values, record.geometry, ODD.sub("", record.key)[:200], problem)

    return rows


def fitting(values):
    """Return (values that can be kept, a sentence if one was too long and is cut)."""
    if ODD.search("".join(values)):
        values = [ODD.sub("", value) for value in values]
    if max(map(len, values), default=0) <= limits.CELL:
        return tuple(values), ""
    return tuple(value[: limits.CELL] for value in values), TOO_LONG


def filled(values):
    """Return {column: text} without what is empty, but for the name, which every table has."""
    return {name: value for name, value in values.items() if value or name == "name"}


def column_names(header):
    """Return a header's names: edges stripped, none empty, none twice."""
    names = []
    taken = set()
    for number, cell in enumerate(header, 1):
        name = " ".join(ODD.sub("", cell).split())[:200] or _("column %s") % number
        names.append(unlike(name, taken))
        taken.add(names[-1])
    return names


def unlike(name, taken):
    """Return the name, with a number behind it if it is taken."""
    number, tried = 2, name
    while tried in taken:
        tried, number = f"{name} ({number})", number + 1
    return tried


def text_of(value):
    """Return a value of JSON or of a workbook as the text that a person would have typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
