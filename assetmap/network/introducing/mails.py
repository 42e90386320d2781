"""Mails about meetings: each says only that something waits on a page."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from assetmap.areas.models import User
from assetmap.areas.roles import Role
from assetmap.inventory.models import Layer


def say_that_it_waits(request, meeting):
    """Mail to both sides that somebody proposed something, but not to whoever did."""
    to = _those_who_answer(meeting, request.user)
    _send(request, meeting, to, _("Somebody would like you to meet"), "asked")


def say_that_both_agreed(request, meeting):
    """Mail to both sides and to whoever proposed it, but not to whoever just said yes."""
    people = {meeting.connector, *_those_who_answer(meeting, request.user)} - {request.user}
    active = [user for user in people if user.is_active]
    _send(request, meeting, active, _("Both said yes"), "agreed")


def _those_who_answer(meeting, but):
    """The owners of both sides; where a group has none, the area's coordinators."""
    owners = {asset.owner for asset in (meeting.one, meeting.other) if _is_looked_after(asset)}
    alone = [a for a in (meeting.one, meeting.other) if not _is_looked_after(a)]
    if any(asset.layer != Layer.RESIDENT for asset in alone):
        held = {"memberships__area": meeting.area, "memberships__role": Role.COORDINATOR}
        owners |= set(User.objects.filter(**held, is_active=True))
    return owners - {but}


def _is_looked_after(asset):
    return asset.owner is not None and asset.owner.is_active


def _send(request, meeting, to, subject, template):
    page = reverse("network:meeting", args=[meeting.area.slug, meeting.pk])
    words = {"area": meeting.area, "link": request.build_absolute_uri(page)}
    body = render_to_string(f"network/mail/meeting_{template}.txt", words)
    for address in sorted(user.email for user in to if user.email):
        send_mail(subject, body, None, [address])
