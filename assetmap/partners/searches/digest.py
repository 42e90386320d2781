"""The mail that says that something new fits: once a week, to whoever wants it.

It tells how many, and holds no name: what it is stands on the page alone.
"""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmap.areas.models import User

from ..models import SavedSearch
from .fitting import new_for

EVERY = timedelta(days=7)


def due(user=None):
    """Searches whose owners wait for a mail and had none for a week."""
    old = Q(told_at=None) | Q(told_at__lte=timezone.now() - EVERY)
    mailed = Q(by_mail=True, user__is_active=True, user__email__isnull=False)
    rows = SavedSearch.objects.filter(old, mailed, created_at__lte=timezone.now() - EVERY)
    return rows.filter(user=user) if user else rows


def people_to_tell():
    """Those who have a search that is due."""
    return User.objects.filter(pk__in=due().values("user"))


@transaction.atomic
def tell(user):
    """Look through all her searches that are due; mail her if something new fits. Return whether
    a mail went."""
    news = []
    for search in due(user).select_related("area", "user"):
        new = new_for(search)
        search.known.add(*new)
        SavedSearch.objects.filter(pk=search.pk).update(told_at=timezone.now())
        news += [(search, len(new))] if new else []
    if news:
        _send(user, news)
    return bool(news)


def _send(user, news):
    areas = {}
    for search, number in news:
        areas[search.area] = areas.get(search.area, 0) + number
    rows = [
        (area, number, settings.SITE_URL + reverse("partners:searches", args=[area.slug]))
        for area, number in areas.items()
    ]
    body = render_to_string("partners/mail/digest.txt", {"rows": rows})
    send_mail(_("Something new fits what you look for"), body, None, [user.email])
