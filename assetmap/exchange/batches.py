"""Many rows, a part of them at a time."""

from itertools import islice


def batches(rows, size):
    """Yield the rows of any iterable as lists of up to so many."""
    rows = iter(rows)
    while part := list(islice(rows, size)):
        yield part


def batches_by_key(queryset, size, after=0):
    """Yield rows as lists of up to so many, each from a query that begins behind a key."""
    ahead = queryset.order_by("pk")
    while part := list(ahead.filter(pk__gt=after)[:size]):
        yield part
        if len(part) < size:
            return
        after = part[-1].pk
