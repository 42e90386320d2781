"""Rows of a run, some at a time."""

from ..batches import batches

CHUNK = 3_000


def in_chunks(rows):
    """Return the rows of a queryset as lists of at most CHUNK."""
    return batches(rows.iterator(CHUNK), CHUNK)
