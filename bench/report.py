"""The results: kept in a file as they come, and shown as a table."""

import json
import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.targets import growth, missed

PACKAGES = ("Django", "psycopg", "gunicorn", "igraph")
WIDTHS = {"p50": 9, "p95": 9, "floor": 9, "ratio": 9, "queries": 9, "bytes": 9, "compressed": 9}
NAME = 42


class Results:
    """What was measured, written to its file after each line."""

    def __init__(self, path, rounds, keep=False):
        self.path, self.rounds, self.run = path, rounds, None
        kept = path.exists() and keep
        content = json.loads(path.read_text()) if kept else {}
        self.runs, self.imports = content.get("runs", []), content.get("imports", [])
        self.graphs, self.finders = content.get("graphs", []), content.get("finders", [])

    def begin(self, **about):
        """Begin a run of one engine and count; an older one of the same makes room."""
        same = {name: about[name] for name in ("engine", "count")}
        self.runs = [run for run in self.runs if not same.items() <= run.items()]
        moment = {
            "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            "rounds": self.rounds,
            "load_before": round(os.getloadavg()[0], 2),  # well above 1: others work here too
        }
        self.run = about | moment | {"machine": machine(), "versions": versions(), "rows": []}
        self.runs.append(self.run)
        say(f"{about['conditions']}; {self.rounds} rounds\n{heading()}")

    def take(self, name, value):
        """Take a row, or facts about the run, from whoever measured it."""
        if name == "row":
            if "error" not in value:
                value["missed"] = missed(value, self.run["engine"], self.run["count"])
            self.run["rows"].append(value)
            say(shown(value))
        else:
            self.run |= value
        self.write()

    def imported(self, result):
        """Take what importing a file took."""
        self._replace(self.imports, result, ("engine", "rows"))

    def graphed(self, result):
        """Take what a network, or its page, took."""
        self._replace(self.graphs, result, ("engine", "what", "assets"))

    def found(self, result):
        """Take what the partner finder took."""
        self._replace(self.finders, result, ("engine", "assets"))

    def _replace(self, results, result, names):
        """Put a result among the others; an older one of the same makes room."""
        results[:] = [one for one in results if any(one[n] != result[n] for n in names)]
        results.append(result | {"machine": machine(), "versions": versions()})
        self.write()

    def write(self):
        """Replace the file as a whole, so that it is never half of one."""
        half = self.path.with_suffix(".part")
        content = {
            "growth": growth(self.runs),
            "imports": self.imports,
            "graphs": self.graphs,
            "finders": self.finders,
            "runs": self.runs,
        }
        half.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
        half.replace(self.path)

    @property
    def failed(self):
        return [row for run in self.runs for row in run["rows"] if "error" in row]

    def summary(self):
        say(f"\n{'Growth of p95 from 10,000':60}")
        for row in growth(self.runs):
            say("{engine:12}{line:{wide}} to {to:>9,}: x {times}".format(**row, wide=NAME))
        say("\nMissed targets")
        for run in self.runs:
            for row in run["rows"]:
                if words := row.get("missed"):
                    say(f"{run['engine']:12}{run['count']:>9,}  {row['line']}: {', '.join(words)}")
        say(f"\nWritten to {os.path.relpath(self.path)}")


def heading():
    titles = {"p50": "p50 ms", "p95": "p95 ms", "ratio": "x floor", "compressed": "gzip"}
    columns = "".join(f"{titles.get(name, name):>{wide}}" for name, wide in WIDTHS.items())
    return f"\n{'':{NAME}}{columns}"


def shown(row):
    name = f"{row['line']} ({row['variant']})" if row.get("variant") else row["line"]
    if "error" in row:
        return f"{name:{NAME}}  FAILED: {row['error']}"
    columns = "".join(_column(row.get(column), wide) for column, wide in WIDTHS.items())
    return f"{name:{NAME}}{columns}{_note(row['missed'])}"


def _column(value, wide):
    if value is None:
        return f"{'':{wide}}"
    return f"{value:{wide},.1f}" if isinstance(value, float) else f"{value:{wide},}"


def _note(words):
    return f"  <- {', '.join(words)}" if words else ""


def machine():
    names = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": names[0].partition(":")[2].strip() if names else platform.processor(),
        "cores": os.cpu_count(),
        "gigabytes": round(memory / 1024**3),
        "system": platform.system(),
    }


def _lines(path):
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def versions():
    found = {name: version(name) for name in PACKAGES}
    return found | {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}


def say(text):
    print(text, flush=True)
