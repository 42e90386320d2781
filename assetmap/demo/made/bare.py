"""Tables without indexes and foreign keys for as long as very many rows are written.

Making an index of all rows at once costs a fraction of adding to it row by row. What is dropped
is read from the database, and made anew exactly as it stood there.
"""

import json
from contextlib import contextmanager

from django.db import connection

_SQLITE = """
SELECT 'DROP INDEX "' || name || '"', sql FROM sqlite_master
WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(%s))
"""
_POSTGRESQL = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
        conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%(tables)s::regclass[])
UNION ALL
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = ANY(%(tables)s::regclass[]) AND NOT EXISTS (
    SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
"""


@contextmanager
def bare(models):
    """Take indexes and foreign keys off the models' tables; put them back at the end.

    For use in a transaction. On PostgreSQL others wait for these tables until it is over.
    """
    with connection.cursor() as cursor:
        parts = _parts(cursor, [model._meta.db_table for model in models])
        for drop, _ in parts:
            cursor.execute(drop)
        with _room(cursor):
            yield
            for _, create in parts:
                cursor.execute(create)


def _parts(cursor, tables):
    """Return (statement that drops it, statement that makes it anew) of each."""
    if connection.vendor == "postgresql":
        cursor.execute(_POSTGRESQL, {"tables": tables})
    else:
        cursor.execute(_SQLITE, [json.dumps(tables)])
    return cursor.fetchall()


@contextmanager
def _room(cursor):
    """Let the database use more memory; PostgreSQL gives it back after the transaction."""
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        yield
    else:
        cursor.execute("PRAGMA cache_size")
        (usual,) = cursor.fetchone()
        cursor.execute("PRAGMA cache_size = -256000")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")
