"""What the assets and people of a contact are called to whoever looks: as far as she sees them."""

from django.utils.translation import gettext as _

from assetmap.inventory.models import Asset
from residents.introductions import in_words


def with_names(contact, user):
    """Return the contact with `to_called`, `sender_called`, and `behalf_seen` and `about_seen`:
    the assets, or None where the user may not see them.

    A sender without a name is called by the role: the address is shown to nobody.
    """
    keys = {contact.to_id, contact.on_behalf_id, contact.about_id} - {None}
    seen = Asset.objects.visible_to(user).in_bulk(keys)
    contact.to_called = str(seen.get(contact.to_id) or _("somebody who is not shown"))
    contact.behalf_seen = seen.get(contact.on_behalf_id)
    contact.about_seen = seen.get(contact.about_id)
    role = contact.sender.roles.get(contact.area_id)
    contact.sender_called = contact.sender.name or in_words(role)
    return contact
