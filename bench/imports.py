"""How long a big spreadsheet takes to come in by `manage.py import_assets`, in how much memory.

The file has as many rows as asked for and 13 columns, as a Danish Excel saves it: places,
associations and institutions with address, position, website, e-mail and phone, every fifth with
two gifts. It comes in twice: first all rows are new, then none has changed. A process each time.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.databases import ENGINES
from bench.report import say
from bench.run import ROOT, surroundings

HEADER = "id;navn;type;adresse;postnr;by;lat;lon;beskrivelse;hjemmeside;e-mail;telefon;evner"
WORDS = ["Haven", "Koret", "Salen", "Cafeen", "Klubben", "Huset", "Cyklerne", "Musikken"]
TYPES = ["Bibliotek", "Legeplads", "Forening", "Nyttehave", "Kulturhus"]
TARGETS = {"seconds": 60, "megabytes_of_memory": 500}  # of 100,000 rows, on SQLite
AREA = (
    "from assetmap.areas.models import Area; "
    "Area.objects.create(name='Bench', slug='bench', latitude=55.65, longitude=12.6)"
)


def measure(engine, server, rows):
    """Return {"engine", "rows", "first": {…}, "again": {…}}, each with seconds and memory."""
    made = ENGINES[engine]
    with (
        tempfile.TemporaryDirectory(prefix="assetmap-bench-") as folder,
        made.database(server, 0, folder) as where,
    ):
        variables = surroundings(folder) | where
        path = write_file(Path(folder) / "rows.csv", rows)
        manage(variables, "migrate", "--verbosity=0")
        manage(variables, "shell", "--verbosity=0", "--command", AREA)
        say(f"\n{engine}, importing {rows:,} rows ({path.stat().st_size / 1e6:.1f} MB) ...")
        command = ("import_assets", str(path), "--area", "bench", "--source", "bench")
        times = {name: manage(variables, *command) for name in ("first", "again")}
    result = {"engine": engine, "rows": rows, **times}
    say(shown(result))
    return result


def write_file(path, rows):
    chosen = random.Random(1)
    with path.open("w", encoding="cp1252", newline="") as file:
        lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
        lines.writerow(HEADER.split(";"))
        lines.writerows(_row(chosen, number) for number in range(rows))
    return path


def _row(chosen, number):
    name = f"{chosen.choice(WORDS)} {chosen.choice(WORDS)} {number}"
    where = [f"{start + chosen.random() / 10:.6f}".replace(".", ",") for start in (55.6, 12.55)]
    contact = [f"https://example.org/{number}", f"a{number}@example.org", str(10_000_000 + number)]
    address = [f"Remisevej {number % 200}", "2300", "København S"]
    text = "Hvad man kan her, hvem der kommer, og hvornår: et par linjer, som folk skriver dem."
    gifts = "sang, musik" if number % 5 == 0 else ""
    return [number, name, chosen.choice(TYPES), *address, *where, text, *contact, gifts]


def manage(variables, *command):
    """Run a command of the site; return its seconds and the most memory that it held."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=variables,
        stdout=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed")
    seconds = round(time.monotonic() - begun, 1)
    return {"seconds": seconds, "megabytes_of_memory": round(usage.ru_maxrss / 1024)}


def missed(result):
    """Return a few words on each target that an import of at most 100,000 rows misses."""
    if result["engine"] != "sqlite" or result["rows"] > 100_000:
        return []
    first = result["first"]
    return [f"{name} > {most}" for name, most in TARGETS.items() if first[name] > most]


def shown(result):
    parts = [
        f"{name} time {result[name]['seconds']} s, {result[name]['megabytes_of_memory']} MB"
        for name in ("first", "again")
    ]
    words = missed(result)
    return f"  {'; '.join(parts)}{'  <- ' if words else ''}{', '.join(words)}"
