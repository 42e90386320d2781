"""Erasing: what archiving is not. Nothing of the asset is left, and it cannot be brought back."""

from django.contrib.admin.models import LogEntry
from django.db import transaction

from .photos import set_photo


@transaction.atomic
def erase(asset):
    """Erase an asset for good: its row, gifts, ties, languages, photo files and admin history."""
    LogEntry.objects.filter(
        object_id=str(asset.pk), content_type__model__in=["asset", asset.layer]
    ).delete()
    set_photo(asset, None)
    asset.child.delete()
