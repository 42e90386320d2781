"""How long first contacts are kept."""

from datetime import timedelta

from django.utils import timezone

from ..models import Contact

KEPT = timedelta(days=365)  # after the last that happened


def long_over():
    """Contacts of which nothing was heard for a year."""
    return Contact.objects.filter(moved_at__lte=timezone.now() - KEPT)


def forget(contact):
    contact.delete()
