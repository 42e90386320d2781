"""`make bench` measures every line, beside a floor of its own, and reports what it found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from bench.imports import missed as missed_by_import
from bench.inside.lines import ZOOMS, invented, viewport
from bench.inside.partners import SEARCHES
from bench.networks import missed as missed_by_network
from bench.numbers import percentile, spread
from bench.partners import missed as missed_by_finder
from bench.report import Results, shown
from bench.targets import growth, missed, target

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
NUMBERS = ("p50", "p95", "queries", "floor", "floor_sql", "floor_empty", "ratio")
KINDS = {
    *("map", "map gift", "map text", "list", "everywhere", "search everywhere"),
    *("suggest", "asset page", "save"),
}
ROW = {"line": "map, one area, layer", "kind": "map", "p50": 9.0, "p95": 20.0, "compressed": 5_000}
ABOUT = {"engine": "sqlite", "count": 10_000, "conditions": "none"}


@pytest.fixture
def run(tmp_path):
    """The whole command, on as few assets as two areas take; what it wrote and printed."""
    out = tmp_path / "results.json"
    few = ["--counts", "1500", "--engines", "sqlite", "--rounds", "2", "--no-browser"]
    few += ["--imports", "300", "--graphs", "60", "--partners", "60"]
    command = [sys.executable, "-m", "bench", *few, "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    content = json.loads(out.read_text())
    (only,) = content["runs"]
    extra = {name: content[name] for name in ("imports", "graphs", "finders")}
    return only | {"printed": done.stdout} | extra


def assert_every_line_has_numbers_and_a_floor(run):
    assert {row["kind"] for row in run["rows"]} == KINDS
    for row in run["rows"]:
        assert "error" not in row
        assert all(row[name] > 0 for name in NUMBERS), row
        assert row["p50"] <= row["p95"]


def assert_the_map_is_asked_for_at_every_zoom(run):
    maps = [row for row in run["rows"] if row["kind"].startswith("map")]
    assert len(maps) == 8
    for row in maps:
        assert [one["variant"] for one in row["variants"]] == [f"z{zoom}" for zoom in ZOOMS]
        assert row["p95"] == max(one["p95"] for one in row["variants"])
        assert row["compressed"] < row["bytes"]


def assert_a_run_says_under_which_conditions(run):
    assert run["assets"] == 1500
    assert run["areas"] == 2
    assert run["rounds"] == 2
    assert run["machine"]["cores"] > 0
    assert run["versions"]["SQLite"]
    assert "ANALYZE" in run["conditions"]
    assert run["megabytes_of_memory"] > 0


def assert_every_line_is_shown(run):
    for row in run["rows"]:
        assert f"\n{row['line']}" in run["printed"]


def assert_an_import_is_measured_the_first_time_and_again(run):
    (only,) = run["imports"]
    assert (only["engine"], only["rows"]) == ("sqlite", 300)
    for name in ("first", "again"):
        assert only[name]["seconds"] > 0 and only[name]["megabytes_of_memory"] > 0
    assert "sqlite, importing 300 rows" in run["printed"]


def test_the_whole_command(run, subtests):
    """All in one, as the command takes long and workers share nothing."""
    with subtests.test("every line has numbers and a floor"):
        assert_every_line_has_numbers_and_a_floor(run)
    with subtests.test("the map is asked for at every zoom"):
        assert_the_map_is_asked_for_at_every_zoom(run)
    with subtests.test("a run says under which conditions"):
        assert_a_run_says_under_which_conditions(run)
    with subtests.test("every line is shown"):
        assert_every_line_is_shown(run)
    with subtests.test("an import is measured the first time and again"):
        assert_an_import_is_measured_the_first_time_and_again(run)
    with subtests.test("a network is measured beside igraph and its page"):
        assert_a_network_is_measured_beside_igraph_and_its_page(run)
    with subtests.test("the partner finder is measured search by search"):
        assert_the_finder_is_measured_search_by_search(run)


def test_a_slow_import_is_marked():
    first = {"seconds": 61, "megabytes_of_memory": 100}
    result = {"engine": "sqlite", "rows": 100_000, "first": first, "again": first}
    assert missed_by_import(result) == ["seconds > 60"]
    assert missed_by_import(result | {"engine": "postgresql"}) == []


def assert_a_network_is_measured_beside_igraph_and_its_page(run):
    network, page = run["graphs"]
    assert (network["what"], network["assets"]) == ("network", 60) and network["ties"] > 60
    parts = {"load", "position", "structure", "collective", "reach", "layout", "igraph", "whole"}
    assert set(network["seconds"]) == parts and network["ratio"] > 0
    assert network["megabytes_of_memory"]["most"] >= network["megabytes_of_memory"]["before"] > 0
    assert set(page["page"]) == {"unchanged", "drawing", "changed"}
    assert all(of["p95"] >= of["p50"] > 0 for of in page["page"].values())
    assert "its page, 60 assets" in run["printed"]


def assert_the_finder_is_measured_search_by_search(run):
    (finder,) = run["finders"]
    assert (finder["assets"], finder["activities"]) == (60, 30)
    assert set(finder["searches"]) == set(SEARCHES)
    for of in (finder, finder["page"], *finder["searches"].values()):
        assert 0 < of["p50"] <= of["p95"]


def test_a_slow_finder_is_marked():
    assert missed_by_finder({"p95": 151}) == ["p95 > 150 ms"]
    assert missed_by_finder({"p95": 150}) == []


def test_a_slow_network_and_a_slow_page_are_marked():
    network = {"what": "network", "ratio": 2.1}
    assert missed_by_network(network) == ["> 2 x igraph"]
    assert missed_by_network(network | {"ratio": 2}) == []
    times = {name: {"p95": 301} for name in ("unchanged", "drawing", "changed")}
    page = {"what": "page", "page": times}
    said = ["unchanged p95 > 300 ms", "drawing p95 > 300 ms"]
    assert missed_by_network(page) == said


def test_an_unknown_engine_is_refused(tmp_path):
    command = [sys.executable, "-m", "bench", "--engines", "oracle", "--out", tmp_path / "no"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "not an engine: oracle" in done.stderr


def test_percentiles_are_values_that_were_measured():
    assert percentile(range(1, 41), 0.95) == 38
    assert percentile([7], 0.95) == 7
    assert spread([3.0, 1.0, 2.0, 90.0]) == {"p50": 2.5, "p95": 90.0}


def test_targets_depend_on_the_count_and_the_engine():
    assert target("map", "sqlite", 1_000) == target("map", "postgresql", 10_000) == 25
    assert target("map", "postgresql", 1_000_000) == 50
    assert target("map", "sqlite", 100_000) == 60
    assert target("list large", "sqlite", 1_000_000) is None


def test_a_missed_target_is_marked():
    assert missed(ROW, "sqlite", 10_000) == []
    assert missed(ROW | {"p95": 25.1}, "sqlite", 10_000) == ["p95 > 25 ms"]
    assert missed(ROW | {"p95": 25.1}, "sqlite", 1_000_000) == []
    assert missed(ROW | {"compressed": 30_001}, "sqlite", 10_000) == ["> 30 kB"]
    browser = {"kind": "browser", "p95": 700.0}
    assert missed(browser, "sqlite", 10_000) == ["worst > 600 ms"]


def test_growth_is_from_ten_thousand_to_the_most():
    runs = [
        {"engine": "sqlite", "count": count, "rows": [ROW | {"p95": p95}, row]}
        for count, p95, row in (
            (1_000, 1.0, {"line": "failed", "error": "…"}),
            (10_000, 10.0, {"line": "save", "kind": "save", "p95": 1.0}),
            (1_000_000, 25.0, {"line": "save", "kind": "save", "p95": 9.0}),
        )
    ]
    found = {"engine": "sqlite", "line": ROW["line"], "to": 1_000_000, "times": 2.5}
    assert growth(runs) == [found]
    assert growth(runs[:2]) == []


def test_what_was_measured_is_kept_when_a_run_is_stopped(tmp_path):
    results = Results(tmp_path / "results.json", rounds=40)
    results.begin(**ABOUT)
    results.take("row", ROW)
    (kept,) = json.loads(results.path.read_text())["runs"]
    assert kept["rows"] == [ROW | {"missed": []}]


def test_results_of_other_engines_and_counts_are_kept_if_asked(tmp_path):
    path = tmp_path / "results.json"
    for keep, engine in ((False, "sqlite"), (True, "postgresql"), (True, "postgresql")):
        results = Results(path, rounds=40, keep=keep)
        results.begin(**ABOUT | {"engine": engine})
        results.take("about", {"areas": 6})
    assert [run["engine"] for run in results.runs] == ["sqlite", "postgresql"]
    anew = Results(path, rounds=40)
    assert anew.runs == []


def test_a_page_that_fails_is_said_and_leaves_the_others(tmp_path):
    results = Results(tmp_path / "results.json", rounds=40)
    results.begin(**ABOUT)
    results.take("row", {"line": "save", "kind": "save", "error": "it answered 500"})
    results.take("row", ROW)
    assert [row["line"] for row in results.failed] == ["save"]
    assert "FAILED: it answered 500" in shown(results.failed[0])


def test_a_viewport_is_what_a_screen_shows():
    west, south, east, north = viewport(55.65, 12.6, 15)
    assert (west + east) / 2 == pytest.approx(12.6)
    assert east - west == pytest.approx(1024 / 256 / 2**15 * 360)
    assert south < 55.65 < north
    assert viewport(55.65, 12.6, 0) == (-180, -85, 180, 85)


def test_new_names_are_not_taken_for_one_another():
    names = [f"klub {invented(number)}" for number in range(60)]
    likest = max(fuzz.token_sort_ratio(a, b) for a in names for b in names if a != b)
    assert likest < 88
