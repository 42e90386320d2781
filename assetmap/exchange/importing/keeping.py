"""What is kept of an import, and for how long: `manage.py tidy` sees to it every day."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from ..models import Import, ImportRow
from . import progress

KEPT = timedelta(days=30)  # unfinished imports, and what each row of the others did
OVER = (Import.State.DONE, Import.State.UNDONE)
TOLD = Q(asset=None) | ~Q(values={})  # rows that still tell what they did


def files_left_over():
    """Imports that are over and still have a file: it was dropped when one was written."""
    return Import.objects.filter(state__in=OVER).exclude(file="")


def drop_file(run):
    """The file goes once it is settled that nothing names it any more."""
    storage, name = run.file.storage, run.file.name
    Import.objects.filter(pk=run.pk).update(file="")
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def unfinished():
    begun = Import.objects.filter(created_at__lte=timezone.now() - KEPT)
    return begun.exclude(state__in=OVER)


def drop(run):
    drop_file(run)
    progress.forget(run)
    run.delete()


def tells_of_rows(run):
    """Whether it can still be told, and undone, what each row did."""
    return run.rows.filter(TOLD).exists()


def long_over():
    over = Import.objects.filter(state__in=OVER, done_at__lte=timezone.now() - KEPT)
    return over.filter(Exists(ImportRow.objects.filter(TOLD, run=OuterRef("pk"))))


def forget_rows(run):
    """Keep only which asset a row of the source was said to be, so that the next file knows it.

    An asset that came from this source knows that itself.
    """
    own = Q(asset__source=run.source, asset__source_id=F("key"))
    run.rows.filter(Q(asset=None) | own).delete()
    run.rows.update(name="", values={}, changes={}, made={}, problems=[], likely=[])
