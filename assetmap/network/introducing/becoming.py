"""What a meeting that became something leaves behind: a tie between the two."""

from django.db import transaction
from django.utils import timezone

from assetmap.inventory.models import Layer, Link

from ..graph import stands
from ..models import Meeting
from ..store import today


@transaction.atomic
def became(meeting, user):
    """Make a meeting on which both agreed into a tie; return it, or None if it came too late."""
    held = Meeting.objects.select_for_update().filter(pk=meeting.pk, state=Meeting.State.AGREED)
    if not held.exists():
        return None
    link = _standing(meeting) or _made(meeting, user)
    Meeting.objects.filter(pk=meeting.pk).become(link)
    return link


def _standing(meeting):
    """The first tie that joins the two today, whichever way and whatever its kind."""
    links = Link.objects.of(meeting.one).filter(pk__in=Link.objects.of(meeting.other))
    day = today()
    return next((link for link in links if stands(link.since, link.until, day)), None)


def _made(meeting, user):
    """A new tie, or the one that had ended, open again."""
    people = meeting.one.layer == meeting.other.layer == Layer.RESIDENT
    new = {"since": timezone.localdate().isoformat()[:7], "created_by": user}
    ends = {"source": meeting.one, "target": meeting.other}
    kind = "knows" if people else "works_with"
    link, is_new = Link.objects.get_or_create(**ends, kind=kind, defaults=new)
    if not is_new:
        link.until, link.version = "", link.version + 1
        link.save()
    return link
