"""Files from outside, whatever their format, as sheets of rows."""

import re
from functools import partial
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import (
    archive,
    delimited,
    extract,
    geojson,
    gpx,
    hsds,
    jsonfile,
    kml,
    limits,
    overpass,
    textfile,
    umap,
    workbook,
    xmlfile,
)
from .sheet import Reading, Unreadable

JSON = re.compile(r"[\[{]\s*[\"\[{\]}]")  # how it starts, and a table never
XML = {"kml": kml.read, "gpx": gpx.read}
MAPS = (".kml", ".gpx", ".osm", ".geojson", ".json", ".geojsonl", ".ndjson", ".umap", ".xml")
WEB_PAGE = _("This is a web page, not the file that it tells of: download the file itself.")
OLD_EXCEL = _(
    "This is an old Excel file (.xls), or one with a password:"
    " save it as .xlsx without a password, or as CSV."
)
OPEN_DOCUMENT = _("This is an OpenDocument spreadsheet: save it as .xlsx or as CSV.")
PACKED = _("This is a packed file: unpack it, and choose the file inside.")
NOT_AS_NAMED = _("The file is not what its name says (%s), or it is broken.")
OTHER = {
    b"\xd0\xcf\x11\xe0": OLD_EXCEL,
    b"\x1f\x8b": PACKED,
    b"BZh": PACKED,
    b"7z\xbc\xaf": PACKED,
    b"Rar!": PACKED,
    b"\xfd7zXZ": PACKED,
    b"\x28\xb5\x2f\xfd": PACKED,
}


def open_file(path: Path, filename: str) -> Reading:
    """Return the Reading of a file at a Path, which its sender called `filename`.

    What the file holds decides, not its name. It is read through once, so that `Sheet.rows()`
    of it has no surprises but for single rows. Raises Unreadable with a sentence for the sender.
    """
    limits.check_size(path.stat().st_size)
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip(b"\0 \t\r\n"):
        raise Unreadable(delimited.EMPTY)
    reason = next((said for magic, said in OTHER.items() if head.startswith(magic)), None)
    if reason:
        raise Unreadable(reason)
    return _read(path, Path(filename), head)


def _read(path, named, head):
    if head.startswith(b"PK"):
        return _zip(path, named.stem)
    if head[4:8] == b"\x0a\x09OS":
        return extract.read(path, _stem(named), "pbf")
    return _text(path, named, head)


def _stem(named):
    return named.name.removesuffix(".pbf").removesuffix(".osm")


def _zip(path, name):
    members = archive.members(path)
    if "xl/workbook.xml" in members:
        return workbook.read(path, members)
    documents = sorted(one for one in members if one.lower().endswith(".kml"))
    if documents:
        main = "doc.kml" if "doc.kml" in documents else documents[0]
        return kml.read(partial(archive.opened, path, main), name, "kmz")
    if hsds.is_package(members):
        return hsds.read_package(path, members)
    raise Unreadable(OPEN_DOCUMENT if "content.xml" in members else PACKED)


def _text(path, named, head):
    opener = partial(path.open, "rb")
    encoding, _lost = textfile.encoding_of(opener)
    with textfile.text_stream(opener, encoding) as stream:
        start = stream.read(1000).replace("\0", "").lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _xml(path, opener, named, start)
    if JSON.match(start):
        return _json(path, opener, named)
    if named.suffix.lower() in MAPS:
        raise Unreadable(NOT_AS_NAMED % named.suffix)
    return delimited.read(opener, named.stem)


def _xml(path, opener, named, start):
    if "<html" in start.lower() or "<!doctype html" in start.lower():
        raise Unreadable(WEB_PAGE)
    root = xmlfile.root_of(opener)
    if root == "osm":
        return extract.read(path, _stem(named), "osm")
    if root in XML:
        return XML[root](opener, named.stem)
    raise Unreadable(textfile.NOT_TEXT % textfile.readable())


def _json(path, opener, named):
    document, size = jsonfile.look(opener), path.stat().st_size
    members = document.members
    if umap.is_umap(members):
        return umap.read(document, named.stem, size)
    if "elements" in members:
        return overpass.read(document, named.stem)
    if geojson.is_geojson(members) or "features" in members:
        return geojson.read(document, named.stem)
    if hsds.is_hsds(document, named.stem):
        return hsds.read_json(document, named.stem, size)
    raise Unreadable(textfile.NOT_TEXT % textfile.readable())
