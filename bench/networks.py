"""How long an area's network takes: from the database, its measures, its picture, and its page.

One area of as many made-up assets as asked for, with three ties each, as its coordinator sees it.

- "whole" is what happens after a change: reading the ties, all measures, where everything stands
  in the picture. Beside it stands bare igraph, which is handed the same ties as a list and works
  out the same: betweenness (exact or from as many sources), constraint, parts, cut vertices and
  bridges, density, clusters and their modularity, and the whole as one picture by forces, with as
  many steps and from the same start (from the one that igraph draws by chance it is quicker from
  10,000 assets on, but its picture is a ball). The ratio is of the middle times of all rounds.
  Memory is what the process holds at most, and before it began.
- The page is asked for at PAGE assets, as in the other lines: when nothing has changed since, and
  after a tie has changed before each time. "drawing" is what the script asks for to draw it.

A process of its own for each, after another one that fills the database.
"""

import json
import subprocess
import sys
import tempfile

from bench.databases import ENGINES
from bench.imports import manage
from bench.report import say
from bench.run import INSIDE, ROOT, surroundings

PAGE = 2_000  # assets of the area whose page is asked for, if any is as large
RATIO = 2  # our whole time by igraph's own
MILLISECONDS = {"unchanged": 300, "drawing": 300, "changed": 2_000}  # p95 of the page


def measured(engine, server, counts, rounds):
    """Yield what a network of each size took, and at last its page; `what` tells the two apart.

    {"engine", "what": "network", "assets", "ties", "seconds": {…}, "ratio",
    "megabytes_of_memory": {…}}; {"engine", "what": "page", "assets", "page": {"unchanged":
    {"p50", "p95"}, "drawing": {…}, "changed": {…}}} in milliseconds.
    """
    page = min(PAGE, max(counts))
    for what, count in [*(("network", count) for count in counts), ("page", page)]:
        about = {"engine": engine, "what": what, "assets": count}
        result = about | asked_inside(engine, server, count, rounds, "networks", what)
        say(shown_page(result) if what == "page" else shown(result))
        yield result


def asked_inside(engine, server, count, rounds, module, ask):
    """Fill a new database with one area of so many assets, and return what a process of its own
    tells of it; `module` is one of bench.inside, with the functions `fill` and `ask`."""
    made = ENGINES[engine]
    with (
        tempfile.TemporaryDirectory(prefix="assetmap-bench-") as folder,
        made.database(server, count, folder) as where,
    ):
        variables = surroundings(folder) | where
        say(f"\n{engine}, one area of {count:,} assets: making them ...")
        manage(variables, "migrate", "--verbosity=0")
        _run(variables, f"{module}.fill", count)
        return json.loads(_run(variables, f"{module}.{ask}", rounds).splitlines()[-1])["about"]


def _run(variables, name, number):
    command = [*INSIDE, name, str(number)]
    done = subprocess.run(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"bench.inside {name} failed")
    return done.stdout


def missed(result):
    """Return a few words on each target that a network or its page misses."""
    if result["what"] == "page":
        times = {name: of["p95"] for name, of in result["page"].items()}
        slow = [name for name, p95 in times.items() if p95 > MILLISECONDS[name]]
        return [f"{name} p95 > {MILLISECONDS[name]} ms" for name in slow]
    return [f"> {RATIO} x igraph"] if result["ratio"] > RATIO else []


def shown(result):
    seconds = ", ".join(f"{name} {value} s" for name, value in result["seconds"].items())
    memory = result["megabytes_of_memory"]
    about = f"{result['assets']:,} assets, {result['ties']:,} ties: {seconds}"
    held = f"{memory['most']} MB ({memory['before']} before)"
    return f"  {about}; x igraph {result['ratio']}; {held}{_note(result)}"


def shown_page(result):
    page = ", ".join(
        f"{name} p50 {of['p50']} p95 {of['p95']} ms" for name, of in result["page"].items()
    )
    return f"  its page, {result['assets']:,} assets: {page}{_note(result)}"


def _note(result):
    words = missed(result)
    return f"  <- {', '.join(words)}" if words else ""
