"""What is derived from the assets' rows and kept beside them by the database's own triggers.

The search index (trigrams of `search_name` and `search_text`) and the tallies (assets in use by
area, layer and visibility, models/tally.py). A trigger writes in the transaction of the write
itself, whichever code or process makes it: neither can be missed, nor be there without the other.
"""

from contextlib import contextmanager

from django.db import connection, transaction

from . import postgresql, sqlite

_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}

COUNTED = """
    SELECT area_id, layer, visibility, count(*) AS number, count(latitude) AS placed,
        coalesce(sum(CAST(round(latitude * 1000000) AS bigint)), 0) AS north,
        coalesce(sum(CAST(round(longitude * 1000000) AS bigint)), 0) AS east
    FROM inventory_asset WHERE status = 'active' GROUP BY area_id, layer, visibility
"""
KEPT = "SELECT area_id, layer, visibility, -number, -placed, -north, -east FROM inventory_tally"
COLUMNS = "area_id, layer, visibility, number, placed, north, east"


def install():
    """Make what is missing and fill it from the rows; do nothing where all of it stands."""
    with connection.cursor() as cursor:
        installed = _engine().is_installed(cursor)
    if not installed:
        rebuild()


def remove():
    """Take the triggers, the index and the numbers away; the assets stay as they are."""
    with transaction.atomic(), connection.cursor() as cursor:
        _engine().drop(cursor)


def rebuild():
    """Make all of it anew from the rows, as if nothing had been there."""
    with paused():
        pass


@contextmanager
def paused():
    """Load very many rows without keeping anything row by row; all is made anew at the end.

    It is one transaction: if the loading fails, everything is as it was before.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _engine().drop(cursor)
        yield
        cursor.execute("DELETE FROM inventory_tally")
        cursor.execute(f"INSERT INTO inventory_tally ({COLUMNS}) {COUNTED}")
        _engine().create(cursor)


def tidy():
    """Let the words of what was changed or erased leave the index's own pages too."""
    with connection.cursor() as cursor:
        _engine().tidy(cursor)


def is_right():
    """Whether all that is kept fits the rows. Reads every row: for a command, not for a page."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM ({COUNTED} UNION ALL {KEPT}) AS difference"
            " GROUP BY area_id, layer, visibility HAVING sum(number) <> 0"
            " OR sum(placed) <> 0 OR sum(north) <> 0 OR sum(east) <> 0"
        )
        return cursor.fetchone() is None and _engine().index_is_right(cursor)


def _engine():
    return _ENGINES[connection.vendor]
