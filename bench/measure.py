"""Asks for each page many times, as a visitor, and prints what it took."""

import argparse
import statistics
import time

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import get_runner

from bench.data import fill

PAGES = {
    "explore, all": "/bench/",
    "explore, a word": "/bench/?q=gymnastik",
    "explore, layer and gift": "/bench/?layer=association&gift=FG7",
    "explore, 500 m from a point": "/bench/?near=55.65,12.59&within=500",
    "map, whole area": "/bench/map.geojson?zoom=14&bbox=12.55,55.62,12.65,55.68",
    "map, a few streets": "/bench/map.geojson?zoom=17&bbox=12.59,55.648,12.60,55.652",
}


def main():
    options = _arguments()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        _report(PAGES | {"an asset's page": fill(options.count)}, options)
    finally:
        runner.teardown_databases(databases)


def _arguments():
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--count", type=int, default=10_000, help="assets to make")
    parser.add_argument("--rounds", type=int, default=40, help="times each page is asked for")
    return parser.parse_args()


def _report(pages, options):
    client = Client(headers={"host": "127.0.0.1"})
    print(f"{connection.vendor}, {options.count:,} assets, {options.rounds} rounds each")
    print(f"{'page':32}{'median ms':>10}{'p95 ms':>10}{'queries':>9}{'bytes':>10}")
    for name, address in pages.items():
        queries = Counter()
        with connection.execute_wrapper(queries):
            size = len(client.get(address).content)
        times = sorted(_timed(client, address) for _ in range(options.rounds))
        p95 = times[int(len(times) * 0.95) - 1]
        middle = statistics.median(times)
        print(f"{name:32}{middle:10.1f}{p95:10.1f}{queries.count:9}{size:10,}")


def _timed(client, address):
    start = time.perf_counter()
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return (time.perf_counter() - start) * 1000


class Counter:
    """Counts the queries that go to the database."""

    count = 0

    def __call__(self, execute, *call):
        self.count += 1
        return execute(*call)
