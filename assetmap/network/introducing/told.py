"""What is kept about a resident in meetings, for the export of all that is kept about her."""

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

JOINED = " · "


def told(meetings, resident, hers):
    """Return [(day, what), …] of those meetings that a resident is a side of, or proposed.

    hers: whether she reads it herself; a coordinator who takes it out for her gets only that they
    happened. Nothing that the other side wrote is in it.
    """
    about = meetings.filter(Q(one=resident) | Q(other=resident))
    rows = [(row, _("proposed to you"), *_own_words(row, resident)) for row in about]
    if resident.owner:
        proposed = meetings.filter(connector=resident.owner, area=resident.area_id)
        rows += [(row, _("proposed by you"), row.reason) for row in proposed]
    return [(_day(row), _in_short(row, way, words if hers else [])) for row, way, *words in rows]


def _own_words(meeting, resident):
    side = "one" if meeting.one_id == resident.pk else "other"
    return [meeting.reason, getattr(meeting, f"{side}_name"), getattr(meeting, f"{side}_contact")]


def _day(meeting):
    return date_format(localtime(meeting.created_at), "DATE_FORMAT")


def _in_short(meeting, way, words):
    parts = [way, meeting.get_state_display(), *words]
    return JOINED.join(str(part) for part in parts if part)
