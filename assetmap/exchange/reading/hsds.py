"""Human Services Data Specification 3: organisations, their locations and services.

JSON, one thing or a page of a list, with others nested in it, and the tables of its data package.
Each becomes a sheet, which holds each thing once, tied to the others by columns of their ids.
Contact persons are not read: a directory of people is not what this import is for.
"""

from functools import partial
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from shapely.geometry import Point

from . import archive, delimited, limits
from .hsdstables import SHEETS, Tables, kind_of
from .shapes import made
from .sheet import Reading, Unreadable
from .table import Record, sheet_of, text_of

ADDRESS = ("address_1", "address_2"), ("postal_code", "city"), ("country",)
HOME = "DK"  # a country that goes without saying


def is_hsds(document, name):
    """Whether a JSON Document looks like HSDS."""
    members = document.members
    if document.root == "map":
        page = {"contents", "total_items"} <= members.keys()
        return page or any(key.endswith(".csv") for key in members) or bool(kind_of(members, name))
    return document.root == "array"


def is_package(members):
    """Whether archive `members` are the tables of a data package."""
    return bool({PurePosixPath(name).name for name in members} & {f"{s}.csv" for s in SHEETS})


def read_json(document, name, size):
    """Return the Reading of a JSON Document of `size` bytes. Raises Unreadable."""
    limits.check_size(size, limits.WHOLE)
    tables = Tables()
    for value in document.items(""):
        tables.add_document(value, name)
    return _reading(tables)


def read_package(path, members):
    """Return the Reading of a zip file of tables with these `members`. Raises Unreadable."""
    limits.check_size(sum(members.values()), limits.WHOLE)
    tables = Tables()
    for name in members:
        if name.lower().endswith(".csv"):
            tables.add_rows(PurePosixPath(name).stem, _rows(path, name))
    return _reading(tables)


def _rows(path, name):
    try:
        sheet = delimited.read(partial(archive.opened, path, name), name).sheets[0]
    except Unreadable as fault:
        if delimited.NO_ROWS in fault.args:
            return []
        raise
    return [dict(zip(sheet.columns, row.values, strict=True)) for row in sheet.rows()]


def _reading(tables):
    sheets = [sheet_of(name, partial(_records, tables, name)) for name in SHEETS]
    if not any(sheets):
        raise Unreadable(
            _("There are no organisations, services or locations of HSDS in this file.")
        )
    return Reading("hsds", [sheet for sheet in sheets if sheet])


def _records(tables, name):
    for key, item in tables.of(name).items():
        values = {column: text_of(value) for column, value in item.items()}
        places = tables.places_of(name, key)
        if name != "service_at_location":
            values["phone"] = ", ".join(tables.phones_of(name, key))
            values["address"] = next(filter(None, map(partial(_address, tables), places)), "")
        if name in ("organizations", "services"):
            values["location_ids"] = ";".join(places)
        geometry, problem = _position(tables, places)
        yield Record(values, geometry, key, problem)


def _position(tables, places):
    """Return the first (point, problem) that these locations have."""
    for place in places:
        item = tables.of("locations").get(place, {})
        if item.get("latitude") not in (None, "") and item.get("longitude") not in (None, ""):
            return made(lambda item=item: Point(float(item["longitude"]), float(item["latitude"])))
    return None, ""


def _address(tables, place):
    for item in tables.addresses_of(place):
        parts = (" ".join(text_of(item.get(name)) for name in names) for names in ADDRESS)
        return ", ".join(part.strip() for part in parts if part.strip() not in ("", HOME))
    return ""
