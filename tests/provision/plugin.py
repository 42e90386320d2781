"""What the runner adds to pytest: a test database in a file, and the report of what is missing.

The runner loads it with `-p`; a plain `pytest` works without.
"""

import gc
import os
from pathlib import Path


def pytest_configure():
    """Make the database fit for the live server, which answers in threads of its own."""
    from django.conf import settings

    if settings.configured:
        database = settings.DATABASES["default"]
        # A connection kept open by such a thread would keep the test database from going away.
        database["CONN_MAX_AGE"] = 0
        if database["ENGINE"] == "django.db.backends.sqlite3":
            _keep_in_a_file(database)


def _keep_in_a_file(database):
    """Replace Django's default, one database in shared memory.

    Every writer locks that as a whole: the threads and the test would fail each other.
    """
    options = database.setdefault("TEST", {})
    folder = os.environ.get("DATA_DIR")
    if folder and not options.get("NAME"):
        options["NAME"] = str(Path(folder) / "test.sqlite3")


def pytest_collection_finish():
    """Let the collector leave alone what is there from the start, as assetmap/wsgi.py does.

    Looking through it again and again took a tenth of the whole run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_terminal_summary(terminalreporter):
    """Repeat what could not be tested, just above the closing line."""
    missing = os.environ.get("ASSETMAP_MISSING", "")
    if missing:
        terminalreporter.ensure_newline()
        terminalreporter.write_line(missing, red=True, bold=True)
