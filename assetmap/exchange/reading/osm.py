"""Things of OpenStreetMap as records, whichever form of it they come from."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .osmkinds import main_tag
from .table import Record, filled

NO_ASSET = _("There is no place, institution or association in this file.")
ODBL = "ODbL"
BEFORE_ODBL = "CC BY-SA 2.0"
CHANGED = "2012-09-12"  # the day OpenStreetMap took its new licence
PARTS = ("street", "place", "housenumber", "postcode", "city")
# column: the keys that can hold it, the usual one first
COLUMNS = {
    "website": ("website", "contact:website", "url"),
    "email": ("email", "contact:email"),
    "phone": ("phone", "contact:phone", "contact:mobile"),
    "opening_hours": ("opening_hours",),
    "wheelchair": ("wheelchair",),
    "capacity": ("capacity",),
    "description": ("description:da", "description"),
    "operator": ("operator",),
    "sport": ("sport",),
    "religion": ("religion",),
    "denomination": ("denomination",),
    "cuisine": ("cuisine",),
    "start_date": ("start_date",),
    "wikidata": ("wikidata",),
}


def record_of(ref, tags):
    """Return the Record of an element, or None if its tags {key: value} make it no asset.

    `ref` is "node/280270098". The shape is for the caller to add.
    """
    kind = main_tag(tags)
    if not kind:
        return None
    values = {"name": _first(tags, ("name:da", "name")), "kind": kind, "address": address(tags)}
    for column, keys in COLUMNS.items():
        values[column] = _first(tags, keys)
    return Record(filled(values), key=ref)


def address(tags):
    """Return tags as a Danish address: "Remisevej 14, 2300 København S"."""
    part = {name: _first(tags, (f"addr:{name}", f"contact:{name}")) for name in PARTS}
    street = part["street"] or part["place"]
    lines = [f"{street} {part['housenumber']}", f"{part['postcode']} {part['city']}"]
    return ", ".join(line.strip() for line in lines if line.strip())


def licence_at(date):
    """Return the licence of OpenStreetMap's data at a date in ISO text, "" if it is unknown."""
    return BEFORE_ODBL if "2004" <= date[:10] < CHANGED else ODBL


def left_out(count):
    """Return the notes about what is no asset: streets, houses, trees."""
    note = ngettext(
        "%(count)s thing is left out, as it is no kind of asset, such as a street or a house.",
        "%(count)s things are left out, as they are no kind of asset, such as streets or houses.",
        count,
    )
    return [note % {"count": f"{count:,}"}] if count else []


def _first(tags, keys):
    return next((tags[key].strip() for key in keys if tags.get(key)), "")
