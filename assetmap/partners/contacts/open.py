"""Who has been written to already, so that nobody is asked twice by accident."""

from assetmap.inventory.models import Asset
from residents.introductions import may_ask

from ..models import Contact
from ..models.contact import OPEN


def asked_before(keys, area, user):
    """Return {asset: [its open Contacts]} of some assets, the latest first.

    Only whoever is somebody in the area is told; on whose behalf it was is told as far as she may
    see that asset, as `behalf_seen`, and nothing of what was written.
    """
    if not keys or not may_ask(user, area):
        return {}
    rows = list(Contact.objects.filter(area=area, to__in=keys, state__in=OPEN))
    behalf = Asset.objects.visible_to(user).in_bulk({row.on_behalf_id for row in rows} - {None})
    found = {}
    for row in rows:
        row.behalf_seen = behalf.get(row.on_behalf_id)
        found.setdefault(row.to_id, []).append(row)
    return found
