"""The mails about a registration; each holds a link and no word of what was written."""

from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from assetmap.areas.limits import within_limit
from assetmap.areas.mail import about
from assetmap.areas.models import User

from .links import code_link

SALT = "residents.address"
ADDRESS_HOLDS = 7 * 24 * 60 * 60  # seconds


def mail_address_link(request, resident, email):
    """Mail a link that lets her sign in with this address from now on.

    The address is kept nowhere before she opens the link: it could be somebody else's. Returns
    whether the mail is on its way; too many from one place, or to one address, are not sent.
    """
    if not within_limit(request, "send_link", key=email.lower()):
        return False
    user = resident.owner
    token = signing.dumps([user.pk, user.email, email.lower()], salt=SALT)
    path = reverse("me:address", args=[resident.area.slug, token])
    subject = _("Sign in to assetmap with your e-mail")
    _send(email, subject, "address", resident, request.build_absolute_uri(path))
    return True


def read_address_token(area, token):
    """Return (the user, her new e-mail); raise BadSignature for what is forged, old or used.

    It is used once she has the address, or her records are where the address belongs already.
    """
    key, was, email = signing.loads(token, salt=SALT, max_age=ADDRESS_HOLDS)
    holders = User.objects.filter(pk=key, email=was, is_active=True, owned_assets__area=area)
    barred = User.objects.filter(email=email, is_active=False)
    user = holders.first()
    if user is None or barred.exists():
        raise signing.BadSignature
    return user, email


def mail_guardian_link(request, resident, email, code):
    """Mail a parent or guardian the link to say yes or no by; the address is not kept."""
    if not within_limit(request, "send_link", key=email.lower()):
        return False
    link = code_link(request, resident.area, "register:approve", code)
    subject = _("Will you say yes to your child's registration?")
    _send(email, subject, "guardian", resident, link)
    return True


def _send(email, subject, name, resident, link):
    context = {"area": resident.area, "link": link}
    body = render_to_string(f"residents/mail/{name}.txt", context)
    EmailMessage(subject, body, to=[email], headers=about(resident)).send()
