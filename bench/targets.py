"""What the project asks of itself: issue 4's table of p95, in milliseconds, warm, on two cores.

Up to 10,000 assets the first number holds, above that the one of the engine at a million. The
worst of Chromium's visits is held against its target. A kind that is not here has no target: the
area of 50,000, and lists of all areas without a text.
"""

SMALL = 10_000
MAP_BYTES = 30_000  # compressed
GROWTH = 2  # of p95, from SMALL to the most assets measured
GROWS_LITTLE = {"map", "map gift", "list", "asset page"}

# kind: (up to SMALL, PostgreSQL, SQLite)
TARGETS = {
    "map": (25, 50, 60),
    "map gift": (40, 120, 250),
    "map text": (40, 120, 250),
    "list": (60, 80, 80),
    "search everywhere": (60, 150, 300),
    "suggest": (25, 60, 100),
    "asset page": (40, 60, 60),
    "save": (40, 60, 60),
    "browser": (600, 800, 800),
}
COLUMNS = {"postgresql": 1, "sqlite": 2}


def target(kind, engine, count):
    """Return the milliseconds that p95 should stay within, or None."""
    numbers = TARGETS.get(kind)
    return numbers and numbers[0 if count <= SMALL else COLUMNS[engine]]


def missed(row, engine, count):
    """Return a few words on each target that a row misses."""
    most = target(row["kind"], engine, count)
    said = "worst" if row["kind"] == "browser" else "p95"
    words = [f"{said} > {most} ms"] if most and row["p95"] > most else []
    if row["kind"].startswith("map") and row["compressed"] > MAP_BYTES:
        words.append(f"> {MAP_BYTES // 1000} kB")
    return words


def growth(runs):
    """Return how p95 grows from SMALL assets to the most, for the lines that should grow little.

    runs: of one or more engines, as in the results; those with no two such counts are left out.
    """
    by_engine = {}
    for run in runs:
        by_engine.setdefault(run["engine"], {})[run["count"]] = run
    return [
        row
        for engine, counts in by_engine.items()
        if SMALL in counts and max(counts) > SMALL
        for row in _growth(engine, counts[SMALL], counts[max(counts)])
    ]


def _growth(engine, small, large):
    before = {row["line"]: row["p95"] for row in small["rows"] if "p95" in row}
    return [
        {
            "engine": engine,
            "line": row["line"],
            "to": large["count"],
            "times": round(row["p95"] / before[row["line"]], 2),
        }
        for row in large["rows"]
        if row.get("kind") in GROWS_LITTLE and row["line"] in before and "p95" in row
    ]
