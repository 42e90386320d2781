"""The two sides of a meeting: who may propose one, who answers for a side, and who is named."""

from django.db.models import Q
from django.utils.translation import gettext as _

from assetmap.areas.roles import may_coordinate
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Layer
from residents.introductions import may_ask
from residents.models import Consent

from ..names import Named, unnamed

SIDES = ("one", "other")
OTHER = {"one": "other", "other": "one"}

may_propose = may_ask  # whoever may ask for an introduction may propose one for others


def agreed_to_meet():
    """The primary keys, as a query, of residents who agreed to be introduced."""
    agreed = Consent.objects.standing().filter(purpose=Consent.Purpose.INTRODUCE)
    return agreed.values("resident")


def may_meet(area, user):
    """Assets of an area that the user sees and that somebody can answer for.

    For a resident only she herself answers; for others an owner, else a coordinator.
    """
    seen = Asset.objects.visible_to(user).active().filter(area=area)
    can = ~Q(layer=Layer.RESIDENT) | Q(owner__is_active=True, pk__in=agreed_to_meet())
    return seen.filter(can)


def involving(user, area):
    """Return the Q of an area's meetings that the user proposed or answers for one side of."""
    found = Q(connector=user.pk)
    for side in SIDES:
        found |= Q(**{f"{side}__owner": user.pk})
        if may_coordinate(user, area):
            nobody = Q(**{f"{side}__owner": None}) | Q(**{f"{side}__owner__is_active": False})
            found |= nobody & ~Q(**{f"{side}__layer": Layer.RESIDENT})
    return found & Q(area=area)


def sides_of(meeting, user, coordinates):
    """Return the sides that the user answers for: none, "one", "other" or both."""
    return [side for side in SIDES if answers(getattr(meeting, side), user, coordinates)]


def answers(asset, user, coordinates):
    """Whether the user answers for an asset: its owner, else a coordinator on its behalf."""
    if asset.owner is not None and asset.owner.is_active:
        return asset.owner_id == user.pk
    return coordinates and asset.layer != Layer.RESIDENT


def why_closed(meeting, side):
    """Return why a side cannot say yes any more, in a sentence; empty if it can."""
    own, other = getattr(meeting, side), getattr(meeting, OTHER[side])
    if own.status != Status.ACTIVE:
        return _("Your page is not in use, so for now you can only say no.")
    if not _agrees(own):
        return _("You have chosen not to be introduced. Change that to say yes, or say no.")
    if other.status != Status.ACTIVE or not _agrees(other):
        return _("The other side cannot be introduced for now. You can wait, or say no.")
    return ""


def _agrees(asset):
    return asset.layer != Layer.RESIDENT or agreed_to_meet().filter(resident=asset.pk).exists()


def with_names(meetings, area, user):
    """Return the meetings, each with what its two are Named: `one_called` and `other_called`.

    A resident is named only to herself and to whoever proposed it, who saw her: the other side
    gets the name that she writes with her yes. What is not a person is named to who may see it.
    """
    keys = {pk for meeting in meetings for pk in (meeting.one_id, meeting.other_id)}
    seen = set(Asset.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    for meeting in meetings:
        for side in SIDES:
            setattr(meeting, f"{side}_called", _called(meeting, side, area, user, seen))
    return meetings


def _called(meeting, side, area, user, seen):
    asset = getattr(meeting, side)
    asset.area = area
    if asset.layer == Layer.RESIDENT and user.pk not in (asset.owner_id, meeting.connector_id):
        return unnamed(asset.pk)
    if asset.pk not in seen:
        return Named(asset.pk, "", _("somebody who is not shown"))
    return Named(asset.pk, asset.layer, asset.name, asset.get_absolute_url(), str(asset.uid))
