"""`python -m tests [pytest's arguments]`: all tests on SQLite, then on PostgreSQL.

What has nothing to do with the database, such as the looks of pages, is tried on SQLite alone.

What the tests need is found or installed first. Nothing is printed after the last closing line
of pytest, so that it is also the last line of the whole run.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack

from tests.provision import Missing, frame, in_ci, provide
from tests.provision.postgres import temporary_postgres

# A developer's own settings must not decide what is tested.
NOT_OURS = {
    *("DATABASE_URL", "DEMO", "MEDIA_ROOT", "STATIC_ROOT", "TILE_URL", "EMAIL_URL"),
    *("ALLOWED_HOSTS", "SITE_URL", "SSL_REDIRECT", "BEHIND_PROXY", "LOG_LEVEL", "TIME_ZONE"),
    *("ASSETMAP_CHROMIUM", "ASSETMAP_XGETTEXT", "ASSETMAP_MISSING"),
}
LOCAL_SITE = {
    "DEBUG": "1",
    "SECRET_KEY": "only-for-tests",
    "DJANGO_LIVE_TEST_SERVER_ADDRESS": "127.0.0.1",  # a bare machine may not know "localhost"
}
WIDTH = 79


def main(arguments):
    """Run everything and return the worst exit code."""
    # Without this a plain kill would leave the database server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    found = provide()
    with ExitStack() as stack:
        url = _start_postgres(stack, found)
        if found.missing:
            print(frame(found.missing), file=sys.stderr, flush=True)
            if in_ci():
                return 2
        return run_all(found, url, arguments)


def run_all(found, url, arguments):
    """Run pytest on each database, whatever becomes of the first run."""
    code = run("SQLite", environment(found), arguments)
    if url:
        failed = f" (on SQLite it FAILED, exit code {code}: see above)" if code else ""
        on_postgres = environment(found) | {"DATABASE_URL": url}
        others = ["-m", "not once", *arguments]  # see the markers in pyproject.toml
        code = max(code, run(f"PostgreSQL{failed}", on_postgres, others))
    return code


def run(title, variables, arguments):
    """Run pytest once and return its exit code."""
    print(f"\n{'=' * WIDTH}\nTests on {title}\n{'=' * WIDTH}", flush=True)
    with tempfile.TemporaryDirectory(prefix="assetmap-tests-") as folder:
        process = subprocess.Popen(command(arguments), env=variables | {"DATA_DIR": folder})
        try:
            # A negative code is the signal that ended it: a failure like any other.
            return abs(process.wait())
        except KeyboardInterrupt:
            process.wait(30)  # pytest got the Ctrl-C too and is cleaning up
            raise
        finally:
            process.terminate()  # does nothing when it has ended
            process.wait()


def command(arguments):
    """Return pytest's command line; ASSETMAP_WORKERS=0 runs all tests in one process."""
    workers = os.environ.get("ASSETMAP_WORKERS", "2")
    parallel = [] if workers == "0" else ["-n", workers, "--dist", "worksteal"]
    plugin = ["-p", "tests.provision.plugin"]
    return [sys.executable, "-m", "pytest", *plugin, *parallel, *arguments]


def environment(found):
    """Return the variables of a test run: a local site that holds nothing yet."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    missing = {"ASSETMAP_MISSING": frame(found.missing)} if found.missing else {}
    return kept | LOCAL_SITE | found.variables | missing


def _start_postgres(stack, found):
    """Start the server before the first run, so that a failure shows at once."""
    if not found.postgres:
        return None
    try:
        return stack.enter_context(temporary_postgres())
    except Missing as error:
        found.missing.append(str(error))
        return None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
