"""Who may write to whom, and who answers."""

from django.db.models import Q

from assetmap.areas.models import User
from assetmap.areas.roles import Role, areas_as, may_coordinate
from assetmap.inventory.models import Asset, Layer
from assetmap.network.introducing.sides import answers
from residents.introductions import may_ask

from ..models import Contact

may_write = may_ask  # whoever is somebody in the area


def may_be_written_to(area, user):
    """The assets of an area that a user may write to; residents are asked for introductions."""
    seen = Asset.objects.visible_to(user).active().filter(area=area)
    return seen.exclude(layer=Layer.RESIDENT)


def on_whose_behalf(area, user):
    """The assets in whose name a user may write: partners and coordinators speak for any that is
    no place and no person, others for their own."""
    seen = Asset.objects.visible_to(user).active().filter(area=area)
    groups = seen.filter(layer__in=(Layer.ASSOCIATION, Layer.INSTITUTION))
    speaks = may_coordinate(user, area) or area.pk in areas_as(user, Role.PARTNER)
    return groups if speaks else groups.filter(owner=user.pk)


def of_hers(area, user):
    """The contacts of an area that a user wrote, or answers."""
    found = Q(sender=user.pk) | Q(to__owner=user.pk)
    if may_coordinate(user, area):
        found |= Q(to__owner=None) | Q(to__owner__is_active=False)
    return Contact.objects.filter(found, area=area)


def is_answering(contact, user, area):
    """Whether a user is on the side that was written to."""
    return contact.sender_id != user.pk and answers(contact.to, user, may_coordinate(user, area))


def may_make_tie(contact, user, area):
    """Whether a user may say that it became something, which ties the two: not a sender alone."""
    if is_answering(contact, user, area) or may_coordinate(user, area):
        return True
    return contact.messages.filter(from_sender=False).exists()


def those_who_answer(contact):
    """The users who answer for whom was written to: the owner, else the area's coordinators."""
    owner = contact.to.owner
    if owner is not None and owner.is_active:
        return [owner]
    held = {"memberships__area": contact.area, "memberships__role": Role.COORDINATOR}
    return list(User.objects.filter(**held, is_active=True).exclude(pk=contact.sender_id))
