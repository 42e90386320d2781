"""Taking an import back: what it made goes, what it changed becomes as it was."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from assetmap.inventory.audience import Status
from assetmap.inventory.loader import reindex
from assetmap.inventory.models import Asset, Link, Offering, Proposal, SpokenLanguage

from ..batches import batches
from ..merging.merge import hold
from ..merging.rows import keys_to
from ..models import Import, ImportRow, Merge
from . import fields
from .chunks import CHUNK, in_chunks
from .compare import with_rows
from .write import BESIDE, apply, save

MADE = (Offering, SpokenLanguage)  # rows beside an asset that come with it

Outcome, What = ImportRow.Outcome, ImportRow.What


def undo(run):
    """Take a done run back; to be called in a transaction. What had to stay is in `run.said`.

    Something that was changed since, or into which another record was merged, stays as it is;
    something new that others have built on is put in the archive.
    """
    _drop(run, Link, "links")
    _drop(run, Offering, "gifts")
    left = _undo_changes(run)
    archived, merged = _undo_new(run)
    run.state, run.said = Import.State.UNDONE, _said(left + merged, archived)
    run.save(update_fields=["state", "said"])


def _drop(run, model, name):
    """Delete the ties or gifts that the run made, and let searches forget the gifts."""
    rows = run.rows.filter(made__has_key=name).order_by("pk")
    for chunk in in_chunks(rows):
        keys = [key for row in chunk for key in row.made[name]]
        for part in batches(keys, CHUNK):
            model.objects.filter(pk__in=part).delete()
        if model is Offering:
            reindex({row.asset_id for row in chunk if row.asset_id})


def _undo_changes(run):
    """Give changed assets their fields back; return how many were changed since, and stay."""
    left, now = 0, timezone.now()
    rows = run.rows.filter(what=What.ASSET, outcome=Outcome.CHANGED)
    for chunk in in_chunks(rows.order_by("pk")):
        keys = [row.asset_id for row in chunk]
        hold(pk__in=keys)
        assets = with_rows(keys)
        restored = []
        for row in chunk:
            asset = assets.get(row.asset_id)
            if asset is None or asset.version != row.made.get("version"):
                left += 1
                continue
            _restore(asset, row, now)
            restored.append(asset.child)
        save(restored)
        reindex([asset.pk for asset in restored])
    return left


def _restore(asset, row, now):
    before = {name: old for name, (old, _new) in row.changes.items() if name not in BESIDE}
    apply(asset.child, before, now)
    if "languages" in row.changes:
        old, new = row.changes["languages"]
        SpokenLanguage.objects.filter(asset=asset, code__in=set(new) - set(old)).delete()


def _undo_new(run):
    """Delete what the run brought in; return how many are archived instead, and how many stay."""
    archived = stay = 0
    rows = run.rows.filter(what=What.ASSET, outcome=Outcome.NEW, asset__isnull=False)
    for chunk in in_chunks(rows.order_by("pk")):
        keys = {row.asset_id for row in chunk}
        hold(pk__in=keys)
        merged, used = _merged(keys), _used(keys)
        _archive(used - merged)
        archived, stay = archived + len(used - merged), stay + len(merged)
        unused = keys - used - merged
        run.rows.filter(asset__in=unused).update(asset=None)
        _delete(unused)
    return archived, stay


def _delete(keys):
    """Delete assets; the layers' own rows first, as Django would ask for each one's base row."""
    for model in fields.importable().values():
        rows = model._base_manager.filter(pk__in=keys)
        rows._raw_delete(rows.db)
    Asset.objects.filter(pk__in=keys).delete()


def _archive(keys):
    rows = Asset.objects.filter(pk__in=keys)
    rows.update(status=Status.ARCHIVED, updated_at=timezone.now(), version=F("version") + 1)


def _merged(keys):
    """Those of new assets that stand for another record too, which would be out of sight."""
    merges = Merge.objects.in_force().filter(kept__in=keys)
    return set(merges.values_list("kept", flat=True))


def _used(keys):
    """Those of new assets that somebody has changed, or built on, since."""
    changed = Asset.objects.filter(pk__in=keys, version__gt=1)
    used = set(changed.values_list("pk", flat=True))
    for key in _keys_of_others():
        rows = key.model._base_manager.filter(**{f"{key.name}__in": keys})
        used.update(rows.values_list(key.attname, flat=True))
    return used


def _keys_of_others():
    """The keys by which rows that no import makes belong to an asset: ties, figures …"""
    keys = {key for model in fields.importable().values() for key in keys_to(model)}
    keys |= {Link._meta.get_field("source"), Link._meta.get_field("target")}
    keys.add(Proposal._meta.get_field("asset"))
    return [key for key in keys if key.model not in MADE]


def _said(left, archived):
    sentences = []
    if left:
        sentences.append(
            ngettext(
                "%(n)s record was changed since, and stays as it is.",
                "%(n)s records were changed since, and stay as they are.",
                left,
            )
            % {"n": left}
        )
    if archived:
        sentences.append(
            ngettext(
                "%(n)s new record is in use by now, and is archived instead of removed.",
                "%(n)s new records are in use by now, and are archived instead of removed.",
                archived,
            )
            % {"n": archived}
        )
    return " ".join(sentences) or gettext("Everything is as it was before.")
