"""How long meetings are kept: the rows whose time is over, and what is done to them."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import Meeting

WAITS = timedelta(days=60)  # for an answer
KEPT = timedelta(days=365)  # after the last that happened; names and numbers that both saw too


def unanswered():
    """Meetings that one side or both have not answered in time."""
    since = timezone.now() - WAITS
    return Meeting.objects.filter(state=Meeting.State.ASKED, created_at__lte=since)


def stop(meeting):
    Meeting.objects.filter(pk=meeting.pk).end(Meeting.State.STOPPED, [Meeting.State.ASKED])


def long_over():
    """Meetings of which nothing was heard for a year, but for those that wait for an answer."""
    last = Meeting.objects.annotate(last=Coalesce("answered_at", "created_at"))
    return last.filter(~Q(state=Meeting.State.ASKED), last__lte=timezone.now() - KEPT)


def forget(meeting):
    meeting.delete()


def lapse():
    """Stop what nobody answered, and delete what is long over; return how many of each."""
    stopped = unanswered().end(Meeting.State.STOPPED, [Meeting.State.ASKED])
    gone = list(long_over())
    for meeting in gone:
        forget(meeting)
    return stopped, len(gone)
