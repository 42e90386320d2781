"""Working a large network out beside the site, by a process of its own, one for each network.

A small file for each network that is being worked out, whose time is the sign of life of whoever
does it. Its name is a digest, as in the cache.
"""

import hashlib
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from django.conf import settings

SILENT = 60  # seconds after which whoever works on it is taken for dead
BEAT = 10  # seconds between two signs of life
AT_ONCE = 2  # networks that are worked out at a time; others wait for their turn


def begin(seen):
    """Start to work out what a page needs of a network, unless somebody does or too many do."""
    if not _claimed(seen):
        return
    what = [seen.area.slug, seen.audience, "--day", seen.day]
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_networks", *what]
    subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603


@contextmanager
def beating(seen):
    """Give signs of life meanwhile.

    After a fault the last one stays, so that the next one who looks does not begin anew at once.
    """
    path, over = _path(seen), Event()
    path.touch()
    thread = Thread(target=_beat, args=(path, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    path.unlink(missing_ok=True)


def _beat(path, over):
    while not over.wait(BEAT):
        path.touch()


def _claimed(seen):
    """Whether it is now for this process to see to it."""
    path = _path(seen)
    for other in path.parent.iterdir():
        if not _is_alive(other):
            other.unlink(missing_ok=True)
    if sum(1 for _other in path.parent.iterdir()) >= AT_ONCE:
        return False
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _is_alive(path):
    try:
        return time.time() - path.stat().st_mtime < SILENT
    except OSError:  # it was just finished
        return False


def _path(seen):
    folder = Path(settings.DATA_DIR) / "network-work"
    folder.mkdir(parents=True, exist_ok=True)
    what = f"{seen.area.pk} {seen.audience} {seen.day}"
    return folder / hashlib.sha256(what.encode()).hexdigest()
