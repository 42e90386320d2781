"""What the tests of recognitions share."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from assetmap.network.models import Recognition

WORDS = "kanariefugl hjælper med breve"


def make_recognition(area, resident=None, days=0, **fields):
    """One that was written some days ago; an answered one says so by its state."""
    fields = {"name": "Fatma", "reason": WORDS} | fields
    created_at = timezone.now() - timedelta(days=days)
    return Recognition.objects.create(
        area=area, resident=resident, created_at=created_at, **fields
    )


def url(name, area, *args):
    return reverse(f"network:{name}", args=[area.slug, *args])


def only():
    return Recognition.objects.get()
