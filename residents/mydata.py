"""Everything that is kept about a resident, for her own eyes: as a page, and to take away."""

import csv
from io import StringIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assetmap.areas.dates import show_partial_date
from assetmap.inventory.models import Asset, Link, Offering

FIELDS = [
    *["name", "summary", "photo_alt", "visibility", "availability", "contact"],
    *["age_band", "may_connect", "latitude", "longitude"],
]


def everything_about(resident):
    """Return what is kept about a resident as {heading: [(what, value), …]}, values as text."""
    return {
        _("About you"): _fields(resident),
        _("Languages"): [(str(language), "") for language in resident.languages.all()],
        _("Gifts and wishes"): _offerings(resident),
        _("Ties"): _ties(resident),
        _("When"): [
            (_("kept since"), date_format(resident.created_at, "DATETIME_FORMAT")),
            (_("last changed"), date_format(resident.updated_at, "DATETIME_FORMAT")),
        ],
    }


def _fields(resident):
    rows = []
    for name in FIELDS:
        label = resident._meta.get_field(name).verbose_name
        shown = getattr(resident, f"get_{name}_display", None)
        value = shown() if shown else getattr(resident, name)
        rows.append((str(label), _text(value)))
    return [
        *rows,
        (_("Photo"), _text(bool(resident.photo))),
        (_("The e-mail you sign in with"), resident.owner.email),
    ]


def _text(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _offerings(resident):
    offerings = Offering.objects.filter(asset=resident).select_related("gift")
    return [
        (str(row), " ".join(filter(None, [row.get_mode_display(), row.note, row.times])))
        for row in offerings
    ]


def _ties(resident):
    """All ties, also those that others made; an end that she may not see stays unnamed."""
    links = Link.objects.of(resident).select_related("source", "target").order_by("pk")
    ends = [pk for link in links for pk in (link.source_id, link.target_id)]
    seen = set(Asset.objects.visible_to(resident.owner).filter(pk__in=ends).values_list("pk"))
    rows = []
    for link in links:
        label, other = link.seen_from(resident)
        name = other.name if (other.pk,) in seen else _("somebody who is not shown")
        about = [link.note, show_partial_date(link.since), link.get_visibility_display()]
        rows.append((f"{label} {name}", " · ".join(filter(None, about))))
    return rows


def as_csv(everything):
    """Return the same as text for a Danish spreadsheet: semicolons, and marked as UTF-8."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    for heading, rows in everything.items():
        writer.writerows([_harmless(cell) for cell in (heading, *row)] for row in rows)
    return "\ufeff" + out.getvalue()


def _harmless(cell):
    """A cell that begins like a formula is kept as text by a quote in front of it."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
