"""One engine with one number of assets: made, measured by a process of its own, and forgotten."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.browser import opened
from bench.databases import ENGINES
from bench.report import say
from bench.server import collect_static, site

ROOT = Path(__file__).parents[1]
INSIDE = [sys.executable, "-m", "bench.inside"]  # and what is called there, and its number


def run(results, engine, server, count, rounds, browser):
    """Measure everything and hand each row to the results as soon as it is there."""
    made = ENGINES[engine]
    with (
        tempfile.TemporaryDirectory(prefix="assetmap-bench-") as folder,
        made.database(server, count, folder) as where,
    ):
        variables = surroundings(folder) | where
        say(f"\n{engine}, {count:,} assets: making them ...")
        seconds = make_assets(variables, count)
        results.begin(
            engine=engine,
            count=count,
            conditions=made.conditions,
            seconds_to_make=round(seconds, 1),
            megabytes=round(made.size(server, count, folder) / 1e6, 1),
        )
        for name, value in answers(variables, rounds):
            results.take(name, value)
        if browser and results.run.get("area"):
            collect_static(variables)
            with site(variables) as address:
                results.take("row", opened(browser, f"{address}/{results.run['area']}/"))


def surroundings(folder):
    """Return the variables of the site that is measured: `make demo`, and nothing of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LANG") if name in os.environ}
    return kept | {"DEMO": "1", "DEBUG": "0", "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}


def make_assets(variables, count):
    """Fill the database; return the seconds it took, with everything that goes with it."""
    command = [sys.executable, "manage.py", "make_assets", "--count", str(count)]
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"make_assets failed; it said:\n{done.stdout}")
    return time.monotonic() - begun


def answers(variables, rounds):
    """Yield what the measuring process finds, as (name, value), one by one."""
    command = [*INSIDE, "pages.measure", str(rounds)]
    with subprocess.Popen(
        command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            for line in process.stdout:
                if re.match(r'{"(about|row)": ', line):
                    yield from json.loads(line).items()
        finally:
            process.terminate()  # does nothing when it has ended
    if process.returncode > 0:
        yield "row", {"line": "all lines after this", "error": f"exit code {process.returncode}"}
