"""Moderation by trust: where the area has it so, new words wait until a coordinator has seen them.

Only what others would newly read waits. Taking words away, and all that is no words, is at once.
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Membership
from assetmap.areas.roles import may_coordinate

from .audience import Status, Visibility
from .models import Asset, Layer, Proposal

# What is in the archive comes back without asking, so its words are held as well.
LET_IN = (Status.ACTIVE, Status.ARCHIVED)

WHOLE_WAITS = _("Others see it when a coordinator has looked at it. It waits until then.")
WORDS_WAIT = _("Your new words wait until a coordinator has seen them. The rest is changed now.")


# Waiting


def must_wait(asset, user):
    """Whether new words of this user wait for a coordinator."""
    return asset.area.moderated and not may_coordinate(user, asset.area)


def hold_newly_shown(asset, user, was):
    """Let a record wait whose visibility `was` private and is wider now; return whether it does.

    All its words are new to others. To be called when the asset is saved.
    """
    widened = was == Visibility.PRIVATE and asset.visibility != Visibility.PRIVATE
    if not (widened and asset.status in LET_IN and must_wait(asset, user)):
        return False
    asset.status = Status.PENDING
    Asset.objects.filter(pk=asset.pk).update(status=asset.status)
    return True


def words_wait(asset, user, was):
    """Whether new words in a record wait: if others saw it, and go on seeing it."""
    stays_shown = Visibility.PRIVATE not in (was, asset.visibility)
    return stays_shown and asset.status in LET_IN and must_wait(asset, user)


def hold_words(asset, user, before, was):
    """Keep new words as proposals and put back what stood there; return whether some wait.

    `before` are the texts that were changed, as {field: what stood there}; the asset is not
    saved. Whatever the user proposed for these fields earlier goes: she has written anew.
    """
    asset.proposals.filter(by=user, field__in=before).delete()
    if not words_wait(asset, user, was):
        return False
    held = {field: getattr(asset, field) for field in before if getattr(asset, field)}
    Proposal.objects.bulk_create(
        Proposal(asset=asset, by=user, field=field, text=text) for field, text in held.items()
    )
    for field in held:
        setattr(asset, field, before[field])
    return bool(held)


def propose(asset, user, text, field=""):
    """Keep words of somebody who may not write; the same words twice are kept once."""
    by = user if user.is_authenticated else None
    same = Proposal.objects.filter(asset=asset, by=by, field=field)
    if by and field:
        same.exclude(text=text).delete()
    if not same.filter(text=text).exists():
        Proposal.objects.create(asset=asset, by=by, field=field, text=text)


def proposals_shown(asset, user):
    """What waits for the asset: all of it for a coordinator, her own words for whoever wrote."""
    if may_coordinate(user, asset.area):
        return asset.proposals.all()
    return asset.proposals.filter(by=user.pk) if user.is_authenticated else []


def told(asset):
    """Return the texts of an asset that others would read, as [(label, text), …]."""
    own = asset.child
    rows = [(own._meta.get_field(name), getattr(own, name)) for name in own.told_fields]
    return [(field.verbose_name, text) for field, text in rows if text]


# Deciding


def let_in(asset, as_neighbour=False):
    """Put a waiting record in use with all its words; `as_neighbour` gives its owner that role."""
    asset.offerings.update(waiting=False)
    Asset.objects.filter(pk=asset.pk).update(status=Status.ACTIVE, updated_at=timezone.now())
    _refresh_search(asset)
    if as_neighbour and asset.layer == Layer.RESIDENT and asset.owner:
        role = {"role": Membership.Role.RESIDENT}
        Membership.objects.get_or_create(user=asset.owner, area=asset.area, defaults=role)


def turn_down(asset):
    """Archive a waiting record. It is private then, or its owner could just bring it back."""
    Asset.objects.filter(pk=asset.pk).update(
        status=Status.ARCHIVED, visibility=Visibility.PRIVATE, updated_at=timezone.now()
    )


def use(proposal):
    """Write the words where they belong; raise ValidationError if they cannot stand there."""
    asset = proposal.asset.child
    field = asset._meta.get_field(proposal.field)
    setattr(asset, field.name, field.clean(proposal.text, asset))
    asset.version += 1
    asset.updated_at = timezone.now()
    asset.save()
    proposal.delete()


def accept(asset, rows):
    """Show gifts and wishes that waited, and make the asset findable by them."""
    rows.update(waiting=False)
    _refresh_search(asset)


def _refresh_search(asset):
    asset.child.save(update_fields=["search_text"])
