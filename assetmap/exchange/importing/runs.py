"""An import from the upload to its end: every step of it, for the pages and the command alike."""

import hashlib
import logging
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
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
MATCHABLE = (State.UPLOADED, State.CHECKED, State.FAILED)
WORKED_ON = (State.CHECKING, State.WRITING)


class Gone(Exception):
    """The run is not this process's any more: it was dropped, or another has taken it over."""


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
        run.source = (source or Path(filename).stem)[:150]
        run.licence = (licence or run.understood["licence"])[:60]
        run.mapping = remembered(run) or guess_sheets(run.understood["sheets"])
        run.save()
    except BaseException:
        run.file.delete(save=False)
        raise
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
    begun = {"state": State.CHECKING, "mapping": mapping, "counts": {}, "said": ""}
    with transaction.atomic():
        if _held(run, MATCHABLE) is None:
            return
        run.rows.all().delete()
        Import.objects.filter(pk=run.pk).update(worked_at=None, **begun)
        Mapping.objects.update_or_create(
            area=run.area, columns=_columns(run), defaults={"mapping": mapping}
        )
    _begin_work(run)


def write(run):
    """Begin to write what a checked run's rows say."""
    begun = Import.objects.filter(pk=run.pk, state=State.CHECKED)
    if begun.update(state=State.WRITING, worked_at=None):
        _begin_work(run)


def _held(run, states):
    """Return the run as it stands, held until the transaction ends; None in other states."""
    return Import.objects.select_for_update().filter(pk=run.pk, state__in=states).first()


def _begin_work(run):
    bar.forget(run)
    _read_again(run)
    work(run)


def work(run):
    """Do what a run's state asks for: at once, or by a process of its own if its file is big.

    Whoever looks at a run calls this again, as whoever worked on it may have died.
    """
    if run.state not in WORKED_ON or bar.is_alive(run):
        return
    bar.tell(run, *bar.told(run))  # so that the next one who looks begins nothing
    _let_go(run)
    if not _is_big(run):
        work_here(run)
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_imports", str(run.uid)]
    subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603


def _is_big(run):
    try:
        return run.file.size > BIG
    except (OSError, ValueError):  # it is gone: working on the run says so
        return False


def _let_go(run):
    """Take a run from whoever has died over it, so that it can be claimed anew."""
    _mine(run).update(worked_at=None)
    run.worked_at = None


def work_here(run):
    """Do it in this process, unless another does it already; a fault ends in words."""
    if not _claimed(run):
        return
    try:
        with bar.beating(run):
            {State.CHECKING: _check, State.WRITING: _write}[run.state](run)
    except Gone:
        _read_again(run)
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


def _mine(run):
    """The run, as a query that finds it only while nobody else has claimed or dropped it."""
    return Import.objects.filter(pk=run.pk, state=run.state, worked_at=run.worked_at)


def _claimed(run):
    """Whether this process is the one that works on the run now."""
    if run.state not in WORKED_ON or (run.worked_at and bar.is_alive(run)):
        return False
    claimed = _mine(run).update(worked_at=timezone.now())
    _read_again(run)
    return bool(claimed)


def _read_again(run):
    with suppress(Import.DoesNotExist):  # somebody dropped it
        run.refresh_from_db()


def _fail(run, sentence):
    _mine(run).update(state=State.FAILED, said=sentence)
    _read_again(run)


def _check(run):
    total = sum(sheet["rows"] for sheet in run.understood["sheets"])

    def tell(done):
        bar.tell(run, done, total)
        if not _mine(run).exists():
            raise Gone

    with opened(run) as reading:
        staging.stage(run, reading, tell)
    count(run)
    if not _mine(run).update(state=State.CHECKED, counts=run.counts):
        raise Gone
    run.refresh_from_db()


def _write(run):
    total = run.counts["new"] + run.counts["changed"]
    with transaction.atomic():
        if not _mine(run).select_for_update().first():
            raise Gone
        writing.write(run, lambda done: bar.tell(run, done, total))
        count(run)
        _mine(run).update(state=State.DONE, done_at=timezone.now(), counts=run.counts)
    run.file.delete(save=False)
    Import.objects.filter(pk=run.pk).update(file="")
    _read_again(run)


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
    with transaction.atomic():
        held = _held(run, (State.CHECKING, *MATCHABLE))
        if held is None:
            return
        held.delete()
    run.file.delete(save=False)
    bar.forget(run)


def waiting():
    """Runs that want to be worked on, the oldest first."""
    return Import.objects.filter(state__in=WORKED_ON).order_by("created_at")
