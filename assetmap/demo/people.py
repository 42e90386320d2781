"""The people one can sign in as in the demo. They are made up, and have no password."""

from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import User
from assetmap.areas.roles import Role

DEMO_PEOPLE = {
    Role.COORDINATOR: ("coordinator@demo.invalid", _("coordinator")),
    Role.PARTNER: ("librarian@demo.invalid", _("librarian")),
    Role.RESIDENT: ("resident@demo.invalid", _("resident")),
}


def demo_user(role):
    """Return the demo's user for a role, or None."""
    if role not in DEMO_PEOPLE:
        return None
    return User.objects.filter(email=DEMO_PEOPLE[role][0]).first()
