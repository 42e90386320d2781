"""Loading many rows at once: the only code that writes an asset without its model's save()."""

from functools import partial

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import CharField, TextField

from .models import Asset, Link, Offering, layer_models

BATCH = 500
MOST_VALUES = 32_000  # in one statement; SQLite takes 32,766


def load_assets(model, assets, offerings=()):
    """Write new assets of one layer, base rows first, then the layer's own rows.

    `assets` are unsaved instances of `model`; they get their keys. `offerings` are unsaved gifts
    and wishes of theirs, written with them. Django's bulk_create refuses models with a parent
    table, hence the two steps. Nothing is written if a row fails.
    Raises IntegrityError for rows that break a constraint.
    """
    assets = [asset.prepare() for asset in assets]
    _tell_of(offerings)
    with transaction.atomic():
        _insert_bases(assets)
        insert_rows(model, assets, model._meta.local_concrete_fields)
        Offering.objects.bulk_create(offerings, batch_size=BATCH)
    return assets


def _tell_of(offerings):
    """Let assets that are not written yet be found by their gifts."""
    told = {}
    for offering in offerings:
        told.setdefault(id(offering.asset), []).append(offering.prepare())
    for rows in told.values():
        rows[0].asset.search_text = rows[0].asset.words(rows)


def _insert_bases(assets):
    """Write the base rows of assets of any layer, which get their keys.

    SQLite writes a piece of its search index at the end of each statement, and merging many
    small pieces takes most of the time: so as many rows a statement as it takes values, which is
    more than Django dares.
    """
    fields = [field for field in Asset._meta.concrete_fields if not field.primary_key]
    size = MOST_VALUES // len(fields)
    for start in range(0, len(assets), size):
        part = assets[start : start + size]
        sql = f"{_insert_sql(Asset, fields, len(part))} RETURNING id"
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for row in _values(part, fields) for value in row])
            keys = cursor.fetchall()
        for asset, (key,) in zip(part, keys, strict=True):
            asset.pk = asset.asset_ptr_id = asset.id = key
            asset._state.adding = False


def load_offerings(offerings):
    """Write new gifts and wishes, and make their assets findable by them."""
    rows = Offering.objects.bulk_create([o.prepare() for o in offerings], batch_size=BATCH)
    reindex({row.asset_id for row in rows})
    return rows


def load_links(links):
    """Write new ties; a tie that stands there already is left as it is."""
    rows = [link.prepare() for link in links]
    for row in rows:
        row.clean()
    return Link.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def reindex(asset_ids):
    """Work out again what a search finds these assets by."""
    offerings = {}
    for row in Offering.objects.filter(asset__in=asset_ids).select_related("gift"):
        offerings.setdefault(row.asset_id, []).append(row)
    for model in layer_models().values():
        changed = list(model.objects.filter(pk__in=asset_ids))
        for asset in changed:
            asset.search_text = asset.words(offerings.get(asset.pk, []))
        update_rows(Asset, changed, ["search_text"])


def insert_rows(model, rows, fields):
    """Write some fields of new rows into one table, and nothing else; they get no keys."""
    with connection.cursor() as cursor:
        cursor.executemany(_insert_sql(model, fields), _values(rows, fields))


def update_rows(model, rows, names):
    """Write some fields of many rows, each with its own values; `rows` may be of a child model.

    Django's bulk_update makes one long CASE of them, and takes many times as long.
    """
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    where = f"WHERE {_quoted(model._meta.pk.column)} = %s"
    sql = f"UPDATE {_quoted(model._meta.db_table)} SET {columns} {where}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, _values(rows, [*fields, model._meta.pk]))


def _insert_sql(model, fields, number=1):
    columns = ", ".join(_quoted(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    rows = ", ".join([row] * number)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES {rows}"  # noqa: S608


def _quoted(name):
    return connection.ops.quote_name(name)


def _values(rows, fields):
    """Return the fields of rows as the database takes them: a list a row."""
    ways = [(field.attname, _preparer(field)) for field in fields]
    return [[prepare(getattr(row, name)) for name, prepare in ways] for row in rows]


def _preparer(field):
    """Return what makes a value of a field one that the database takes.

    Most are texts or nothing, which it takes as they are: asking the field takes far longer.
    """
    prepare = partial(field.get_db_prep_save, connection=connections[DEFAULT_DB_ALIAS])
    as_is = {type(None), str} if type(field) in (CharField, TextField) else {type(None)}
    return lambda value: value if type(value) in as_is else prepare(value)
