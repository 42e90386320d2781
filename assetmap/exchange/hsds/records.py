"""Organizations and services as records of the Human Services Data Specification 3.0.

A plain function gives what stands in a list, one to one; a whole_ function the nested record.
`around` is an Around that holds the asset. Nobody's name stands in a record: no contacts.
"""

from django.utils.encoding import iri_to_uri
from django.utils.timezone import localdate

from . import parts
from .ids import turned
from .parts import filled
from .places import location, location_id, whole_location


def service_id(asset):
    return turned(asset.uid, "service")


def organization(asset, around):
    own = asset.child
    year = getattr(own, "founded", "")[:4]
    return {
        "id": asset.uid,
        "name": asset.name,
        "description": asset.summary,
        **filled(
            email=own.email,
            website=iri_to_uri(own.website),
            year_incorporated=int(year) if year else None,
            legal_status=own.get_form_display() if hasattr(own, "form") else "",
            uri=_page(asset, around),
            parent_organization_id=around.parents.get(asset.pk),
        ),
    }


def whole_organization(asset, around, with_services=False):
    """With all that hangs on it; of its service the key and the name, or all of that too."""
    write = whole_service if with_services else _service_name
    return _with_contacts(asset, around) | filled(
        locations=[whole_location(at.place, around.places) for at in around.at[asset.pk]],
        attributes=parts.choice_attributes(asset.uid, "organization", asset),
        services=[write(asset, around)] if asset.pk in around.with_service else [],
    )


def _with_contacts(asset, around):
    return organization(asset, around) | filled(
        phones=parts.phones(asset.uid, asset), organization_identifiers=parts.identifiers(asset)
    )


def _service_name(asset, around):
    return {"id": service_id(asset), "name": asset.name, "status": "active"}


def minimal_service(asset):
    return {"id": service_id(asset), "last_modified": asset.updated_at}


def service(asset, around):
    return _service(asset, around) | {"organization": organization(asset, around)}


def whole_service(asset, around):
    return _service_anywhere(asset, around) | filled(
        service_at_locations=[
            _at(at) | {"location": whole_location(at.place, around.places)}
            for at in around.at[asset.pk]
        ]
    )


def _service(asset, around):
    own = asset.child
    checked = asset.confirmed_at and localdate(asset.confirmed_at).isoformat()
    return _service_name(asset, around) | filled(
        description=asset.summary,
        url=iri_to_uri(own.website) or _page(asset, around),
        email=own.email,
        eligibility_description=getattr(own, "audience", ""),
        assured_date=checked,
        last_modified=asset.updated_at,
    )


def _service_anywhere(asset, around):
    """All of a service but where it is, and what it gives in words of its own."""
    uid = service_id(asset)
    own_words = [row.text for row in around.gifts[asset.pk] if row.text]
    gifts = parts.gift_attributes(uid, "service", asset, around)
    return _service(asset, around) | filled(
        description="\n".join(filter(None, [asset.summary, *own_words])),
        phones=parts.phones(uid, asset),
        schedules=parts.schedules(uid, asset),
        service_areas=parts.service_areas(uid, asset),
        languages=parts.languages(uid, asset, around),
        organization=_with_contacts(asset, around),
        attributes=gifts + parts.choice_attributes(uid, "service", asset),
    )


def service_at_location(at, around):
    return _at(at) | {"location": location(at.place), "service": service(at.asset, around)}


def whole_service_at_location(at, around):
    """Both ends whole; `around` holds both."""
    return _at(at) | {
        "location": whole_location(at.place, around),
        "service": _service_anywhere(at.asset, around),
    }


def _at(at):
    keys = {"service_id": service_id(at.asset), "location_id": location_id(at.place)}
    return {"id": at.id, **keys} | filled(description=at.note)


def _page(asset, around):
    return around.root + asset.get_absolute_url()
