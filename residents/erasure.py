"""Erasing a resident: her record, and her sign-in too if she was here for nothing else."""

from django.contrib.admin.models import LogEntry
from django.db import transaction

from assetmap.areas.mail import forget, forget_about
from assetmap.areas.models import User
from assetmap.areas.roles import Role
from assetmap.inventory.erasure import erase


@transaction.atomic
def erase_resident(resident):
    """Erase a record for good, with the mail that waits to be sent to her or about her.

    Returns whether her sign-in went too.
    """
    owner = User.objects.filter(pk=resident.owner_id).first()
    forget_about(resident)
    resident.exports.filter(count=1).update(reason="–")  # it may name her; the count stays
    erase(resident)
    if owner and owner.email:
        forget(owner.email)
    if not (owner and _was_only_for_this(owner, resident.area_id)):
        return False
    LogEntry.objects.filter(
        object_id=str(owner.pk), content_type__model=owner._meta.model_name
    ).delete()
    owner.delete()
    return True


def _was_only_for_this(user, area_id):
    """Whether nothing is left that the user signs in for; being a resident here is nothing."""
    other_roles = set(user.roles.items()) - {(area_id, Role.RESIDENT)}
    return not (other_roles or user.is_staff or user.is_superuser or user.owned_assets.exists())
