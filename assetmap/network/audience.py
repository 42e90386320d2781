"""Whose eyes a network is seen with: few kinds of people, so that what is worked out is shared."""

from django.contrib.auth.models import AnonymousUser

from assetmap.areas.models import User
from assetmap.areas.roles import Role, Stranger, may_coordinate

VISITOR = "visitor"
OWN = "user-"


def audience_of(user, area):
    """Return the name of all who see just what this user sees in the area.

    A role in the area, `visitor` for those without, or `user-<key>` for one who sees more than
    her role does, as a record is her own.
    """
    if may_coordinate(user, area):
        return Role.COORDINATOR.value
    if not user.is_authenticated:
        return VISITOR
    if user.owned_assets.filter(area=area).exists():
        return f"{OWN}{user.pk}"
    return user.roles.get(area.pk, VISITOR)


def eyes_of(audience, area):
    """Return a user who sees what an audience sees, for visible_to()."""
    if audience == VISITOR:
        return AnonymousUser()
    if audience.startswith(OWN):
        return User.objects.get(pk=audience.removeprefix(OWN))
    return Stranger(area.pk, Role(audience))
