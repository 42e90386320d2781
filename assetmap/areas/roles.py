"""What somebody may do in an area. Visitors have no role; administrators coordinate."""

from .models import Membership

Role = Membership.Role


def areas_as(user, *roles):
    """Return the ids of the areas where the user has one of these roles."""
    if not user.is_authenticated:
        return []
    return [area_id for area_id, role in user.roles.items() if role in roles]


def may_coordinate(user, area):
    """Whether the user may write everything in this area."""
    return user.is_superuser or area.pk in areas_as(user, Role.COORDINATOR)
