"""Likely doubles, decided by hand: the same as what is there, or another one."""

from django.db import transaction

from assetmap.inventory.loader import update_rows
from assetmap.inventory.models import Gift

from ..models import Import, ImportRow
from . import stage
from .compare import tie_changes, with_rows
from .count import count

CHUNK = 500
FIELDS = ["apart", "asset", "changes", "problems", "outcome", "values"]


@transaction.atomic
def decide(run, choices):
    """Say of rows which asset they are, or that they are others: {row's key: asset's key or 0}.

    A choice that was not offered, or an asset that another row is already, changes nothing; nor
    does any choice once the rows are being written.
    """
    if not _held(run):
        return
    gifts = Gift.objects.by_word()
    taken = dict(run.rows.filter(asset__isnull=False).values_list("asset", "pk"))
    keys = list(choices)
    for start in range(0, len(keys), CHUNK):
        rows = run.rows.filter(pk__in=keys[start : start + CHUNK], what=ImportRow.What.ASSET)
        rows = list(rows.exclude(likely=[]))
        assets = with_rows([choices[row.pk] for row in rows if choices[row.pk]])
        for row in rows:
            _decide(row, assets.get(choices[row.pk]), taken, gifts)
        update_rows(ImportRow, rows, FIELDS)
    count(run)
    run.save(update_fields=["counts"])


def _held(run):
    """Hold a checked run until the transaction ends, so that nobody begins to write it."""
    runs = Import.objects.select_for_update()
    return runs.filter(pk=run.pk, state=Import.State.CHECKED).first()


def _decide(row, asset, taken, gifts):
    offered = {one["asset"] for one in row.likely}
    if asset and (asset.pk not in offered or taken.get(asset.pk, row.pk) != row.pk):
        return
    taken.pop(row.asset_id, None)
    row.apart, row.asset, row.changes = asset is None, asset, {}
    row.problems = [p for p in row.problems if p[0] not in ("other_layer", "archived")]
    if asset:
        taken[asset.pk] = row.pk
        stage.compare(row, asset, gifts)
    else:
        row.outcome = ImportRow.Outcome.NEW
        row.values.pop("version", None)
    if asset and row.values.get("links"):
        row.changes["ties"] = tie_changes(row.values["links"])
        row.outcome = ImportRow.Outcome.CHANGED
