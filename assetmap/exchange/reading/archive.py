"""Zip files from strangers: workbooks, KMZ, tables of HSDS. Bombs are found before unpacking."""

import zipfile
import zlib
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from . import limits
from .sheet import Unreadable

BROKEN = _("The file is broken or cut off: save or download it once more.")
BOMB = _("The file unpacks to far more than it is: it is not opened.")
LOCKED = _("The file is protected by a password: save it without one.")
NESTED = _("There is an archive inside the archive: unpack it, and choose one file.")
ARCHIVES = (".zip", ".kmz", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def members(path):
    """Return {name: bytes it unpacks to} of a zip file. Raises Unreadable."""
    with faults(), zipfile.ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > limits.MEMBERS:
        raise Unreadable(BOMB)
    for info in infos:
        _check(info)
    limits.check_size(sum(info.file_size for info in infos))
    return {info.filename: info.file_size for info in infos}


def _check(info):
    if info.flag_bits & 1:
        raise Unreadable(LOCKED)
    if info.filename.lower().endswith(ARCHIVES):
        raise Unreadable(NESTED)
    big = info.file_size > 10 * limits.MB
    if big and info.file_size > limits.RATIO * info.compress_size:
        raise Unreadable(BOMB)


@contextmanager
def opened(path, name):
    """Open a member as bytes; it never yields more than it says. Raises Unreadable."""
    with faults(), zipfile.ZipFile(path) as archive, archive.open(name) as stream:
        yield stream


@contextmanager
def faults():
    """Say of what goes wrong in unpacking that the file is broken."""
    try:
        yield
    except FAULTS as fault:
        raise Unreadable(BROKEN) from fault
    except RuntimeError as fault:  # a password that the directory does not tell of
        raise Unreadable(LOCKED) from fault
