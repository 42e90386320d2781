"""Two records of one and the same thing become one; nothing is deleted, and it can be undone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmap.inventory.audience import Status, Visibility
from assetmap.inventory.models import Asset, Layer, Link, layer_models

from ..models import Merge
from .choices import CHANGES_PLACES, choices_of
from .rows import rows_between


def hold(**which):
    """Hold assets until the transaction ends, so that nobody else writes to them meanwhile."""
    list(Asset.objects.select_for_update().filter(**which).order_by("pk"))


def refuse_pair(kept, gone):
    """Raise ValidationError with a sentence if these two are not to be merged."""
    if kept.pk == gone.pk:
        raise ValidationError(_("This is one and the same record. Choose another one."))
    if Layer.RESIDENT in (kept.layer, gone.layer):
        raise ValidationError(_("A person’s record is her own. It is merged with no other."))
    if (kept.area_id, kept.layer) != (gone.area_id, gone.layer):
        raise ValidationError(_("Choose two records of the same layer and the same area."))
    if kept.status != Status.ACTIVE:
        raise ValidationError(
            _("“%s” is not in use. Keep the other one, or put it in use first.") % kept
        )
    if gone.status not in (Status.ACTIVE, Status.PENDING):
        raise ValidationError(_("“%s” is in the archive. Bring it back first.") % gone)


@transaction.atomic
def merge(kept, gone, taken, user):
    """Make one record of two assets of a layer; return the Merge.

    The kept one gets the other's rows, and what the other says for the choices named in `taken`
    (see choices.py). The other one goes to the archive. Raises ValidationError with a sentence
    if the two are not to be merged, or if what was chosen does not go together.
    """
    hold(pk__in=[kept.pk, gone.pk])
    kept, gone = _fresh(kept), _fresh(gone)
    refuse_pair(kept, gone)
    done = Merge(area=kept.area, user=user, kept_id=kept.pk, gone_id=gone.pk)
    done.gone_status, gone.status = gone.status, Status.ARCHIVED
    done.moved = {rows.kind: rows.move() for rows in rows_between(gone, kept)}
    revealed = kept.reveals
    done.fields = _take(kept, gone, taken)
    _save(kept, gone)
    done.hidden = _hide_ties(done, kept, gone, revealed)
    done.save()
    return done


def _fresh(asset):
    return layer_models()[asset.layer].objects.select_related("area").get(pk=asset.pk)


def _take(kept, gone, taken):
    """Write on the kept one what was taken; return {choice: [before, after]}."""
    changed = {}
    for choice in choices_of(type(kept)):
        before, after = choice.values(kept), choice.values(gone)
        if choice.name in taken and before != after:
            changed[choice.name] = [before, after]
            choice.write(kept, after)
            if choice.name in CHANGES_PLACES:
                choice.write(gone, before)
    return changed


def _save(kept, gone):
    """Save both as a new version; raise ValidationError if what the kept one says cannot be."""
    kept.prepare().clean()
    kept.validate_unique()
    kept.validate_constraints(exclude=["source_id"])  # which may still stand on the other one
    for asset in (kept, gone):
        asset.version += 1
        asset.updated_at = timezone.now()
    Asset.objects.filter(pk=gone.pk).update(source_id="")
    kept.save()
    gone.save()


def _hide_ties(done, kept, gone, revealed):
    """Hide ties to people that newly would reveal something; return {pk: visibility before}."""
    if not kept.reveals:
        return {}
    ties = Link.objects.of(kept).about_people().exclude(visibility=Visibility.PRIVATE)
    moved = done.moved["inventory.link.source"]
    if revealed:
        ties = ties.filter(pk__in=moved)
    if gone.reveals:
        ties = ties.exclude(pk__in=moved)
    hidden = dict(ties.values_list("pk", "visibility"))
    Link.objects.filter(pk__in=hidden).update(visibility=Visibility.PRIVATE)
    return hidden


@transaction.atomic
def undo(merge):
    """Make two records of one again; return the names of what had to stay as it is now.

    That is what was changed since, and rows that would stand twice. Raises ValidationError with
    a sentence if it is undone already, or if a later merging must be undone first.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    hold(pk__in=[merge.kept_id, merge.gone_id])
    _refuse_undo(merge)
    kept, gone = _fresh(merge.kept), _fresh(merge.gone)
    left = _give_back_rows(merge, kept, gone) + _give_back_fields(merge, kept, gone)
    if gone.status == Status.ARCHIVED:
        gone.status = merge.gone_status
    _save(kept, gone)
    _show_ties(merge, kept, gone)
    _forget(merge)
    return left


def _refuse_undo(merge):
    if merge.undone_at:
        raise ValidationError(_("This is undone already."))
    touching = Merge.objects.in_force().touching(merge.kept_id, merge.gone_id)
    if later := touching.filter(pk__gt=merge.pk).first():
        raise ValidationError(
            _("Later “%(gone)s” was merged into “%(kept)s”. Undo that first.")
            % {"gone": later.gone, "kept": later.kept}
        )


def _give_back_rows(merge, kept, gone):
    stays = []
    for rows in rows_between(kept, gone):
        rows = rows.only(merge.moved.get(rows.kind, []))
        rows.move()
        stays += [str(rows.label)] if rows.left else []
    return stays


def _give_back_fields(merge, kept, gone):
    stays = []
    for choice in choices_of(type(kept)):
        if choice.name not in merge.fields:
            continue
        before, after = merge.fields[choice.name]
        swapped = choice.name in CHANGES_PLACES
        if choice.values(kept) != after or swapped and choice.values(gone) != before:
            stays.append(str(choice.label))
            continue
        choice.write(kept, before)
        if swapped:
            choice.write(gone, after)
    return stays


def _show_ties(merge, kept, gone):
    """Give ties their audience back, unless somebody changed it or they still reveal something."""
    revealing = [asset.pk for asset in (kept, gone) if asset.reveals]
    ties = Link.objects.filter(visibility=Visibility.PRIVATE)
    ties = ties.exclude(source__in=revealing).exclude(target__in=revealing)
    for level in set(merge.hidden.values()):
        keys = [key for key, was in merge.hidden.items() if was == level]
        ties.filter(pk__in=keys).update(visibility=level)


def _forget(merge):
    """Keep that it happened, and none of what the two said."""
    merge.fields, merge.moved, merge.hidden = {}, {}, {}
    merge.undone_at = timezone.now()
    merge.save()
