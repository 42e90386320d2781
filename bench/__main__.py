"""`make bench`: how fast the site is on made-up assets, on this machine, on both engines.

    make bench                                       1,000 and 10,000 assets
    make bench ARGS="--full"                         also 100,000 and 1,000,000
    make bench ARGS="--counts 10000 --engines sqlite --no-browser"

Prints a table and writes bench/results.json, which is complete up to where a run was stopped.
It reports and judges nothing: the exit code says only whether every page answered.

How it is measured, so that anyone can repeat it, also for another program:

- The assets are those of `manage.py make_assets --count N` (seed 1): areas of about 1,000, from
  10,000 assets on also one of 5,000, and at 1,000,000 one of 50,000. "One area" is the one of
  5,000, or the largest where there is none of that size.
- Each database is new, and measured by a process of its own (bench/inside), one line after the
  other by one visitor. Settings are those of `make demo`: DEBUG off, SQLite in a file with the
  site's own pragmas, connections closed and kept as the site does. PostgreSQL is set as a small
  server would be (bench/databases.py); after loading, both engines gather statistics.
- A page is asked for as a browser asks, compressed, through all middleware, without the network:
  once to warm up, then --rounds times. p50 and p95 are of these times, in milliseconds.
- The map is asked for at zooms 6 to 17, with what a screen of 1024 x 768 pixels shows around the
  area's centre; its line is the zoom with the worst p95, and results.json has them all.
- The floor is what no program could do without, measured between the same rounds: the bare SQL of
  what the answer shows, written by hand, through the database's driver (bench/inside/floors.py),
  and an empty Django view through the same client and middleware. The ratio is p50 by p50 of the
  floor. It is below 1 where the page answers with less than that SQL reads, as from counts or a
  sample.
- Chromium opens the page of one area, 1280 x 800, five times, each time with nothing in its cache,
  on gunicorn with two workers: the time from the start of the navigation until a card and a
  cluster or pin can be seen, as the page's own clock tells it. The middle and the worst of five,
  after one that is not counted: server and browser have started, only the cache is cold.
- Importing a spreadsheet of 100,000 rows: bench/imports.py.
- Networks of 1,000, 10,000 and 100,000 assets with three ties each, and their page:
  bench/networks.py.
- The partner finder in one area of 10,000 assets and 5,000 activities: bench/partners.py.
- Targets and growth: bench/targets.py.
"""

import argparse
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from bench import imports, networks, partners
from bench.browser import chromium_path
from bench.databases import ENGINES, Missing
from bench.report import Results, say
from bench.run import run

ALL_COUNTS = [1_000, 10_000, 100_000, 1_000_000]
GRAPHS = [1_000, 10_000, 100_000]
RESULTS = Path(__file__).with_name("results.json")
HOW_LONG = (
    "On two cores, for both engines: 1,000 and 10,000 assets take about 8 minutes, 100,000 about "
    "8 more, and 1,000,000 about half an hour and 8 GB of temporary space (TMPDIR)."
)


def main():
    options = arguments()
    # Without this a plain kill would leave the database server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results = Results(options.out, options.rounds, keep=options.add)
    with ExitStack() as stack:
        browser = chromium_path() if options.browser else None
        servers = {name: start(stack, name) for name in options.engines}
        for count in options.counts:
            for engine, server in servers.items():
                if server is not None:
                    run(results, engine, server, count, options.rounds, browser)
        for engine, server in servers.items():
            if server is not None and options.imports:
                results.imported(imports.measure(engine, server, options.imports))
            if server is not None and options.graphs:
                for result in networks.measured(engine, server, options.graphs, options.rounds):
                    results.graphed(result)
            if server is not None and options.partners:
                found = partners.measured(engine, server, options.partners, options.rounds)
                results.found(found)
    results.summary()
    return 1 if results.failed or None in servers.values() else 0


def start(stack, engine):
    """Start an engine's server; where there is none to start, say so and measure without it."""
    try:
        return stack.enter_context(ENGINES[engine].server())
    except Missing as error:
        say(f"{engine} is left out. {error}")
        return None


def arguments():
    parser = argparse.ArgumentParser(
        prog="make bench", description=f"{__doc__.splitlines()[0]} {HOW_LONG}"
    )
    parser.add_argument(
        "--counts", type=whole_numbers, default=ALL_COUNTS[:2], help="1000,10000 unless said"
    )
    parser.add_argument(
        "--full", dest="counts", action="store_const", const=ALL_COUNTS, help="up to a million"
    )
    parser.add_argument("--engines", type=engines, default=list(ENGINES), help=", ".join(ENGINES))
    parser.add_argument("--rounds", type=int, default=40, help="times each page is asked for (40)")
    parser.add_argument(
        "--imports", type=int, default=100_000, help="rows of the imported file; 0 for none"
    )
    parser.add_argument(
        "--graphs", type=whole_numbers, default=GRAPHS, help="assets of networks; 0 for none"
    )
    parser.add_argument(
        "--partners", type=int, default=10_000, help="assets of the finder's area; 0 for none"
    )
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="no Chromium")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results are written")
    parser.add_argument(
        "--add", action="store_true", help="keep what it has of other engines and counts"
    )
    return parser.parse_args()


def whole_numbers(text):
    return [number for part in text.split(",") if (number := int(part))]


def engines(text):
    names = text.split(",")
    if unknown := set(names) - set(ENGINES):
        raise argparse.ArgumentTypeError(f"not an engine: {', '.join(unknown)}")
    return names


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
