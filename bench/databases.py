"""Where the measured databases live: each engine's server, and a new database in it."""

from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import psycopg

from tests.provision import Missing
from tests.provision.postgres import FAST, temporary_postgres

__all__ = ["ENGINES", "Missing"]

# As a small server would be set. The tests' own server risks its data to be fast; this one must
# not, or saving would cost less than it does.
SERVER = {
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
}


class SQLite:
    """A file in the site's own folder, opened with the pragmas of its settings."""

    conditions = "the site's own pragmas; ANALYZE after loading"

    @staticmethod
    @contextmanager
    def server():
        yield ""

    @staticmethod
    @contextmanager
    def database(server, count, folder):
        """Yield the variables by which the site finds its database."""
        yield {}

    @staticmethod
    def size(server, count, folder):
        return sum(path.stat().st_size for path in Path(folder).glob("db.sqlite3*"))


class PostgreSQL:
    """A server of our own, and in it a database for each number of assets."""

    settings = ", ".join(f"{name} {value}" for name, value in SERVER.items())
    conditions = f"{settings}; otherwise as it comes; VACUUM ANALYZE after loading"

    @staticmethod
    @contextmanager
    def server():
        with patch.dict(FAST, SERVER), temporary_postgres() as url:
            yield url

    @classmethod
    @contextmanager
    def database(cls, server, count, folder):
        name = f"bench_{count}"
        cls._ask(server, f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
        finally:
            cls._ask(server, f"DROP DATABASE {name} WITH (FORCE)")

    @classmethod
    def size(cls, server, count, folder):
        return cls._ask(server, f"SELECT pg_database_size('bench_{count}')").fetchone()[0]

    @staticmethod
    def _ask(server, sql):
        with psycopg.connect(server, autocommit=True) as connection:
            return connection.execute(sql)


ENGINES = {"sqlite": SQLite, "postgresql": PostgreSQL}
