"""The floors: SQL by hand for what an answer shows, straight through the database's driver."""

# ruff: noqa: S608 (all that is put together here is our own)

import uuid

from django.db import connection

from assetmap.explore.geojson import GRID, grid_zoom
from assetmap.inventory.models import Asset
from assetmap.inventory.position import CELL_ZOOM, cell_ranges

PAGE = 31  # one more than a page holds tells whether there is another
SEEN = "status = 'active' AND visibility = 'public'"
CARD = "id, uid, area_id, layer, name, summary, latitude, longitude"
ASSETS = f"SELECT {CARD} FROM inventory_asset WHERE {SEEN}"
BY_NAME = f"ORDER BY name_order, id LIMIT {PAGE}"
OFFERED = "FROM inventory_offering WHERE gift_id = %s AND NOT waiting AND NOT reveals"
# In one area its assets are fewer than those with the gift, in all areas the other way round.
GIFT_THERE = f"EXISTS (SELECT 1 {OFFERED} AND asset_id = inventory_asset.id)"
GIFT = f"id IN (SELECT asset_id {OFFERED})"


class Bare:
    """(sql, values) one after the other; all rows are fetched."""

    def __init__(self, *statements):
        mark = "?" if connection.vendor == "sqlite" else "%s"
        self.statements = [(sql.replace("%s", mark), values) for sql, values in statements]

    def __call__(self):
        cursor = connection.connection.cursor()
        for sql, values in self.statements:
            cursor.execute(sql, values)
            if cursor.description:
                cursor.fetchall()


class Where:
    """The conditions of a filter, each with its values."""

    def __init__(self, area=None, layer=None, gift=None, q=None, named=None):
        self.parts = []
        if area:
            self.add("area_id = %s", area.pk)
        if layer:
            self.add("layer = %s", layer)
        if gift:
            self.add(GIFT_THERE if area else GIFT, gift.pk)
        if q:
            self.add(*_containing("search_text", q, area))
        if named:
            self.add(*_containing("search_name", named, area))

    def add(self, sql, *values):
        self.parts.append((sql, values))
        return self

    @property
    def sql(self):
        return "".join(f" AND {sql}" for sql, _values in self.parts)

    @property
    def values(self):
        return [value for _sql, values in self.parts for value in values]


def _containing(column, word, area):
    if connection.vendor != "sqlite" or len(word) < 3:
        return f"{column} LIKE %s", f"%{word if len(word) > 2 else f' {word}'}%"
    expression = f'{column} : "{word}"'
    if area:
        mark = "".join(map(chr, (57344, 983040 + area.pk, 57345)))
        expression = f'area : "{mark}" AND {expression}'
    return "id IN (SELECT rowid FROM asset_search WHERE asset_search MATCH %s)", expression


def clusters(bbox, zoom, **filters):
    """The map: hits gathered by tiles of its grid."""
    shift = 2 * (CELL_ZOOM - grid_zoom(bbox, min(zoom + GRID, CELL_ZOOM)))
    group = f"""
        SELECT layer, cell >> {shift}, count(*), avg(latitude), avg(longitude), min(id)
        FROM inventory_asset WHERE {SEEN}"""
    west, south, east, north = bbox
    if {"gift", "q"} & set(filters):
        inside = "latitude BETWEEN %s AND %s AND longitude BETWEEN %s AND %s"
        boxes = [Where(**filters).add(inside, south, north, west, east)]
    else:
        ranges = cell_ranges(*bbox)
        boxes = [Where(**filters).add("cell BETWEEN %s AND %s", *ends) for ends in ranges]
    return Bare(*((f"{group}{where.sql} GROUP BY 1, 2", where.values) for where in boxes))


def areas_on_map(layer=None):
    """The map of all areas from far away: the numbers that are kept of each."""
    where = Where(layer=layer)
    sql = f"""
        SELECT name, slug, layer, sum(placed), sum(north), sum(east)
        FROM inventory_tally JOIN areas_area ON areas_area.id = area_id
        WHERE visibility = 'public'{where.sql} GROUP BY areas_area.id, name, slug, layer"""
    return Bare((sql, where.values))


