"""Who may see what: the one gate that every output goes through."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assetmap.areas.roles import Role, areas_as


class Visibility(models.TextChoices):
    PUBLIC = "public", _("everybody")
    NEIGHBOURS = "neighbours", _("neighbours and partners who are signed in")
    PARTNERS = "partners", _("partners and coordinators")
    PRIVATE = "private", _("only the person and the coordinators")


class Status(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("waiting for the person's own yes")
    PENDING = "pending", _("waiting for a coordinator")
    ACTIVE = "active", _("in use")
    ARCHIVED = "archived", _("archived")


_READERS = {
    Visibility.NEIGHBOURS: (Role.RESIDENT, Role.PARTNER),
    Visibility.PARTNERS: (Role.PARTNER,),
}


def _level_q(user, prefix, area):
    """Rows whose visibility reaches this user by her role in the area."""
    seen = Q(**{f"{prefix}visibility": Visibility.PUBLIC})
    for level, roles in _READERS.items():
        if area_ids := areas_as(user, *roles):
            seen |= Q(**{f"{prefix}visibility": level, f"{area}__in": area_ids})
    return seen


def _coordinated_q(user, area):
    return Q(**{f"{area}__in": areas_as(user, Role.COORDINATOR)})


def _owned_q(user, prefix):
    return Q(**{f"{prefix}owner": user.pk}) if user.is_authenticated else Q(pk__in=[])


def editable_q(user, prefix=""):
    """Assets that the user may change: her own, and all in the areas she coordinates."""
    if user.is_superuser:
        return Q()
    return _coordinated_q(user, f"{prefix}area") | _owned_q(user, prefix)


def asset_q(user, prefix=""):
    """Assets that the user may see; `prefix` is the path to them, such as "source__"."""
    if user.is_superuser:
        return Q()
    in_use = Q(**{f"{prefix}status": Status.ACTIVE})
    return in_use & _level_q(user, prefix, f"{prefix}area") | editable_q(user, prefix)


def tally_q(user):
    """Counts of assets in use that the user may see by her role."""
    if user.is_superuser:
        return Q()
    return _level_q(user, "", "area") | _coordinated_q(user, "area")


def owned_only_q(user):
    """Assets that the user may see for no other reason than that they are hers."""
    return _owned_q(user, "") & ~tally_q(user)


def link_q(user):
    """Ties that the user may see: both ends must show, and the tie itself."""
    if user.is_superuser:
        return Q()
    own = _owned_q(user, "source__") | _owned_q(user, "target__")
    tie = _level_q(user, "", "source__area") | _coordinated_q(user, "source__area") | own
    return tie & asset_q(user, "source__") & asset_q(user, "target__")


def offering_q(user):
    """Gifts and wishes that the user may see."""
    if user.is_superuser:
        return Q()
    return offering_of_seen_q(user) & asset_q(user, "asset__")


def offering_of_seen_q(user):
    """The same among those of assets that are known to show to the user.

    A resident's gift that can reveal origin, religion or health, and words that wait for a
    coordinator, show only to those who may change the record.
    """
    if user.is_superuser:
        return Q()
    plain = Q(reveals=False, waiting=False)
    return plain | editable_q(user, "asset__") if user.is_authenticated else plain


def reaches(level, user, asset):
    """Whether a part of an asset that has a level of its own shows to this user.

    The asset itself must show to her too: a part never reaches further than the whole.
    """
    if asset.is_editable_by(user):
        return True
    roles = _READERS.get(level, ())
    return level == Visibility.PUBLIC or asset.area_id in areas_as(user, *roles)
