"""What somebody may do in an area. Visitors have no role; administrators coordinate."""

from dataclasses import dataclass

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


def may_export(user, area):
    """Whether the user may take the area's data away as files: a right beside the role."""
    return _holds(user, area, may_export=True)


def may_import(user, area):
    """Whether the user may bring data into the area from files: a right beside the role."""
    return _holds(user, area, may_import=True)


def _holds(user, area, **right):
    """Both the right and the role of coordinator; administrators hold every right."""
    if not may_coordinate(user, area):
        return False
    return user.is_superuser or user.memberships.filter(area=area, **right).exists()


@dataclass(frozen=True)
class Stranger:
    """Nobody in particular who has a role in an area: to show how a page looks to such a one."""

    area_id: int
    role: str

    pk = 0  # owns nothing
    is_authenticated = True
    is_superuser = False

    @property
    def roles(self):
        return {self.area_id: self.role}
