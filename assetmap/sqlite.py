"""How the site opens a SQLite database."""

OPTIONS = {
    # Take the write lock at BEGIN: a transaction that reads first can then never fail
    # half way with "database is locked".
    "transaction_mode": "IMMEDIATE",
    # An import of a hundred thousand rows is one transaction; who saves meanwhile waits.
    "timeout": 60,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; "
        "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
    ),
}
