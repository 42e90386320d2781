"""Files of text: in which encoding they are, and that they are text at all."""

import codecs
import io
import re
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from .sheet import Unreadable

MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
CHUNK = 1 << 20
LOST = "\ufffd"
NOT_PRINTED = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
NOT_TEXT = _("This is neither a table nor a map file that can be read. %s")
SOME_LOST = _("Some characters could not be read and stand as “�”: look at the names.")


def encoding_of(opener):
    """Return (encoding for open(), whether some characters are lost) of what `opener()` opens.

    A file that is UTF-8 but for a few bytes stays UTF-8: as Windows-1252 all its letters would
    be wrong. Text in Windows-1252 holds next to nothing that is valid in UTF-8.
    """
    with opener() as stream:
        head = stream.read(4096)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, False
    if encoding := _wide(head):
        return encoding, False
    good, lost = _letters(opener)
    return ("utf-8", bool(lost)) if lost <= good // 4 else ("cp1252", False)


def _wide(head):
    """UTF-16 without a mark: every other byte of Latin letters is 0."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and odd > 4 * even:
        return "utf-16-le"
    if even > len(head) // 5 and even > 4 * odd:
        return "utf-16-be"
    return ""


def _letters(opener):
    """Count what is beyond ASCII when read as UTF-8: (letters, places that are no letters)."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = lost = 0
    with opener() as stream:
        while chunk := stream.read(CHUNK):
            text = decoder.decode(chunk)
            beyond, unread = len(text) - len(text.encode("ascii", "ignore")), text.count(LOST)
            lost, good = lost + unread, good + beyond - unread
    return good, lost + decoder.decode(b"", True).count(LOST)


@contextmanager
def text_stream(opener, encoding):
    """Open as text; what is wrong in it reads as “�”, and line ends stay as they are."""
    with (
        opener() as stream,
        io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text,
    ):
        yield text


def check_text(head):
    """Raise Unreadable if the first letters of a file are no text."""
    if len(NOT_PRINTED.findall(head)) > len(head) // 50:
        raise Unreadable(NOT_TEXT % readable())


def readable():
    """Return the sentence that says what can be read."""
    return _(
        "What can be read: CSV, Excel (.xlsx), GeoJSON, KML, KMZ, GPX, uMap,"
        " OpenStreetMap (.osm, .osm.pbf, Overpass) and HSDS."
    )
