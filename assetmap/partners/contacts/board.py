"""The board of first contacts: who was written to, on whose behalf, and how far it has come."""

from assetmap.inventory.models import Asset
from residents.introductions import may_ask

from ..models import Contact
from .rights import of_hers

LATEST = 30  # in a column


def board(area, user):
    """Return [(state's label, [Contact, …]), …], in the order in which a contact goes.

    Whoever is somebody in the area sees that others wrote, and to whom, as far as she may see it;
    the words only where she is one of the two sides: then the contact `is_hers`.
    """
    hers = set(of_hers(area, user).values_list("pk", flat=True))
    rows = Contact.objects.filter(area=area) if may_ask(user, area) else of_hers(area, user)
    seen = Asset.objects.visible_to(user)
    shown = rows.filter(to__in=seen).select_related("to", "on_behalf")
    columns = [(state.label, list(shown.filter(state=state)[:LATEST])) for state in Contact.State]
    behalf = seen.in_bulk({c.on_behalf_id for _s, column in columns for c in column} - {None})
    for contact in (contact for _state, column in columns for contact in column):
        contact.area = contact.to.area = area
        contact.is_hers = contact.pk in hers
        contact.behalf_seen = behalf.get(contact.on_behalf_id)
    return columns
