"""JSON from strangers: looked through once, piece by piece, before anything is built of it."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

import ijson
from django.utils.translation import gettext_lazy as _

from . import limits
from .sheet import Unreadable
from .textfile import encoding_of, text_stream

BROKEN = _("The JSON in this file is broken or cut off: save or download it once more.")
TOO_DEEP = _("The JSON in this file is nested too deeply.")
TOO_MUCH = _("One thing in this file is too large: simplify its shape, or leave it out.")
OPENS = ("start_map", "start_array")
CLOSES = ("end_map", "end_array")
FAULTS = (ijson.JSONError, ValueError, OverflowError)


class Utf8:
    """A stream of text as the bytes in UTF-8 that ijson wants."""

    def __init__(self, text):
        self.text = text

    def read(self, size=-1):
        return self.text.read(size).encode("utf-8", "replace")


@dataclass
class Document:
    """A JSON file: `root` is "map", "array" or "value", `members` what a map has at its top.

    Members that are maps or arrays stand as None. `count` is how many values follow each other,
    of which the first is described.
    """

    opener: Callable
    encoding: str
    root: str = ""
    members: dict = field(default_factory=dict)
    count: int = 0

    @contextmanager
    def stream(self):
        with text_stream(self.opener, self.encoding) as text:
            yield Utf8(text)

    def items(self, prefix):
        """Yield the values at an ijson prefix, each built whole. Raises Unreadable."""
        with self.stream() as stream:
            try:
                yield from ijson.items(stream, prefix, use_float=True, multiple_values=True)
            except FAULTS as fault:
                raise Unreadable(BROKEN) from fault

    def member(self, name):
        """Return a member of the top, built whole, or None."""
        return next(self.items(name), None) if name in self.members else None


def look(opener):
    """Return the Document, after reading all of it once. Raises Unreadable.

    ijson keeps the path to each value, which grows with the square of the depth: hence a first
    reading without paths, that refuses what is too deep or too large to be built.
    """
    document = Document(opener, encoding_of(opener)[0])
    with document.stream() as stream:
        events = ijson.basic_parse(stream, use_float=True, multiple_values=True)
        try:
            for event, value in _bounded(events, document):
                _note(document, event, value)
        except FAULTS as fault:
            raise Unreadable(BROKEN) from fault
    if not document.root:
        raise Unreadable(BROKEN)
    return document


def _bounded(events, document):
    """Yield the events at the top; raise Unreadable below it for what is too deep or large."""
    depth = size = 0
    for event, value in events:
        size += 1
        if event in OPENS:
            depth += 1
        elif event in CLOSES:
            depth -= 1
            size = 0 if depth < 3 else size
        if depth > limits.DEPTH:
            raise Unreadable(TOO_DEEP)
        if size > limits.PIECE:
            raise Unreadable(TOO_MUCH)
        document.count += depth == 0
        if depth < 2 and not document.count:
            yield event, value


def _note(document, event, value):
    if not document.root:
        document.root = {"start_map": "map", "start_array": "array"}.get(event, "value")
    elif event == "map_key":
        document.members[value] = None
    elif document.members and event not in CLOSES:
        document.members[next(reversed(document.members))] = value
    if len(document.members) > limits.COLUMNS:
        raise Unreadable(TOO_MUCH)
