"""Mail: kept in a queue first, tried at once, and tried again until it gets through."""

import logging
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from post_office.models import STATUS, Email

TRY_AGAIN_AFTER = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=3)
ABOUT = "X-Record"

logger = logging.getLogger(__name__)


class QueueBackend(BaseEmailBackend):
    """What Django's own functions for mail go through: no page fails because a server is down."""

    def send_messages(self, messages):
        for message in messages:
            email = queue(message)
            transaction.on_commit(lambda pk=email.pk: try_to_send(pk))
        return len(messages)


def queue(message):
    """Keep a message as a row. Only plain text is sent from here."""
    return Email.objects.create(
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        from_email=message.from_email,
        subject=message.subject,
        message=message.body,
        headers=message.extra_headers,
        status=STATUS.queued,
        expires_at=timezone.now() + GIVE_UP_AFTER,
    )


def waiting():
    """Mails that wait to be sent."""
    return Email.objects.filter(status__in=[STATUS.queued, STATUS.requeued])


def due():
    """Those of them whose turn it is now."""
    return waiting().exclude(scheduled_time__gt=timezone.now())


def server():
    """Return a connection to where mail goes, not yet open."""
    return get_connection(settings.POST_OFFICE["BACKENDS"]["default"])


def send_waiting():
    """Try all mails whose turn it is, and drop what waited too long; return how many went."""
    Email.objects.filter(expires_at__lte=timezone.now()).delete()
    pks = list(due().order_by("pk").values_list("pk", flat=True))
    connection = server()
    # A server that is down is asked once, not once a mail.
    if not pks or not _goes(connection.open):
        return 0
    went = sum(try_to_send(pk, connection) for pk in pks)
    _goes(connection.close)
    return went


def try_to_send(pk, connection=None):
    """Send a mail and forget it; if the server does not take it, it waits for another try."""
    # Whoever moves its time sends it, so that two processes cannot send the same one; and a
    # process that dies on the way leaves it to be tried again.
    later = timezone.now() + TRY_AGAIN_AFTER
    taken = due().filter(pk=pk).update(status=STATUS.requeued, scheduled_time=later)
    email = Email.objects.filter(pk=pk).first() if taken else None
    if email is None or not _goes(partial(_hand_over, email, connection or server())):
        return False
    Email.objects.filter(pk=pk).delete()
    return True


def _hand_over(email, connection):
    # Without commit post_office neither writes the outcome down nor logs the server's answer.
    email.dispatch(commit=False, disconnect_after_delivery=False, connection=connection)


def _goes(step):
    """Take a step towards the server; say if it failed, but not the addresses in its answer."""
    try:
        step()
    except Exception as error:
        logger.warning("A mail could not be sent and is tried again: %s", type(error).__name__)
        return False
    return True


def forget(address):
    """Take every mail to an address out of the queue."""
    Email.objects.filter(to__iexact=address).delete()


def about(asset):
    """Return the headers of a mail that is about an asset without naming it."""
    return {ABOUT: str(asset.uid)}


def forget_about(asset):
    """Take every mail about an asset, or with a link to it, out of the queue."""
    headed = Q(**{f"headers__{ABOUT}": str(asset.uid)})
    Email.objects.filter(headed | Q(message__contains=str(asset.uid))).delete()
