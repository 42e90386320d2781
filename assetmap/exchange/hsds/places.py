"""Places, and the addresses of organizations, as location records."""

from . import parts, rows
from .ids import turned
from .parts import filled


def location_id(asset):
    """A place's own key; the address of an organization has another than the organization."""
    return asset.uid if _is_place(asset) else turned(asset.uid, "location")


def location(asset):
    return {
        "id": location_id(asset),
        "location_type": "physical",
        **filled(
            organization_id=None if _is_place(asset) else asset.uid,
            name=asset.name,
            description=_description(asset) if _is_place(asset) else "",
            latitude=asset.latitude,
            longitude=asset.longitude,
        ),
    }


def whole_location(asset, around):
    """With all that hangs on it; the rest of what is known of an organization is told there."""
    own = _of_place(asset, around) if _is_place(asset) else {}
    return location(asset) | filled(addresses=parts.addresses(asset), **own)


def _of_place(asset, around):
    gifts = parts.gift_attributes(asset.uid, "location", asset, around)
    return {
        "languages": parts.languages(asset.uid, asset, around),
        "accessibility": parts.accessibility(asset),
        "phones": parts.phones(asset.uid, asset),
        "schedules": parts.schedules(asset.uid, asset),
        "attributes": gifts + parts.choice_attributes(asset.uid, "location", asset),
    }


def _description(asset):
    own = asset.child
    return "\n".join(filter(None, [asset.summary, own.facilities, parts.room_for(own.capacity)]))


def _is_place(asset):
    return asset.layer in rows.PLACES
