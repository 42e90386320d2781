"""How fast the partner finder answers in one area of 10,000 assets and 5,000 activities.

Two times are taken of each search: the finder's own (reading, scoring, and the reasons of the best
twenty in words), and its whole page. The target is for the first.

The area is that of the networks (bench/networks.py: made-up assets, three ties each), with half as
many activities as assets, held by its associations and institutions at its places. The finder's
page is asked for as its coordinator asks, compressed, through all middleware, without the network:
each search in turn, --rounds times, after one round to warm up. p50 and p95 are of all of them, in
milliseconds; `searches` has each search by itself. Nothing is kept from one answer to the next.
"""

from bench.networks import asked_inside
from bench.report import say

MOST = 150  # ms of p95


def measured(engine, server, count, rounds):
    """Return {"engine", "assets", "activities", "p50", "p95", "page": {"p50", "p95"}, "searches":
    {name: {"p50", "p95"}}} in milliseconds."""
    about = {"engine": engine, "assets": count}
    result = about | asked_inside(engine, server, count, rounds, "partners", "page")
    say(shown(result))
    return result


def missed(result):
    return [f"p95 > {MOST} ms"] if result["p95"] > MOST else []


def shown(result):
    words = missed(result)
    each = ", ".join(f"{name} p95 {of['p95']}" for name, of in result["searches"].items())
    return (
        f"  partners, {result['assets']:,} assets, {result['activities']:,} activities: "
        f"p50 {result['p50']} p95 {result['p95']} ms ({each}), "
        f"its page p50 {result['page']['p50']} p95 {result['page']['p95']} ms"
        f"{'  <- ' + ', '.join(words) if words else ''}"
    )
