"""The mix that an address names: two to four assets of an area."""

from django.core.exceptions import ValidationError
from django.http import QueryDict

from .stories import may_be_part

FEWEST, MOST = 2, 4
FOUND = 10
LONGEST = 100  # letters that are looked for


def read_mix(query, area, user):
    """Return the assets that ?with= names, in their order, without those that mean nothing."""
    rows = may_be_part(user).filter(area=area)
    picked = []
    for uid in dict.fromkeys(query.getlist("with")[: 2 * MOST]):
        try:
            asset = rows.filter(uid=uid).first()
        except ValidationError:
            asset = None
        if asset is not None:
            asset.area = area
            picked.append(asset)
    return picked[:MOST]


def look_for(typed, area, user, picked):
    """Return what could be added to the mix, by words."""
    typed = typed.strip()[:LONGEST]
    if not typed:
        return []
    rows = may_be_part(user).filter(area=area).exclude(pk__in=[asset.pk for asset in picked])
    return list(rows.search(typed, area).names_first(typed)[:FOUND])


def as_query(assets):
    """Return the query of a mix."""
    query = QueryDict(mutable=True)
    query.setlist("with", [str(asset.uid) for asset in assets])
    return query.urlencode()
