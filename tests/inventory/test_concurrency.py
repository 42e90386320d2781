"""Several processes write at the same time, or are killed at it: rows, index and tallies agree."""

import time

import pytest
from django.db import connection, connections

from assetmap.inventory import derived
from assetmap.inventory.models import Asset
from tests.factories import make_area, make_place

from .keeping import counted, found, kept
from .writing import NAME, WORDS, start

WRITES = 10_000 if connection.vendor == "sqlite" else 4_000  # where rows are locked one by one
PATIENCE = 120  # seconds; it takes some 15 on two cores that do nothing else
PAUSE = 0.005  # between two reads, which would else take a core for themselves

# In one statement, so that both sides are of one moment.
READ = """
SELECT (SELECT count(*) FROM inventory_asset WHERE status = 'active'),
    (SELECT coalesce(sum(number), 0) FROM inventory_tally),
    (SELECT count(*) FROM inventory_asset WHERE status = 'active' AND latitude IS NOT NULL),
    (SELECT coalesce(sum(placed), 0) FROM inventory_tally),
    (SELECT coalesce(min(least), 0) FROM (SELECT sum(number) AS least FROM inventory_tally
        GROUP BY area_id, layer, visibility) AS numbers)
"""


def read():
    """Return the numbers of assets and of placed ones: what the rows and what the tallies say."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        rows, number, placed_rows, placed, least = cursor.fetchone()
    assert least >= 0
    return (rows, placed_rows), (number, placed)


@pytest.fixture
def areas(transactional_db):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("only in a file do processes meet: pass -p tests.provision.plugin")
    return [make_area(), make_area("naboby")]


@pytest.fixture
def processes():
    """Start processes that are gone when the test is over, whatever becomes of it."""
    started = []

    def run(what, *arguments):
        started.append(start(what, *arguments, settings=connection.settings_dict))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def test_thousands_of_writes_of_two_processes_are_counted_right_while_a_third_reads(
    areas, processes
):
    for n in range(20):
        make_place(areas[n % 2], f"Fælles {n}")
    writers = [processes("mixed", seed, WRITES // 2) for seed in (1, 2)]
    end, reads = time.monotonic() + PATIENCE, 0
    while any(writer.poll() is None for writer in writers):
        assert time.monotonic() < end
        rows, tallies = read()
        assert rows == tallies
        reads += 1
        time.sleep(PAUSE)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert reads > 100
    assert Asset.objects.count() > WRITES / 20
    assert kept() == counted()
    assert derived.is_right()
    assert found(WORDS[1]) == by_row(WORDS[1]) != set()


def by_row(word):
    assets = Asset.objects.search(word, by_index=False)
    return set(assets.values_list("name", flat=True))


def wait_until_gone():
    """PostgreSQL may end the statement that it is at before it sees that its client is gone."""
    end = time.monotonic() + PATIENCE
    while connection.vendor == "postgresql" and writers_connected():
        assert time.monotonic() < end
        time.sleep(PAUSE)


def writers_connected():
    """Connections of the processes alone: browser tests before may have left some of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [NAME],
        )
        return cursor.fetchone()[0]


# Killed -----------------------------------------------------------------------------------


def test_what_a_killed_process_had_half_written_is_in_no_row_index_or_tally(areas, processes):
    make_place(areas[0], "Bliver")
    make_place(areas[1], "Beholdes")
    before = kept()
    process = processes("half_way")
    assert process.stdout.readline() == "written\n"
    process.kill()
    process.wait()
    wait_until_gone()
    assert set(Asset.objects.values_list("name", flat=True)) == {"Bliver", "Beholdes"}
    assert found("halvvejs") == set()
    assert found("bliver") == {"Bliver"}
    assert found("beholdes") == {"Beholdes"}
    assert kept() == before == counted()
    assert derived.is_right()


def test_a_process_may_be_killed_at_any_moment_between_row_index_and_tally(areas, processes):
    for n in range(300):
        make_place(areas[n % 2], f"Sted {n}")
    for n in range(8):
        process = processes("for_ever")
        assert process.stdout.readline() == "begun\n"
        time.sleep(0.05 + 0.037 * n)
        process.kill()
        process.wait()
        wait_until_gone()
        assert derived.is_right()
        assert kept() == counted()
        for word in ("vaerk", "sted 1", "kor"):
            assert found(word) == by_row(word)
    assert Asset.objects.count() > 300


# Waiting for each other -------------------------------------------------------------------


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_nobody_waits_who_writes_in_the_same_areas_in_the_opposite_order(areas):
    """Each has rows of its own; if a tally were one row for both, this would be a deadlock."""
    mine, theirs = ([make_place(area).pk for area in areas] for _ in range(2))
    other = connections.create_connection("default")
    try:
        begin(connection)
        begin(other)
        for n in range(200):
            status = ("archived", "active")[n % 2]
            set_status(connection, mine[0], status)
            set_status(other, theirs[1], status)
            set_status(connection, mine[1], status)
            set_status(other, theirs[0], status)
        other.commit()
        connection.commit()
    finally:
        connection.set_autocommit(True)
        other.close()
    assert kept() == counted()
    assert derived.is_right()


def begin(one):
    one.set_autocommit(False)
    with one.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")


def set_status(one, key, status):
    with one.cursor() as cursor:
        cursor.execute("UPDATE inventory_asset SET status = %s WHERE id = %s", [status, key])
