"""An import from the upload to its end: every step of it, for the pages and the command alike."""

import hashlib
import logging
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmap.areas.validators import refuse_cpr

from ..models import Import, Mapping
from ..reading import open_file
from ..reading.sheet import Unreadable
from . import progress as bar
from . import stage as staging
from . import undo as undoing
from . import write as writing
from .count import count
from .guess import guess_sheets
from .survey import survey

BIG = 500_000  # bytes; a bigger file is worked on by a process of its own

logger = logging.getLogger(__name__)

State = Import.State
WORKED_ON = (State.CHECKING, State.WRITING)


def begin(area, user, file, filename, source="", licence=""):
    """Take a file in, and return the Import that understood it; its columns are guessed.

    Raises Unreadable, with a sentence for whoever chose the file; nothing is kept then.
    """
    filename = Path(filename).name[-200:] or "file"
    run = Import(area=area, user=user, filename=filename, source=source, licence=licence)
    run.file.save(f"{run.uid}{Path(filename).suffix[:10]}", file, save=False)
    try:
        with opened(run) as reading:
            run.understood = _without_cpr(survey(reading))
    except BaseException:
        run.file.delete(save=False)
        raise
    run.source = (source or Path(filename).stem)[:150]
    run.licence = (licence or run.understood["licence"])[:60]
    run.mapping = remembered(run) or guess_sheets(run.understood["sheets"])
    run.save()
    return run


@contextmanager
def opened(run):
    """Give the Reading of a run's file, from a copy on this machine if it lies elsewhere."""
    try:
        yield open_file(Path(run.file.path), run.filename)
    except NotImplementedError:  # a storage without paths
        with tempfile.NamedTemporaryFile(suffix=Path(run.filename).suffix) as copy:
            with default_storage.open(run.file.name) as file:
                copy.writelines(file.chunks())
            copy.flush()
            yield open_file(Path(copy.name), run.filename)


def _without_cpr(understood):
    """Leave out of what is kept every text that holds a CPR number."""
    if isinstance(understood, dict):
        return {_without_cpr(key): _without_cpr(part) for key, part in understood.items()}
    if isinstance(understood, list | tuple):
        return [_without_cpr(part) for part in understood]
    try:
        refuse_cpr(understood if isinstance(understood, str) else "")
    except ValidationError:
        return "…"
    return understood


def _columns(run):
    """A digest of the names of all columns: what a file of the same kind has too."""
    names = [[sheet["name"], sheet["columns"]] for sheet in run.understood["sheets"]]
    names = names if len(names) > 1 else names[0][1]  # a single sheet is often named by the file
    return hashlib.sha256(repr(names).encode()).hexdigest()


def remembered(run):
    """Return how the columns of such a file were matched in this area the last time, or None."""
    found = Mapping.objects.filter(area=run.area, columns=_columns(run)).first()
    return found and found.mapping


def match(run, mapping):
    """Keep how the columns are matched, and begin to read the rows."""
    run.rows.all().delete()
    run.mapping, run.state, run.counts, run.said = mapping, State.CHECKING, {}, ""
    run.worked_at = None
    run.save()
    Mapping.objects.update_or_create(
        area=run.area, columns=_columns(run), defaults={"mapping": mapping}
    )
    work(run)


def write(run):
    """Begin to write what a checked run's rows say."""
    begun = Import.objects.filter(pk=run.pk, state=State.CHECKED)
    if begun.update(state=State.WRITING, worked_at=None):
        run.refresh_from_db()
        work(run)


def work(run):
    """Do what a run's state asks for: at once, or by a process of its own if its file is big."""
    if run.state not in WORKED_ON or (run.worked_at and bar.is_alive(run)):
        return
    if run.file.size <= BIG:
        work_here(run)
        return
    bar.tell(run, *bar.told(run))
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_imports", str(run.uid)]
    subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603


def work_here(run):
    """Do it in this process, unless another does it already; a fault ends in words."""
    if not _claimed(run):
        return
    try:
        {State.CHECKING: _check, State.WRITING: _write}[run.state](run)
    except Unreadable as error:
        _fail(run, str(error))
    except IntegrityError:
        _fail(
            run,
            _(
                "The inventory changed while it was written. Nothing of it is kept: "
                "read the file again."
            ),
        )
    except Exception:  # a fault of ours: whoever looks after the site reads of it
        logger.exception("Import %s failed", run.uid)
        _fail(run, _("Something went wrong that should not. Nothing of it is written."))
    finally:
        bar.forget(run)


def _claimed(run):
    """Whether this process is the one that works on the run now."""
    mine = Import.objects.filter(pk=run.pk, state=run.state)
    if run.worked_at is None or not bar.is_alive(run):
        mine = mine.filter(worked_at=run.worked_at)
    else:
        mine = mine.none()
    claimed = mine.update(worked_at=timezone.now())
    run.refresh_from_db()
    return bool(claimed)


def _fail(run, sentence):
    Import.objects.filter(pk=run.pk).update(state=State.FAILED, said=sentence)
    run.refresh_from_db()


def _check(run):
    total = sum(sheet["rows"] for sheet in run.understood["sheets"])
    with opened(run) as reading:
        staging.stage(run, reading, lambda done: bar.tell(run, done, total))
    count(run)
    Import.objects.filter(pk=run.pk).update(state=State.CHECKED, counts=run.counts)
    run.refresh_from_db()


def _write(run):
    total = run.counts["new"] + run.counts["changed"]
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=run.pk)
        if held.state != State.WRITING:
            return
        writing.write(run, lambda done: bar.tell(run, done, total))
        count(run)
        run.state, run.done_at = State.DONE, timezone.now()
        run.save(update_fields=["state", "done_at", "counts"])
    run.file.delete(save=True)


def progress(run):
    """Return (done, total) of the step that is being worked on."""
    return bar.told(run)


def undo(run):
    """Take a done run back, as far as nobody has built on it since; see run.said."""
    with transaction.atomic():
        run = Import.objects.select_for_update().get(pk=run.pk)
        if run.state == State.DONE:
            undoing.undo(run)


def cancel(run):
    """Drop a run that is not written, with its file."""
    if run.state in (State.WRITING, State.DONE, State.UNDONE):
        return
    run.file.delete(save=False)
    bar.forget(run)
    run.delete()


def waiting():
    """Runs that want to be worked on, the oldest first."""
    return Import.objects.filter(state__in=WORKED_ON).order_by("created_at")
