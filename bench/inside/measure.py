"""Asks for pages many times, and beside each round takes the time of its floor."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import close_old_connections, connection
from django.test import Client

from bench.numbers import rounded, spread
from bench.urls import EMPTY

COMPRESSED = {"accept-encoding": "gzip"}


@dataclass
class Variant:
    """One way to ask for a line's page: its request, and the SQL that is its floor.

    request: called before each round, and not measured; returns (method, address, data).
    """

    request: Callable
    floor: Callable
    label: str = ""


@dataclass
class Line:
    """A line of the table: what is asked for in each of its variants, of which the worst counts.

    kind: what bench/targets.py holds it against. answer: the status that is right.
    """

    name: str
    kind: str
    variants: list
    client: Client = field(default_factory=lambda: visitor())
    answer: int = 200


def visitor(**more):
    return Client(headers={"host": "127.0.0.1"}, **more)


def gather_statistics():
    """Let the engine look at its rows, as its own housekeeping does on a running site."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def measured(line, rounds):
    """Return the line's row: the worst variant's numbers, and those of each if there are more."""
    row = {"line": line.name, "kind": line.kind}
    try:
        numbers = [_measured(line, variant, rounds) for variant in line.variants]
    except Exception as error:  # the other lines are still worth having
        return row | {"error": f"{type(error).__name__}: {error}"}
    worst = max(numbers, key=lambda one: one["p95"])
    several = {"variants": numbers} if len(numbers) > 1 else {}
    largest = {name: max(one[name] for one in numbers) for name in ("bytes", "compressed")}
    return row | worst | largest | several


def _measured(line, variant, rounds):
    size, queries = _first(line, variant)
    times = {name: [] for name in ("page", "sql", "empty")}
    for _ in range(rounds):
        took, answer = _timed(line, variant.request())
        times["page"].append(took)
        times["sql"].append(_time_of(variant.floor))
        times["empty"].append(_timed(line, ("get", EMPTY, None), right=200)[0])
    numbers = spread(times["page"])
    sql, empty = (spread(times[part])["p50"] for part in ("sql", "empty"))
    return numbers | {
        "variant": variant.label,
        "queries": queries,
        "bytes": size,
        "compressed": len(answer.content),
        "floor_sql": sql,
        "floor_empty": empty,
        "floor": rounded(sql + empty),
        "ratio": round(numbers["p50"] / (sql + empty), 1),
    }


def _first(line, variant):
    """Warm up; return the size of the answer as it is read, and the number of queries."""
    queries = Counter()
    with connection.execute_wrapper(queries):
        _took, answer = _timed(line, variant.request(), headers={})
    variant.floor()
    return len(answer.content), queries.count


def _timed(line, request, right=None, headers=COMPRESSED):
    """Ask as the server does, which first lets go of a connection whose time is over."""
    method, address, data = request
    ask = getattr(line.client, method)
    begun = time.perf_counter()
    close_old_connections()
    answer = ask(address, data, headers=headers)
    took = (time.perf_counter() - begun) * 1000
    if answer.status_code != (right or line.answer):
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return took, answer


def _time_of(floor):
    connection.ensure_connection()
    begun = time.perf_counter()
    floor()
    return (time.perf_counter() - begun) * 1000


class Counter:
    """Counts the queries that go to the database."""

    count = 0

    def __call__(self, execute, *call):
        self.count += 1
        return execute(*call)
