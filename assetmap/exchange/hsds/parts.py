"""The small tables of the standard that hang on a record: addresses, phones, terms and so on."""

import re

from django.utils.translation import gettext as _

from . import rows, terms
from .ids import part_id

TOWN = re.compile(r"(?P<street>.+?)[,\s]+(?P<code>\d{4})\s+(?P<town>\D.*)")
COUNTRY = "DK"


def filled(**values):
    """Leave out what is empty: the standard takes no null."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def addresses(asset):
    """The address as the standard cuts it up; what is not in the text is the area's, or empty."""
    if not asset.address:
        return []
    area = asset.area
    found = TOWN.fullmatch(asset.address)
    street, code, town = found.groups() if found else (asset.address, "", area.municipality)
    address = {
        "id": part_id(asset.uid, "address"),
        "address_1": street,
        "city": town,
        "state_province": area.municipality,
        "postal_code": code,
        "country": COUNTRY,
        "address_type": "physical",
    }
    return [address]


def phones(uid, asset):
    number = asset.child.phone
    return [{"id": part_id(uid, "phone"), "number": number}] if number else []


def identifiers(asset):
    """The company number, under the name that org-id.guide has for its register."""
    if not asset.child.cvr:
        return []
    number = {
        "id": part_id(asset.uid, "cvr"),
        "organization_id": asset.uid,
        "identifier_scheme": "DK-CVR",
        "identifier_type": "CVR",
        "identifier": asset.child.cvr,
    }
    return [number]


def schedules(uid, asset):
    """When it meets or is open, in the words that stand there, and where to book."""
    link = getattr(asset.child, "booking_url", "")
    said = filled(description=getattr(asset.child, rows.TIMES[asset.layer]), schedule_link=link)
    return [{"id": part_id(uid, "schedule"), **said}] if said else []


def languages(uid, asset, around):
    return [
        {"id": part_id(uid, "language", spoken.code), "name": str(spoken), "code": spoken.code}
        for spoken in around.languages[asset.pk]
    ]


def accessibility(asset):
    label = asset.child.get_wheelchair_display()
    if not label:
        return []
    return [
        {
            "id": part_id(asset.uid, "wheelchair"),
            "description": _("Wheelchair access: %s") % label,
        }
    ]


def room_for(people):
    return _("Room for %s.") % people if people else ""


def service_areas(uid, asset):
    return [{"id": part_id(uid, "area"), "name": asset.area.name}]


def gift_attributes(uid, entity, asset, around):
    """The gifts of the vocabulary that the asset gives; link_type says how: can or teach."""
    return [
        _attribute(uid, entity, terms.of_gift(row.gift), row.mode, row.note)
        for row in around.gifts[asset.pk]
        if row.gift_id
    ]


def choice_attributes(uid, entity, asset):
    """What the asset is, by the choices of its layer; link_type is the field."""
    chosen = [(f, getattr(asset.child, f.name)) for f in terms.fields_of(asset.layer)]
    return [
        _attribute(uid, entity, terms.of_choice(asset.layer, field, value), field.name)
        for field, value in chosen
        if value
    ]


def _attribute(uid, entity, term, link_type, value=""):
    return {
        "id": part_id(uid, "attribute", link_type, str(term.id)),
        "link_id": uid,
        "link_entity": entity,
        "link_type": link_type,
        **filled(value=value),
        "taxonomy_term_id": term.id,
        "taxonomy_term": term.record(),
    }
