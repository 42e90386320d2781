"""Who works on an import: one at a time, whoever dies or drops it meanwhile."""

import os
import subprocess
import time

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from assetmap.exchange.importing import progress, runs, stage
from assetmap.exchange.importing.decide import decide
from assetmap.exchange.models import Import, ImportRow
from assetmap.inventory.models import Asset
from tests.exchange.importing.running import begin, check, outcomes
from tests.factories import make_place

LIST = "id;navn;type\n1;Huset;lokale\n2;Pladsen;lokale\n"
State = Import.State


@pytest.fixture
def started(monkeypatch):
    """The commands that would have been started as processes of their own."""
    commands = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **kwargs: commands.append(command))
    monkeypatch.setattr(runs, "BIG", 0)
    return commands


@pytest.fixture
def run(area, coordinator):
    return begin(area, coordinator, LIST)


def now(run):
    return Import.objects.get(pk=run.pk)


def die(run):
    """Let whoever works on the run have said nothing for long."""
    path = progress._path(run)
    path.touch()
    os.utime(path, (time.time() - 2 * progress.SILENT,) * 2)


def meanwhile(monkeypatch, happens):
    """Let something happen while the rows of a run are read."""
    real = stage.stage

    def staged(run, reading, tell):
        happens(run)
        real(run, reading, tell)

    monkeypatch.setattr(stage, "stage", staged)


def test_a_big_file_is_handed_to_one_process_however_often_somebody_looks(run, started):
    runs.match(run, run.mapping)
    runs.work(now(run))
    runs.work(now(run))
    assert len(started) == 1 and now(run).state == State.CHECKING


def test_the_process_that_was_started_does_the_work(run, started):
    runs.match(run, run.mapping)
    call_command("work_imports", str(run.uid))
    assert now(run).state == State.CHECKED and run.rows.count() == 2
    assert not progress._path(run).exists()


def test_who_looks_at_a_run_whose_worker_died_has_it_gone_on_with(run, started):
    runs.match(run, run.mapping)
    runs._claimed(now(run))
    die(run)
    runs.work(now(run))
    assert len(started) == 2
    call_command("work_imports", str(run.uid))
    assert now(run).state == State.CHECKED


def test_a_run_that_is_worked_on_is_claimed_by_nobody_else(run, started):
    runs.match(run, run.mapping)
    assert runs._claimed(now(run))
    assert not runs._claimed(now(run))


def test_of_two_who_claim_at_once_one_gets_it(run, started):
    runs.match(run, run.mapping)
    first, second = now(run), now(run)
    assert [runs._claimed(first), runs._claimed(second)] == [True, False]


def test_a_worker_gives_signs_of_life_while_it_tells_nothing(run, monkeypatch):
    monkeypatch.setattr(progress, "BEAT", 0.01)
    die(run)
    with progress.beating(run):
        until = time.monotonic() + 5
        while not progress.is_alive(run) and time.monotonic() < until:
            time.sleep(0.01)
    assert progress.is_alive(run)
    progress.forget(run)


def test_dropping_a_run_while_it_is_read_leaves_nothing(run, monkeypatch):
    name = run.file.name
    meanwhile(monkeypatch, lambda run: runs.cancel(now(run)))
    runs.match(run, run.mapping)
    assert not Import.objects.exists() and not ImportRow.objects.exists()
    assert not default_storage.exists(name) and not progress._path(run).exists()


def test_a_worker_that_was_taken_for_dead_does_not_speak_for_its_successor(run, monkeypatch):
    taken = {"state": State.CHECKING, "worked_at": "2026-01-01T00:00:00Z"}
    meanwhile(monkeypatch, lambda run: Import.objects.filter(pk=run.pk).update(**taken))
    runs.match(run, run.mapping)
    assert now(run).state == State.CHECKING and not now(run).said


@pytest.mark.parametrize("state", [State.WRITING, State.DONE, State.UNDONE])
def test_what_is_written_is_neither_matched_anew_nor_dropped(area, coordinator, state):
    run = check(area, coordinator, LIST)
    Import.objects.filter(pk=run.pk).update(state=state)
    runs.match(run, run.mapping)  # as somebody's page of before would
    runs.cancel(run)
    assert now(run).state == state and run.rows.count() == 2


def test_nothing_is_decided_on_a_run_that_is_being_written(area, coordinator):
    make_place(area, "Huset")
    run = check(area, coordinator, LIST)
    row = run.rows.get(number=2)
    Import.objects.filter(pk=run.pk).update(state=State.WRITING)
    decide(run, {row.pk: 0})
    assert run.rows.get(number=2).asset_id


def test_a_file_that_is_gone_ends_in_words(run, started):
    runs.match(run, run.mapping)
    default_storage.delete(run.file.name)
    die(run)
    runs.work(now(run))
    assert now(run).state == State.FAILED and now(run).said


def test_a_fault_after_the_file_was_read_leaves_no_file(area, coordinator, monkeypatch, media):
    def fails(run):
        raise RuntimeError

    monkeypatch.setattr(runs, "remembered", fails)
    with pytest.raises(RuntimeError):
        begin(area, coordinator, LIST)
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_run_is_written_once(area, coordinator):
    run = check(area, coordinator, LIST)
    stale = now(run)
    runs.write(run)
    runs.write(stale)
    assert Asset.objects.count() == 2 and outcomes(now(run)) == (2, 0, 0, 0)