def by_name(after=None, **filters):
    """A page of the list: its rows, found by the key of the row before."""
    where = Where(**filters)
    if after:
        where.add("(name_order, id) > (%s, %s)", after.name_order, after.pk)
    return Bare((f"{ASSETS}{where.sql} {BY_NAME}", where.values))


def near(latitude, longitude, box, area):
    west, south, east, north = box
    where = Where(area=area)
    where.add(
        "latitude BETWEEN %s AND %s AND longitude BETWEEN %s AND %s", south, north, west, east
    )
    squares = "(latitude - %s) * (latitude - %s) + (longitude - %s) * (longitude - %s)"
    order = f"ORDER BY {squares} LIMIT {PAGE}"
    point = [latitude, latitude, longitude, longitude]
    return Bare((f"{ASSETS}{where.sql} {order}", [*where.values, *point]))


def freshest(area):
    order = f"ORDER BY confirmed_at DESC, id DESC LIMIT {PAGE}"
    return Bare((f"{ASSETS} AND area_id = %s AND confirmed_at IS NOT NULL {order}", [area.pk]))


def areas_by_name():
    areas = f"SELECT id, name, slug FROM areas_area {BY_NAME}"
    return Bare(
        (areas, []),
        (
            "SELECT area_id, sum(number) FROM inventory_tally WHERE visibility = 'public'"
            f" AND area_id IN (SELECT id FROM ({areas}) AS shown) GROUP BY area_id",
            [],
        ),
    )


def names(word, area):
    """Suggestions: a few names that hold what is typed."""
    where = Where(area=area, named=word)
    order = "ORDER BY name_order, id LIMIT 12"
    sql = f"SELECT uid, layer, name FROM inventory_asset WHERE {SEEN}{where.sql} {order}"
    return Bare((sql, where.values))


def asset_page(asset):
    """The row with its layer's own, its gifts, and its ties with their other ends."""
    ties = """
        SELECT kind, uid, layer, name FROM (
            SELECT kind, target_id AS other FROM inventory_link
                WHERE source_id = %s AND visibility = 'public'
            UNION ALL SELECT kind, source_id FROM inventory_link
                WHERE target_id = %s AND visibility = 'public') AS tie
        JOIN inventory_asset ON id = other WHERE status = 'active'"""
    return Bare(
        (f"{ASSETS} AND id = %s", [asset.pk]),
        (f"SELECT * FROM {asset.layer}s_{asset.layer} WHERE asset_ptr_id = %s", [asset.pk]),
        (
            "SELECT offering.*, gift.names FROM inventory_offering AS offering"
            " LEFT JOIN inventory_gift AS gift ON gift.id = gift_id WHERE asset_id = %s",
            [asset.pk],
        ),
        (ties, [asset.pk, asset.pk]),
    )


def update(asset):
    """Saving what was there: one row written, in a transaction."""
    write = "UPDATE inventory_asset SET updated_at = updated_at, summary = summary WHERE id = %s"
    return Bare((_begin(), []), (write, [asset.pk]), ("COMMIT", []))


class Insert:
    """Saving something new: its two rows, copied from another asset's under a new uid."""

    def __init__(self, asset):
        layer = asset.layer
        self.base = _copy("inventory_asset", Asset, "id", uid="%s")
        self.own = _copy(f"{layer}s_{layer}", type(asset), "asset_ptr_id", asset_ptr_id="%s")
        self.key = asset.pk

    def __call__(self):
        mark = "?" if connection.vendor == "sqlite" else "%s"
        cursor = connection.connection.cursor()
        cursor.execute(_begin())
        cursor.execute(self.base.replace("%s", mark), [_new_uid(), self.key])
        (new,) = cursor.fetchone()
        cursor.execute(self.own.replace("%s", mark), [new, self.key])
        cursor.fetchall()
        cursor.execute("COMMIT")


def _copy(table, model, key, **changed):
    """Write an INSERT of a row like the one with a key, but for what is changed."""
    columns = [field.column for field in model._meta.local_concrete_fields]
    columns = [column for column in columns if column != "id"]
    values = ", ".join(changed.get(column, column) for column in columns)
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    return f"{into} SELECT {values} FROM {table} WHERE {key} = %s RETURNING {key}"


def _new_uid():
    return uuid.uuid4().hex if connection.vendor == "sqlite" else uuid.uuid4()


def _begin():
    return "BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN"
