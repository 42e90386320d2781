"""The triggers on PostgreSQL, and its search index: trigrams by the extension pg_trgm.

The index is an ordinary one, which the database keeps by itself. The tallies are sums of rows:
a write adds a row with what it changed and waits for nobody, and now and then gathers the rows
that nobody else is at. So two processes that write in one area never queue or deadlock here.
"""

_INDEXES = {
    # Without a list of what is pending each write takes the same time, and each search too.
    "asset_search_text": "(search_text gin_trgm_ops) WITH (fastupdate = off)",
    "asset_search_name": "(search_name gin_trgm_ops) WITH (fastupdate = off)",
}
_ROW = """
SELECT area_id, layer, visibility, {sign} 1 AS number,
    {sign} (latitude IS NOT NULL)::int AS placed,
    {sign} coalesce(CAST(round(latitude * 1000000) AS bigint), 0) AS north,
    {sign} coalesce(CAST(round(longitude * 1000000) AS bigint), 0) AS east
FROM {table} WHERE status = 'active'
"""
_ADDED = _ROW.format(sign="", table="new_rows")
_GONE = _ROW.format(sign="-", table="old_rows")
_WRITE = """
INSERT INTO inventory_tally (area_id, layer, visibility, number, placed, north, east)
SELECT area_id, layer, visibility, sum(number), sum(placed), sum(north), sum(east)
FROM ({changes}) AS change GROUP BY area_id, layer, visibility
HAVING sum(number) <> 0 OR sum(placed) <> 0 OR sum(north) <> 0 OR sum(east) <> 0;
"""
_GATHER = """
WITH free AS (
    SELECT id FROM inventory_tally {where} FOR UPDATE SKIP LOCKED
), taken AS (
    DELETE FROM inventory_tally USING free WHERE inventory_tally.id = free.id
    RETURNING inventory_tally.*
)
INSERT INTO inventory_tally (area_id, layer, visibility, number, placed, north, east)
SELECT area_id, layer, visibility, sum(number), sum(placed), sum(north), sum(east)
FROM taken GROUP BY area_id, layer, visibility;
"""
_GATHER_ONE_AREA = _GATHER.format(where="WHERE area_id IN (SELECT area_id FROM {table} LIMIT 1)")
_EVENTS = {
    "INSERT": ("NEW TABLE AS new_rows", _ADDED, "new_rows"),
    "UPDATE": (
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        f"{_ADDED} UNION ALL {_GONE}",
        "new_rows",
    ),
    "DELETE": ("OLD TABLE AS old_rows", _GONE, "old_rows"),
}


def is_installed(cursor):
    cursor.execute("SELECT tgname FROM pg_trigger UNION SELECT indexname FROM pg_indexes")
    parts = {*_INDEXES, *(f"asset_tally_{event.lower()}" for event in _EVENTS)}
    return parts <= {name for (name,) in cursor}


def create(cursor):
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is made while checks wait
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for name, what in _INDEXES.items():
        cursor.execute(f"CREATE INDEX {name} ON inventory_asset USING gin {what}")
    for event in _EVENTS:
        _create_trigger(cursor, event)
    cursor.execute("ANALYZE")  # very many new rows would be misjudged until autovacuum comes


def _create_trigger(cursor, event):
    tables, changes, table = _EVENTS[event]
    name = f"asset_tally_{event.lower()}"
    gather = f"IF random() < 0.02 THEN {_GATHER_ONE_AREA.format(table=table)} END IF;"
    body = _WRITE.format(changes=changes) + gather
    cursor.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {body} RETURN NULL; END $$"
    )
    cursor.execute(
        f"CREATE TRIGGER {name} AFTER {event} ON inventory_asset REFERENCING {tables}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def drop(cursor):
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for event in _EVENTS:
        name = f"asset_tally_{event.lower()}"
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON inventory_asset")
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
    for name in _INDEXES:
        cursor.execute(f"DROP INDEX IF EXISTS {name}")


def tidy(cursor):
    """Gather the rows of every tally; autovacuum sees to the index."""
    cursor.execute(_GATHER.format(where=""))


def index_is_right(cursor):
    """The database keeps its own indexes true."""
    return True
