"""The mail about a recognition: that something waits, and no word of it."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from assetmap.areas.mail import about


def mail_that_something_waits(request, resident):
    """Tell her that something waits on her own page; return whether she has an e-mail for it."""
    if not resident.owner.email:
        return False
    page = reverse("network:my-recognitions", args=[resident.area.slug])
    context = {"area": resident.area, "link": request.build_absolute_uri(page)}
    body = render_to_string("network/mail/recognition.txt", context)
    subject = _("Something waits on your page")
    EmailMessage(subject, body, to=[resident.owner.email], headers=about(resident)).send()
    return True
