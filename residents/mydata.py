"""Everything that is kept about a resident, for her own eyes: as a page, and to take away."""

import csv
from io import StringIO

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assetmap.areas.dates import show_partial_date
from assetmap.inventory.models import Asset, Link, Offering, Proposal

FIELDS = [
    *["name", "name_shown", "summary", "photo_alt", "visibility", "availability", "would_start"],
    *["contact", "contact_visibility", "photo_visibility", "age_band", "may_connect"],
    *["latitude", "longitude"],
]


def everything_about(resident, hers=True):
    """Return what is kept about a resident as {heading: [(what, value), …]}, values as text.

    hers: whether she reads it herself; a coordinator who takes it out for her gets of the
    introductions only that they happened.
    """
    return {
        _("About you"): _fields(resident),
        _("Languages"): [(str(language), "") for language in resident.languages.all()],
        _("Gifts and wishes"): _offerings(resident),
        _("Words that wait for a coordinator"): _proposals(resident),
        _("What you wrote about others"): _told(resident),
        _("Ties"): _ties(resident),
        _("What you agreed to"): [_consent(consent) for consent in resident.consents.all()],
        _("Introductions"): _introductions(resident, hers),
        **_kept_above(resident, hers),
        _("Who took it out as a file"): _exports(resident),
        _("When"): _times(resident),
    }


def _fields(resident):
    rows = []
    for name in FIELDS:
        label = resident._meta.get_field(name).verbose_name
        shown = getattr(resident, f"get_{name}_display", None)
        value = shown() if shown else getattr(resident, name)
        rows.append((str(label), _text(value)))
    email = resident.owner.email if resident.owner else None
    return [
        *rows,
        (_("Photo"), _text(bool(resident.photo))),
        (_("The e-mail you sign in with"), _text(email)),
        (_("Receipt made"), _receipt(resident.owner)),
    ]


def _receipt(owner):
    """When the receipt that holds was made: a later one than hers would be somebody else's."""
    return _moment(owner.receipt.created_at) if hasattr(owner, "receipt") else ""


def _text(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _day(when):
    return date_format(localtime(when), "DATE_FORMAT")


def _moment(when):
    return date_format(localtime(when), "DATETIME_FORMAT")


def _join(*parts):
    return " · ".join(str(part) for part in parts if part)


def _offerings(resident):
    offerings = Offering.objects.filter(asset=resident).select_related("gift")
    return [
        (
            str(row),
            _join(
                row.get_mode_display(),
                row.note,
                row.times,
                row.proud and _("among the proudest"),
                row.waiting and _("waits for a coordinator"),
            ),
        )
        for row in offerings
    ]


def _proposals(resident):
    own = Proposal.objects.filter(asset=resident, by=resident.owner).select_related("asset")
    return [(str(row.label), row.text) for row in own]


def _told(resident):
    """Her own words about others that wait; whom they are about she sees where they show."""
    told = Proposal.objects.filter(by=resident.owner).exclude(asset=resident)
    return [(_day(row.created_at), row.text) for row in told] if resident.owner else []


def _ties(resident):
    """All ties, also those that others made; an end that she may not see stays unnamed."""
    links = Link.objects.of(resident).select_related("source", "target").order_by("pk")
    ends = [pk for link in links for pk in (link.source_id, link.target_id)]
    reader = resident.owner or AnonymousUser()
    seen = set(Asset.objects.visible_to(reader).filter(pk__in=ends).values_list("pk", flat=True))
    rows = []
    for link in links:
        label, other = link.seen_from(resident)
        name = other.name if other.pk in seen else _("somebody who is not shown")
        about = [link.note, show_partial_date(link.since), link.get_visibility_display()]
        rows.append((f"{label} {name}", _join(*about)))
    return rows


def _consent(consent):
    how = _("%(how)s, in the language “%(language)s”, text %(version)s, by %(who)s") % {
        "how": consent.get_channel_display(),
        "language": consent.language,
        "version": consent.text_version,
        "who": consent.get_given_by_display(),
    }
    ended = consent.withdrawn_at and f"{_('withdrawn')} {_day(consent.withdrawn_at)}"
    return str(consent), _join(
        f"{_('given')} {_day(consent.given_at)}",
        how,
        consent.read_by and f"{_('read aloud by')} {consent.read_by}",
        ended or f"{_('holds until')} {_day(consent.expires_at)}",
    )


def _introductions(resident, hers):
    """What was asked of her, and what she asked of others, with her own part of the words."""
    asked = [
        (row, _("asked of you"), row.resident_name, row.resident_contact)
        for row in resident.introductions.all()
    ]
    if resident.owner:
        own = resident.owner.introductions.filter(resident__area=resident.area_id)
        asked += [(row, _("asked by you"), row.asker_name, row.asker_contact) for row in own]
    return [
        (
            _day(row.created_at),
            _join(way, row.get_state_display(), *([row.message, *words] if hers else [])),
        )
        for row, way, *words in asked
    ]


def _kept_above(resident, hers):
    """What apps above keep about her: a table with a key to her, or to her asset, tells it.

    Its model has `kept_about(resident, hers)`, which returns (heading, rows).
    """
    tables = {relation.related_model for relation in resident._meta.related_objects}
    telling = [table for table in tables if hasattr(table, "kept_about")]
    telling.sort(key=lambda table: table._meta.label)
    return dict(table.kept_about(resident, hers) for table in telling)


def _exports(resident):
    rows = resident.exports.select_related("user")
    return [
        (
            _moment(row.created_at),
            _join(
                _("you") if row.user_id == resident.owner_id else _("a coordinator"),
                row.form,
                row.reason,
            ),
        )
        for row in rows
    ]


def _times(resident):
    asked = resident.asked_at and (_("last asked whether it is true"), _day(resident.asked_at))
    return [
        (_("kept since"), _moment(resident.created_at)),
        (_("last changed"), _moment(resident.updated_at)),
        *([asked] if asked else []),
    ]


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
