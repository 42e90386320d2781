"""The file of a backup: a zip whose manifest holds the length and the digest of all else in it.

    manifest.json               what it is, of which area, from when; see writing.write_backup
    data/<app>.<model>.jsonl    the rows of one table, one JSON object a line, in the rows' order
    files/<name>                photos

A file that is read may come from anywhere: nothing of it is unpacked under a name of its own
choosing, and all of it is measured and checked before anything is believed.
"""

import hashlib
import json
import struct
import zlib
from contextlib import contextmanager
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

FORMAT, VERSION = "assetmap backup of an area", 1
MANIFEST = "manifest.json"
CHUNK = 64 * 1024
# Rows squeeze to a tenth or so. 200 is far beyond, and far below what a zip bomb needs.
MOST_SQUEEZED = 200
SPARED = 1024**2  # bytes that may unpack from however little
LONGEST_MANIFEST = 64 * 1024**2  # bytes; a photo takes some 120
LONGEST_LINE = 32 * 1024**2  # bytes; a boundary of a whole municipality takes less
UNREADABLE = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),  # of a zip with a password, or on two disks
)


class NotRestorable(Exception):
    """A backup cannot be restored here; the text says why, and what to do."""


def member_of(model):
    return f"data/{model._meta.label_lower}.jsonl"


def member_of_file(name):
    return f"files/{name}"


def as_line(told):
    return json.dumps(told, ensure_ascii=False, cls=DjangoJSONEncoder).encode() + b"\n"


class Packing:
    """A backup that is being written, to a ZipFile."""

    def __init__(self, file):
        self.zip = file
        self.members = {}  # {name: {"bytes", "sha256"}}

    def add(self, name, chunks):
        """Write one member from an iterable of bytes."""
        size, digest = 0, hashlib.sha256()
        with self.zip.open(name, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.members[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def end(self, **told):
        """Write the manifest, the last member, and return it."""
        manifest = {"format": FORMAT, "version": VERSION, **told, "members": self.members}
        self.zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        return manifest


@contextmanager
def opened(path):
    """Open a backup and check all of it; raises NotRestorable with a sentence."""
    try:
        file = ZipFile(path)
    except OSError as error:
        raise NotRestorable(f"{path} cannot be read: {error.strerror}.") from None
    except UNREADABLE:
        raise NotRestorable(
            f"{path} is no backup: it is not a zip file, or only a part of one."
        ) from None
    with file:
        archive = Archive(file, path.stat().st_size)
        archive.check()
        yield archive


class Archive:
    """A backup that is being read."""

    def __init__(self, file, size):
        self.zip, self.size = file, size
        self.names = {info.filename for info in file.infolist()} - {MANIFEST}

    def check(self):
        """Read the manifest, then hold every member against it."""
        self._refuse_bombs()
        self.manifest = self._read_manifest()
        if self.names != set(self.manifest["members"]):
            raise NotRestorable("The backup does not hold just what its manifest says. Refused.")
        for name, said in self.manifest["members"].items():
            if self._digest(name) != said["sha256"]:
                raise NotRestorable(
                    f"“{name}” in the backup is damaged: its checksum differs. "
                    "Take another copy of the backup."
                )

    def rows(self, model):
        """Yield a table's rows as dicts; nothing for a table that the backup has not."""
        name = member_of(model)
        if name in self.names:
            with self.zip.open(name) as lines:
                for number, line in enumerate(_lines(lines, name), 1):
                    yield _as_dict(line, model._meta.pk.name, f"Line {number} of “{name}”")

    def open(self, name):
        return self.zip.open(name)

    def _refuse_bombs(self):
        infos = self.zip.infolist()
        unpacked = sum(info.file_size for info in infos)
        squeezed = {info.compress_type for info in infos} - {ZIP_STORED, ZIP_DEFLATED}
        twice = len(infos) != len({info.filename for info in infos})
        if unpacked > self.size * MOST_SQUEEZED + SPARED or squeezed or twice:
            raise NotRestorable(
                "This zip file is not packed as a backup is, and could fill the disk. Refused."
            )
        if any(_leads_elsewhere(info.filename) for info in infos):
            raise NotRestorable("A name in this zip file leads out of its folder. Refused.")

    def _read_manifest(self):
        try:
            with self.zip.open(MANIFEST) as file:
                manifest = json.loads(file.read(LONGEST_MANIFEST))
            known = _is_manifest(manifest)
        except (KeyError, TypeError, AttributeError, RecursionError, *UNREADABLE):
            known = False
        if not known:
            raise NotRestorable("This zip file is no backup of an area.")
        if manifest["version"] > VERSION:
            raise NotRestorable(
                f"The backup is of format {manifest['version']}, this site reads up to {VERSION}. "
                "Update the site, then restore."
            )
        return manifest

    def _digest(self, name):
        try:
            with self.zip.open(name) as member:
                return hashlib.file_digest(member, "sha256").hexdigest()
        except UNREADABLE:
            return None


def _is_manifest(told):
    return (
        told["format"] == FORMAT
        and isinstance(told["version"], int)
        and all(isinstance(said["sha256"], str) for said in told["members"].values())
        and all(isinstance(steps, list) for steps in told["migrations"].values())
    )


def _lines(file, name):
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise NotRestorable(f"A line of “{name}” is too long for a row. Refused.")
        yield line


def _as_dict(line, key, where):
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not (isinstance(told, dict) and isinstance(told.get(key), int | str)):
        raise NotRestorable(f"{where} is no row.")
    return told


def _leads_elsewhere(name):
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
