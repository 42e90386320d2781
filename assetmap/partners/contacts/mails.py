"""Mails about first contacts: each says only that something waits, with a link to it."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.core.signing import TimestampSigner
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Contact
from .rights import those_who_answer

LINKS_HOLD = timedelta(days=90)

# A name, a date and a signature with dots between: a link that mail programs leave whole.
signer = TimestampSigner(salt="assetmap.partners.reply", sep=".")


def reply_link(contact):
    """Return the whole address at which whoever reads the group's public mail answers."""
    token = signer.sign(str(contact.uid))
    return settings.SITE_URL + reverse("partners:contact-reply", args=[contact.area.slug, token])


def read_token(token):
    """Return the uid of the contact that a link is for.

    Raises BadSignature for what was not signed here, SignatureExpired for what is too old.
    """
    return signer.unsign(token, max_age=LINKS_HOLD)


def tell_other_side(contact, from_sender):
    """Mail whoever did not write that something waits: the group's owner, else its public address
    with a link of its own, else the area's coordinators. Returns how many mails were sent."""
    page = settings.SITE_URL + contact.get_absolute_url()
    if not from_sender:
        return _send(contact, [contact.sender.email], page)
    owner = contact.to.owner
    public = getattr(contact.to.child, "email", "")
    if public and not (owner and owner.is_active):
        return _send(contact, [public], reply_link(contact))
    return _send(contact, [user.email for user in those_who_answer(contact)], page)


def _send(contact, addresses, link):
    body = render_to_string("partners/mail/contact.txt", {"area": contact.area, "link": link})
    to = sorted(filter(None, addresses))
    for address in to:
        send_mail(_("A message waits for you"), body, None, [address])
    return len(to)


def contact_of(token):
    """Return the Contact that a link opens, or None if it is gone."""
    return Contact.objects.filter(uid=read_token(token)).first()
