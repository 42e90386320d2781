"""A PostgreSQL server that lives in a temporary folder and goes away with it."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.provision.binaries import find_binaries, installation
from tests.provision.errors import Missing

NAME = "assetmap"  # of the superuser and of the database
ACCOUNTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root
START_TIME_LIMIT = 60
STOP_TIME_LIMIT = 20
# Plain C knows only ASCII letters, so "Ø" and "ø" would not match: the last resort.
LOCALES = (
    ["--locale=C.UTF-8"],
    ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    ["--locale=C"],
)
# Nothing here has to survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def temporary_postgres():
    """Run a server of our own and yield its DATABASE_URL."""
    binaries, account = find_binaries(), _unprivileged_account()
    # Root's own temporary folder may be closed to the account; /tmp is open to all.
    parent = "/tmp" if account else None  # noqa: S108 (mkdtemp makes a private folder in it)
    folder = Path(tempfile.mkdtemp(prefix="assetmap-postgres-", dir=parent))
    cluster = Cluster(folder, binaries, account)
    try:
        cluster.create()
        yield cluster.start()
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """One data folder and the server on it."""

    def __init__(self, folder, binaries, account):
        self.folder = folder
        self.binaries = binaries
        self.account = account
        self.process = None

    def create(self):
        """Make the data folder."""
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
            self._copy_binaries_out_of_reach()
        for locale in LOCALES:
            done = self._run("initdb", *self._initdb_options(), *locale)
            if done.returncode == 0:
                return
            shutil.rmtree(self.folder / "data", ignore_errors=True)
        raise Missing(f"PostgreSQL: initdb fails:\n{done.stdout[-2000:]}")

    def start(self):
        """Start the server, wait until it answers and return its DATABASE_URL."""
        for _attempt in range(3):  # someone else may take the free port before we do
            port = _free_port()
            url = f"postgres://{NAME}@127.0.0.1:{port}/{NAME}"
            self._spawn(port)
            if self._answers(port):
                return url
            self.stop()
        raise Missing(f"PostgreSQL: the server does not start:\n{self._log()}")

    def stop(self):
        """Stop the server, the hard way if it will not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)  # its fast shutdown: sessions are cut off
        try:
            self.process.wait(STOP_TIME_LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _initdb_options(self):
        data = self.folder / "data"
        return ["-D", data, "-U", NAME, "--auth=trust", "--encoding=UTF8", "--no-sync"]

    def _spawn(self, port):
        settings = {"listen_addresses": "127.0.0.1", "port": port, **FAST}
        settings["unix_socket_directories"] = self.folder
        options = [part for item in settings.items() for part in ("-c", "{}={}".format(*item))]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C is for the tests; they still need the server to clean up.
                start_new_session=True,
                **self._surroundings(),
            )

    def _answers(self, port):
        deadline = time.monotonic() + START_TIME_LIMIT
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                _create_database(port)
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False

    def _log(self):
        return (self.folder / "log").read_text(errors="replace")[-2000:]

    def _run(self, program, *arguments):
        return subprocess.run(
            [self.binaries / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **self._surroundings(),
        )

    def _surroundings(self):
        """Give the programs nothing of ours: not the account, PG* variables or the locale."""
        account = self.account
        own = {"env": {"PATH": os.defpath, "TZ": "UTC"}, "cwd": self.folder}
        if account:
            own |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        return own

    def _copy_binaries_out_of_reach(self):
        """Copy programs that the account cannot get at, such as those in a private home."""
        try:
            if self._run("postgres", "--version").returncode == 0:
                return
        except PermissionError:
            pass
        original, copy = installation(self.binaries), self.folder / "programs"
        shutil.copytree(original, copy)
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o755 if path.is_dir() else path.stat().st_mode | 0o444)
        self.binaries = copy / self.binaries.relative_to(original)


def _unprivileged_account():
    """Return the account to run the server as, or None when we are not root anyway."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = next((known[name] for name in ACCOUNTS if name in known), None)
    if account is None:
        raise Missing("PostgreSQL: it will not run as root; run the tests as an ordinary user.")
    return account


def _create_database(port):
    where = {"host": "127.0.0.1", "port": port, "user": NAME, "dbname": "postgres"}
    with psycopg.connect(**where, connect_timeout=5, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
