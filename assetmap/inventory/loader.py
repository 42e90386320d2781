"""Loading many rows at once: the only code that writes an asset without its model's save()."""

from django.db import connection, transaction

from .models import Asset, Link, Offering, layer_models

BATCH = 500


def load_assets(model, assets):
    """Write new assets of one layer, base rows first, then the layer's own rows.

    `assets` are unsaved instances of `model`; they get their keys. Django's bulk_create
    refuses models with a parent table, hence the two steps. Nothing is written if a row fails.
    Raises IntegrityError for rows that break a constraint.
    """
    assets = [asset.prepare() for asset in assets]
    base_fields = [field.attname for field in Asset._meta.concrete_fields if field.name != "id"]
    with transaction.atomic():
        bases = [Asset(**{name: getattr(a, name) for name in base_fields}) for a in assets]
        Asset.objects.bulk_create(bases, batch_size=BATCH)
        for asset, base in zip(assets, bases, strict=True):
            asset.pk = asset.asset_ptr_id = asset.id = base.pk
            asset._state.adding = False
        _insert_own_rows(model, assets)
    return assets


def _insert_own_rows(model, assets):
    fields = model._meta.local_concrete_fields
    size = connection.ops.bulk_batch_size(fields, assets) or BATCH
    for start in range(0, len(assets), size):
        model._base_manager._insert(assets[start : start + size], fields=fields, using="default")


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
    for row in Offering.objects.filter(asset__in=asset_ids).open_words():
        offerings.setdefault(row.asset_id, []).append(row)
    for model in layer_models().values():
        changed = list(model.objects.filter(pk__in=asset_ids))
        for asset in changed:
            asset.search_text = asset.words(offerings.get(asset.pk, []))
        update_rows(Asset, changed, ["search_text"])


def update_rows(model, rows, names):
    """Write some fields of many rows, each with its own values; `rows` may be of a child model.

    Django's bulk_update makes one long CASE of them, and takes many times as long.
    """
    fields = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    where = f"WHERE {quote(model._meta.pk.column)} = %s"
    values = [
        [*(f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields), row.pk]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {columns} {where}", values)  # noqa: S608
