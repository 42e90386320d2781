"""Finding assets by words, in the index that `derived` makes: trigrams on both engines.

A word of three letters or more may stand anywhere inside a word (*gymnastik* in
*pigegymnastik*); a shorter one is the beginning of a word, which the space before it tells.
"""

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from assetmap.areas.text import sort_key, words_in

TRIGRAM = 3
MANY = 20_000  # rows; from here on it pays to read in the order of the list instead


def indexed(words, column, area=None):
    """Return a Q for the assets in whose column every word occurs, found by the index.

    column: "search_text", or "search_name" for those that are so named. With no words at all
    nothing is found.
    """
    patterns = patterns_of(words)
    if connection.vendor != "sqlite" or not _long(patterns):
        return _containing(patterns, column)
    short = [pattern for pattern in patterns if len(pattern) < TRIGRAM]
    rows = "SELECT rowid FROM asset_search WHERE asset_search MATCH %s"
    found = Q(pk__in=RawSQL(rows, [_expression(patterns, column, area)]))  # noqa: S611
    return found & _containing(short, column) if short else found


def scanned(words, column, area=None):
    """Return the same as `indexed`, to be tried on one row after the other."""
    return _containing(patterns_of(words), column)


def ranks(text, named=None):
    """Return Qs that part the hits of a text: names that begin so, are so named, and the rest.

    named: a Q for those so named, where there is a faster one than trying each row.
    """
    key = sort_key(text)
    begins = Q(name_order__gte=key, name_order__lt=f"{key}zzzzzzzz")  # one stretch of the names
    named = named or scanned(words_in(text), "search_name")
    return [begins, ~begins & named, ~begins & ~named]


def is_many(words, column="search_text"):
    """Whether so many assets hold the words that collecting them all would be slow.

    PostgreSQL knows by itself what is faster, so there it is never said.
    """
    patterns = patterns_of(words)
    if connection.vendor != "sqlite":
        return False
    if not _long(patterns):
        return bool(patterns)
    some = "SELECT 1 FROM asset_search WHERE asset_search MATCH %s LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM ({some})",  # noqa: S608
            [_expression(patterns, column), MANY + 1],
        )
        return cursor.fetchone()[0] > MANY


def patterns_of(words):
    """Return what each word must match in a searchable text, every pattern once."""
    return list(dict.fromkeys(word if len(word) >= TRIGRAM else f" {word}" for word in words))


def _long(patterns):
    return [pattern for pattern in patterns if len(pattern) >= TRIGRAM]


def _containing(patterns, column):
    found = Q() if patterns else Q(pk__in=[])
    for pattern in patterns:
        found &= Q(**{f"{column}__contains": pattern})
    return found


def _expression(patterns, column, area=None):
    """Write what FTS5 is asked for; words hold no quotes, nor any of its operators."""
    words = " AND ".join(f'"{pattern}"' for pattern in _long(patterns))
    expression = f"{column} : ({words})"
    if area is None:
        return expression
    mark = "".join(map(chr, (57344, 983040 + area.pk % 131072, 57345)))
    return f'area : "{mark}" AND {expression}'
