"""Rows of a run, some at a time."""

from itertools import islice

CHUNK = 1_000


def in_chunks(rows):
    """Yield the rows of a queryset as lists of at most CHUNK."""
    rows = rows.iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
