"""What becomes of a first contact: answered, met, became something, or came to nothing."""

from django.db import transaction
from django.utils import timezone

from assetmap.inventory.models import Link

from ..models import Contact, Message
from ..models.contact import OPEN
from .mails import tell_other_side

State = Contact.State
UNANSWERED = 3  # messages in a row that the sender may write


@transaction.atomic
def write(contact, text, author, from_sender):
    """Add a message, and let the other side know; the first answer moves the contact on.

    Return whether it was still open.
    """
    answers = contact.state == State.ASKED and not from_sender
    if not _move(contact, OPEN, State.ANSWERED if answers else contact.state):
        return False
    Message.objects.create(contact=contact, author=author, from_sender=from_sender, text=text)
    tell_other_side(contact, from_sender)
    return True


def meet(contact):
    """Note that they met; return whether it was still open."""
    return _move(contact, [State.ASKED, State.ANSWERED], State.MET)


def close(contact):
    """Note that it came to nothing this time; return whether it was still open."""
    return _move(contact, OPEN, State.CLOSED)


@transaction.atomic
def become(contact, user):
    """Note that it became something: a tie between the two. Return whether it was still open."""
    if not _move(contact, OPEN, State.BECAME):
        return False
    if contact.on_behalf:
        link = _tie(contact.on_behalf, contact.about or contact.to, user)
        Contact.objects.filter(pk=contact.pk).update(link=link)
    return True


def _move(contact, states, state):
    still = Contact.objects.filter(pk=contact.pk, state__in=states)
    return still.update(state=state, moved_at=timezone.now())


def _tie(one, other, user):
    """The tie that joins the two already, or a new one."""
    standing = Link.objects.of(one).filter(pk__in=Link.objects.of(other)).order_by("pk").first()
    if standing:
        return standing
    since = timezone.localdate().isoformat()[:7]
    return Link.objects.create(
        source=one, target=other, kind="works_with", since=since, created_by=user
    )


def may_add(contact, from_sender):
    """Whether a side may write once more: a sender waits when three messages were not answered."""
    last = list(contact.messages.order_by("-created_at", "-pk")[:UNANSWERED])
    return not from_sender or len(last) < UNANSWERED or not all(m.from_sender for m in last)
