"""The triggers on SQLite, and its search index: an FTS5 table of trigrams.

The index has a column for the area, so that a search in one area reads that area's part alone:
three letters that no text contains (text.py leaves them out of words), and so one trigram. There
are 131,072 such letters; were there more areas, some would share one, which only costs time.
"""

from django.db.utils import DatabaseError

MANY_WORDS, USUAL = 64 * 1024**2, 1024**2  # bytes; the usual one is FTS5's own
MERGED_AT_ONCE = 1000  # pages of the index

_MARK = "char(57344, 983040 + {}area_id % 131072, 57345)"  # the area's three letters
_ROWS = f"""
CREATE VIEW asset_search_rows AS
SELECT id, {_MARK.format("")} AS area, search_name, search_text FROM inventory_asset
"""
_INDEX = """
CREATE VIRTUAL TABLE asset_search USING fts5(
    area, search_name, search_text,
    content='asset_search_rows', content_rowid='id', tokenize='trigram case_sensitive 1'
)
"""
_ADD_WORDS = f"""
INSERT INTO asset_search (rowid, area, search_name, search_text)
    VALUES (NEW.id, {_MARK.format("NEW.")}, NEW.search_name, NEW.search_text);
"""
_TAKE_WORDS = f"""
INSERT INTO asset_search (asset_search, rowid, area, search_name, search_text)
    VALUES ('delete', OLD.id, {_MARK.format("OLD.")}, OLD.search_name, OLD.search_text);
"""
_WORDS_CHANGE = """
WHEN OLD.area_id <> NEW.area_id OR OLD.search_name <> NEW.search_name
    OR OLD.search_text <> NEW.search_text
"""
_ADD_ONE = """
INSERT INTO inventory_tally (area_id, layer, visibility, number, placed, north, east)
    SELECT NEW.area_id, NEW.layer, NEW.visibility, 0, 0, 0, 0
    WHERE NEW.status = 'active' AND NOT EXISTS (SELECT 1 FROM inventory_tally WHERE
        area_id = NEW.area_id AND layer = NEW.layer AND visibility = NEW.visibility);
UPDATE inventory_tally SET number = number + 1,
    placed = placed + (NEW.latitude IS NOT NULL),
    north = north + coalesce(CAST(round(NEW.latitude * 1000000) AS bigint), 0),
    east = east + coalesce(CAST(round(NEW.longitude * 1000000) AS bigint), 0)
    WHERE NEW.status = 'active' AND area_id = NEW.area_id AND layer = NEW.layer
        AND visibility = NEW.visibility;
"""
# Only takes off what is there: emptying all tables, as tests do, may empty the tallies first.
_TAKE_ONE = """
UPDATE inventory_tally SET number = number - 1,
    placed = placed - (OLD.latitude IS NOT NULL),
    north = north - coalesce(CAST(round(OLD.latitude * 1000000) AS bigint), 0),
    east = east - coalesce(CAST(round(OLD.longitude * 1000000) AS bigint), 0)
    WHERE OLD.status = 'active' AND area_id = OLD.area_id AND layer = OLD.layer
        AND visibility = OLD.visibility;
"""
_TRIGGERS = {
    "asset_added": f"AFTER INSERT ON inventory_asset BEGIN {_ADD_WORDS} {_ADD_ONE} END",
    "asset_gone": f"AFTER DELETE ON inventory_asset BEGIN {_TAKE_WORDS} {_TAKE_ONE} END",
    "asset_words_changed": f"""AFTER UPDATE OF area_id, search_name, search_text
        ON inventory_asset {_WORDS_CHANGE} BEGIN {_TAKE_WORDS} {_ADD_WORDS} END""",
    "asset_tally_changed": f"""
        AFTER UPDATE OF area_id, layer, visibility, status, latitude, longitude
        ON inventory_asset BEGIN {_TAKE_ONE} {_ADD_ONE} END""",
}


def is_installed(cursor):
    cursor.execute("SELECT name FROM sqlite_master")
    return {*_TRIGGERS, "asset_search_rows", "asset_search"} <= {name for (name,) in cursor}


def create(cursor):
    """Make all of it; what the tables hold is counted too, for the database's own planning."""
    cursor.execute(_ROWS)
    cursor.execute(_INDEX)
    _gather_up_to(cursor, MANY_WORDS)
    cursor.execute("INSERT INTO asset_search (asset_search) VALUES ('rebuild')")
    _gather_up_to(cursor, USUAL)
    for name, what in _TRIGGERS.items():
        cursor.execute(f"CREATE TRIGGER {name} {what}")
    _count(cursor)


def _gather_up_to(cursor, size):
    """Let the index gather so many bytes of words before it writes them."""
    cursor.execute("INSERT INTO asset_search (asset_search, rank) VALUES ('hashsize', %s)", [size])


def _count(cursor):
    cursor.execute("PRAGMA analysis_limit = 1000")
    cursor.execute("ANALYZE")


def drop(cursor):
    for name in _TRIGGERS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    cursor.execute("DROP TABLE IF EXISTS asset_search")
    cursor.execute("DROP VIEW IF EXISTS asset_search_rows")


def tidy(cursor):
    """Merge the index's parts into one, a few pages at a time, so that others may write between.

    In one go it would keep them out for half a minute at a million assets.
    """
    changes = _merge(cursor, -MERGED_AT_ONCE)  # minus: all parts, not only those of one size
    while changes > 1:
        changes = _merge(cursor, MERGED_AT_ONCE)
    _count(cursor)


def _merge(cursor, pages):
    """Merge up to so many pages; return the number of changes, at most 1 if nothing was left."""
    before = cursor.connection.total_changes
    cursor.execute("INSERT INTO asset_search (asset_search, rank) VALUES ('merge', %s)", [pages])
    return cursor.connection.total_changes - before


def index_is_right(cursor):
    try:
        cursor.execute(
            "INSERT INTO asset_search (asset_search, rank) VALUES ('integrity-check', 1)"
        )
    except DatabaseError:
        return False
    return True
