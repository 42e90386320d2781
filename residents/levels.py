"""Who may see what, in the words that a resident chooses by."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from assetmap.areas.roles import Role, Stranger
from assetmap.inventory.audience import Visibility

LEVELS = [
    (Visibility.PRIVATE, _("only me and the coordinators")),
    (Visibility.PARTNERS, _("also librarians, teachers and other partners")),
    (Visibility.NEIGHBOURS, _("also neighbours who are signed in")),
    (Visibility.PUBLIC, _("everybody")),
]

VIEWERS = [
    (None, _("Everybody sees")),
    (Role.RESIDENT, _("A neighbour sees")),
    (Role.PARTNER, _("A librarian sees")),
    (Role.COORDINATOR, _("The coordinator sees")),
]


def viewers(area):
    """Yield (heading, somebody without a name who sees what such a one may see)."""
    for role, heading in VIEWERS:
        yield heading, Stranger(area.pk, role) if role else AnonymousUser()
