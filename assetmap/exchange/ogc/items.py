"""Pages of items: a page begins after a row, so writing meanwhile neither repeats nor skips."""

from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext as _

from ..batches import batches_by_key
from .asking import mark
from .refusal import NotThere

COUNT_UP_TO = 10_000  # hits of a filter; beyond that their number is left out
AT_ONCE = 500  # rows that a box is tried on


@dataclass(frozen=True)
class Page:
    """Rows of a collection, the mark of the page after, and the number of all hits if known."""

    rows: list
    next: str
    matched: int | None


def page_of(collection, asked):
    """Return the Page that was asked for."""
    hits = _hits(collection, asked)
    rows = list(islice(_held(collection, hits, asked), asked.limit + 1))
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    matched = _matched(collection, asked, hits)
    return Page(rows, mark(rows[-1].pk) if more else "", matched)


def _held(collection, hits, asked):
    """Yield the rows that follow; where a box is tried on them, as many as it takes.

    A page must not be empty while more follow: GDAL takes it for the last one.
    """
    size = max(asked.limit + 1, AT_ONCE) if asked.box else asked.limit + 1
    for rows in batches_by_key(collection.loaded(hits), size, asked.after):
        for row in rows:
            if not asked.box or asked.box.holds(collection.geometry(row)):
                yield row


def _hits(collection, asked):
    hits = collection.rows().filter(asked.conditions)
    if asked.interval:
        hits = asked.interval.of(hits)
    return collection.in_box(hits, asked.box) if asked.box else hits


def _matched(collection, asked, hits):
    if asked.only_area and (number := collection.tallied(**_slug(asked))) is not None:
        return number
    if asked.box and (not asked.box.is_exact or collection.is_tried_on(hits)):
        return None
    number = hits.order_by()[: COUNT_UP_TO + 1].count()
    return number if number <= COUNT_UP_TO else None


def _slug(asked):
    return {"slug": asked.equal["area"]} if "area" in asked.equal else {}


def item_of(collection, uid):
    """Return the row of a uid; NotThere for any that is not open, whatever it is."""
    try:
        row = collection.loaded(collection.rows().filter(uid=UUID(uid))).first()
    except ValueError:
        row = None
    if row is None:
        raise NotThere(_("There is no such item in this collection."))
    return row


def feature(collection, row, crs, absolute):
    """Return a row as a GeoJSON feature in a coordinate system.

    absolute: turns a path into the whole address.
    """
    told = collection.told(row)
    if "url" in told:
        told["url"] = absolute(told["url"])
    return {
        "type": "Feature",
        "id": str(row.uid),
        "geometry": crs.moved(collection.geometry(row)),
        "properties": told,
    }
