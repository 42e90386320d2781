"""How far a run has come: a small file beside the database.

While an import is written nothing else can be written on SQLite, not even a number of rows; a
file can. Its time is the sign of life of whoever works on the run.
"""

import json
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from django.conf import settings

SILENT = 60  # seconds after which a worker is taken for dead
BEAT = 10  # seconds between two signs of life


def _path(run):
    folder = Path(settings.DATA_DIR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{run.uid}.json"


def tell(run, done, total):
    """Note that `done` of `total` rows are worked through."""
    path = _path(run)
    new = path.with_suffix(".new")
    new.write_text(json.dumps([done, max(total, done)]))
    new.replace(path)


def told(run):
    """Return (done, total), (0, 0) where nobody has told yet."""
    try:
        done, total = json.loads(_path(run).read_text())
    except (OSError, ValueError):
        return 0, 0
    return done, total


def is_alive(run):
    """Whether somebody has worked on the run within the last minute."""
    try:
        return time.time() - _path(run).stat().st_mtime < SILENT
    except OSError:
        return False


@contextmanager
def beating(run):
    """Give signs of life meanwhile: some steps of a big file tell nothing for minutes."""
    over = Event()
    thread = Thread(target=_beat, args=(run, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(run, over):
    while not over.wait(BEAT):
        _path(run).touch()


def forget(run):
    _path(run).unlink(missing_ok=True)
