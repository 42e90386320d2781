"""Loading many rows at once: the only code that writes an asset without its model's save()."""

from django.db import connection, transaction

from .models import Asset, Link, Offering, layer_models

BATCH = 500


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
    """Write the base rows of assets of any layer, which get their keys."""
    fields = [field for field in Asset._meta.concrete_fields if not field.primary_key]
    size = connection.ops.bulk_batch_size(fields, assets) or BATCH
    for start in range(0, len(assets), size):
        part = assets[start : start + size]
        keys = Asset._base_manager._insert(
            part, fields=fields, using="default", returning_fields=[Asset._meta.pk]
        )
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
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    _execute(f"INSERT INTO {{table}} ({columns}) VALUES ({places})", model, rows, fields)  # noqa: S608


def update_rows(model, rows, names):
    """Write some fields of many rows, each with its own values; `rows` may be of a child model.

    Django's bulk_update makes one long CASE of them, and takes many times as long.
    """
    fields = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    key = model._meta.pk
    sql = f"UPDATE {{table}} SET {columns} WHERE {quote(key.column)} = %s"  # noqa: S608
    _execute(sql, model, rows, [*fields, key])


def _execute(sql, model, rows, fields):
    sql = sql.format(table=connection.ops.quote_name(model._meta.db_table))
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
