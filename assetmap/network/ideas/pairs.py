"""The two assets that a button on an idea is about, and what is decided of them."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmap.inventory.audience import Status
from assetmap.inventory.link_forms import NewLinkForm
from assetmap.inventory.models import Asset, Layer, Link

from ..models import Verdict
from ..names import willing_among

LATER = timedelta(days=30)


def pair_of(area, user, uids):
    """Return the two assets with these uids, the one with the lower key first.

    Raises ValidationError with a sentence where they are not two of the area that the user sees.
    """
    try:
        rows = Asset.objects.visible_to(user).filter(area=area, uid__in=uids)
        one, other = rows.order_by("pk")
    except (ValueError, ValidationError):  # not two, or no uid at all
        raise ValidationError(_("One of the two is not in the inventory any more.")) from None
    one.area = other.area = area
    return one, other


def refuse_stale(one, other):
    """Raise ValidationError with a sentence where the idea has been overtaken."""
    if any(asset.status != Status.ACTIVE for asset in (one, other)):
        raise ValidationError(_("One of the two is not in use any more."))
    residents = [asset.pk for asset in (one, other) if asset.layer == Layer.RESIDENT]
    if len(willing_among(residents)) < len(residents):
        raise ValidationError(_("One of the two is not suggested any more."))
    if Link.objects.of(one).filter(source__in=(one, other), target__in=(one, other)).exists():
        raise ValidationError(_("The two are tied already."))


def make_tie(one, other, user, tie):
    """Make a tie, `tie` as "kind:out" or "kind:back" read from `one`, by the rules of its form.

    Raises ValidationError with a sentence where it cannot be.
    """
    typed = {"tie": tie, "target": other.uid, "strength": Link.Strength.STEADY}
    form = NewLinkForm(typed, asset=one, user=user)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    try:
        with transaction.atomic():
            return form.save()
    except IntegrityError:  # somebody else made it in between
        raise ValidationError(_("The two are tied already.")) from None


def put_aside(one, other, user, until):
    """Suggest the tie no more: for good with until=None, or until a day."""
    decided = {"until": until, "by": user, "created_at": timezone.now()}
    Verdict.objects.update_or_create(one=one, other=other, defaults=decided)


def take_back(one, other):
    """Return whether the tie was put aside; from now on it may be suggested again."""
    gone, _rows = Verdict.objects.filter(one=one, other=other).delete()
    return bool(gone)


def in_a_while():
    return timezone.localdate() + LATER
