"""Plain functions that make the rows a test needs; every field has a sensible default."""

from itertools import count

from assetmap.areas.models import Address, Area, Membership, User
from assetmap.inventory.models import Gift, Link, Offering
from associations.models import Association
from institutions.models import Institution
from places.models import Place
from residents.models import Resident

_numbers = count(1)

SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[12.590, 55.645], [12.602, 55.645], [12.602, 55.660], [12.590, 55.660], [12.590, 55.645]]
    ],
}


def make_area(slug="urbanplanen", **fields):
    fields = {
        "name": slug.capitalize(),
        "latitude": 55.6525,
        "longitude": 12.5968,
        "boundary": SQUARE,
    } | fields
    return Area.objects.create(slug=slug, **fields)


def make_user(role=None, area=None, email=None, **fields):
    """A user; with a role, a member of the area."""
    user = User.objects.create_user(email or f"user{next(_numbers)}@example.org", **fields)
    if role:
        Membership.objects.create(user=user, area=area, role=role)
    return user


def make_admin():
    return User.objects.create_superuser(f"admin{next(_numbers)}@example.org")


def make_asset(model, area, name=None, **fields):
    return model.objects.create(
        area=area, name=name or f"{model.__name__} {next(_numbers)}", **fields
    )


def make_resident(area, name=None, **fields):
    return make_asset(Resident, area, name, **fields)


def make_association(area, name=None, **fields):
    return make_asset(Association, area, name, **fields)


def make_institution(area, name=None, **fields):
    return make_asset(Institution, area, name, **fields)


def make_place(area, name=None, **fields):
    fields = {"latitude": 55.6525, "longitude": 12.5968} | fields
    return make_asset(Place, area, name, **fields)


def make_link(source, target, kind="works_with", **fields):
    return Link.objects.create(source=source, target=target, kind=kind, **fields)


def make_offering(asset, code="FG7", mode="can", **fields):
    """A gift by its code in the vocabulary; code=None with text=… for own words."""
    gift = Gift.objects.get(code=code) if code else None
    offering = Offering.objects.create(asset=asset, gift=gift, mode=mode, **fields)
    asset.save()  # so that a search finds the asset by it
    return offering


def make_address(area, text="Remisevej 14, 2300 København S", **fields):
    fields = {"latitude": 55.648722, "longitude": 12.595484} | fields
    return Address.objects.create(area=area, text=text, **fields)
