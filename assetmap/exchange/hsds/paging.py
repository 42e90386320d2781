"""Pages as the standard numbers them, and all rows at once as lines.

The standard counts pages, so an OFFSET cannot be avoided; far down it runs over keys alone, and
rows are read for one page. Whoever wants everything asks for ndjson, which goes from key to key.
"""

from math import ceil

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from ..batches import batches_by_key

BATCH = 200
SHALLOW = 1_000  # rows that may be skipped with all that is read about them


def page_of(collection):
    """Return one page of a collection, in the envelope of the standard."""
    number, size = collection.asked["page"], collection.asked["per_page"]
    parts = [(part, _number(part)) for part in _parts(collection)]
    items = sum(rows for _part, rows in parts)
    pages = ceil(items / size)
    contents = _contents(collection, parts, (number - 1) * size, size)
    return {
        "total_items": items,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _contents(collection, parts, start, size):
    """Records from a place in the parts on, which are numbered through; at most `size`."""
    contents = []
    for part, rows in parts:
        if start < rows and len(contents) < size:
            found = _slice(part, start, start + size - len(contents))
            contents += written(collection, found)
        start = max(0, start - rows)
    return contents


def everything(collection):
    """Yield all records of a collection."""
    for part in _parts(collection):
        for found in _batches(part):
            yield from written(collection, found)


def written(collection, found):
    """Write rows as records, in the site's own language: the data are the same for everybody."""
    with override(settings.LANGUAGE_CODE):
        return collection.records(found)


def _parts(collection):
    with override(settings.LANGUAGE_CODE):  # in which terms are searched, too
        return collection.parts()


def _number(part):
    return part.order_by().count() if isinstance(part, QuerySet) else len(part)


def _slice(part, start, stop):
    if not isinstance(part, QuerySet) or start <= SHALLOW:
        return list(part[start:stop])
    return list(part.filter(pk__in=list(part.values_list("pk", flat=True)[start:stop])))


def _batches(part):
    return batches_by_key(part, BATCH) if isinstance(part, QuerySet) else [part]
