"""How a resident's record looks to others, asked of the very gate that the pages go through."""

from dataclasses import dataclass

from django.db import transaction

from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Offering

from .levels import viewers
from .models import Resident


@dataclass
class Seen:
    """What one kind of viewer is shown of a resident; `resident` is None where nothing is."""

    heading: str
    resident: Resident | None
    offerings: list
    contact: bool
    photo: bool


def seen_by_all(resident):
    """Return a Seen for everybody, a neighbour, a librarian and the coordinator."""
    return [_seen(resident, heading, viewer) for heading, viewer in viewers(resident.area)]


def seen_when_in_use(resident):
    """Return the same as it will be once a record that waits is let in; nothing is changed."""
    if resident.status not in (Status.PENDING, Status.UNCONFIRMED):
        return seen_by_all(resident)
    with transaction.atomic():
        Asset.objects.filter(pk=resident.pk).update(status=Status.ACTIVE)
        seen = seen_by_all(resident)
        transaction.set_rollback(True)
    return seen


def _seen(resident, heading, viewer):
    if not Asset.objects.visible_to(viewer).filter(pk=resident.pk).exists():
        return Seen(heading, None, [], False, False)
    offerings = Offering.objects.visible_to(viewer).filter(asset=resident).select_related("gift")
    contact, photo = resident.shows_contact_to(viewer), resident.shows_photo_to(viewer)
    return Seen(heading, resident, list(offerings), contact, photo)
