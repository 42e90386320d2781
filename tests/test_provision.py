"""The provisioner chooses well; nothing here uses the network or installs anything."""

import os
import subprocess
import sys

import psycopg
import pytest

from tests import __main__ as runner
from tests.provision import Missing, Provision, apt, binaries, chromium, frame, gettext
from tests.provision.postgres import temporary_postgres


@pytest.fixture
def installs(monkeypatch):
    """A machine where nothing can be installed; lists what was asked for."""
    asked = []
    monkeypatch.setattr(apt, "install", lambda *packages: asked.append(packages))
    monkeypatch.setattr(apt, "available", lambda: False)
    monkeypatch.setattr(chromium, "DRIVER", ["/bin/echo"])
    monkeypatch.setattr(chromium, "_downloaded_by_playwright", lambda: None)
    monkeypatch.setattr(chromium, "_download_with_playwright", lambda: None)
    monkeypatch.setattr(binaries, "_pip_install", lambda wheel: asked.append(wheel))
    return asked


@pytest.fixture
def path(monkeypatch, tmp_path):
    """A PATH with one empty folder, and no other place to find programs in."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", tmp_path / "system")
    monkeypatch.setattr(binaries, "WHEEL_FOLDER", tmp_path / "wheels")
    return folder


def program(file, output="", code=0):
    """Write a program that prints something and ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\necho '{output}'\nexit {code}\n")
    file.chmod(0o755)
    return file


def postgres_programs(folder, version):
    program(folder / "initdb")
    program(folder / "postgres", f"postgres (PostgreSQL) {version}")
    return folder


class TestChromium:
    def test_the_named_one_comes_first(self, path, installs, monkeypatch, tmp_path):
        program(path / "chromium")
        named = program(tmp_path / "mine")
        monkeypatch.setenv("CHROMIUM", str(named))
        assert chromium.provide() == str(named)

    def test_a_named_one_that_does_not_start_is_an_error(self, path, installs, monkeypatch):
        program(path / "chromium")
        monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
        with pytest.raises(Missing, match="/nowhere/chromium does not start"):
            chromium.provide()

    def test_a_stub_on_path_is_passed_over(self, path, installs):
        program(path / "chromium", code=1)
        chrome = program(path / "google-chrome")
        assert chromium.provide() == str(chrome)
        assert installs == []

    def test_apt_is_the_last_resort(self, path, installs, monkeypatch):
        monkeypatch.setattr(apt, "install", lambda *packages: program(path / packages[0]))
        assert chromium.provide() == str(path / "chromium")

    def test_without_any_a_sentence_says_how_to_get_one(self, path, installs):
        with pytest.raises(Missing, match="apt-get install chromium"):
            chromium.provide()
        assert installs == [("chromium", "fonts-dejavu-core")]

    def test_a_driver_that_lacks_a_library_gets_it(self, path, installs, monkeypatch, tmp_path):
        chrome = program(path / "google-chrome")
        driver = program(tmp_path / "driver", code=127)
        monkeypatch.setattr(chromium, "DRIVER", [driver])
        with pytest.raises(Missing, match="apt-get install libatomic1"):
            chromium.provide()
        monkeypatch.setattr(apt, "install", lambda *packages: program(driver))
        assert chromium.provide() == str(chrome)


class TestGettext:
    def test_half_of_it_is_not_enough(self, path, installs):
        program(path / "xgettext")
        with pytest.raises(Missing, match="msgfmt"):
            gettext.provide()
        assert installs == [("gettext",)]

    def test_on_path(self, path, installs):
        program(path / "msgfmt")
        xgettext = program(path / "xgettext")
        assert gettext.provide() == str(xgettext)


class TestPostgresPrograms:
    def test_links_on_path_are_followed(self, path, installs, tmp_path):
        real = postgres_programs(tmp_path / "real", "16.2")
        (path / "initdb").symlink_to(real / "initdb")
        assert binaries.find_binaries() == real

    def test_the_newest_of_the_system_is_taken(self, path, installs, tmp_path):
        for version in ("9", "14", "17"):
            postgres_programs(tmp_path / "system" / version / "bin", f"{version}.1")
        assert binaries.find_binaries() == tmp_path / "system/17/bin"

    def test_one_too_old_for_django_is_passed_over(self, path, installs, tmp_path):
        postgres_programs(tmp_path / "system/13/bin", "13.9")
        wheel = postgres_programs(tmp_path / "wheels/some/package/pginstall/bin", "18.0")
        assert binaries.find_binaries() == wheel

    def test_a_wheel_is_copied_with_the_libraries_beside_its_package(self, path, tmp_path):
        programs = tmp_path / "wheels/some/package/pginstall/bin"
        assert binaries.installation(programs) == tmp_path / "wheels/some"
        assert binaries.installation(tmp_path / "opt/postgres/bin") == tmp_path / "opt/postgres"

    def test_wheels_and_apt_are_tried_in_turn(self, path, installs):
        with pytest.raises(Missing, match="apt-get install postgresql"):
            binaries.find_binaries()
        assert installs == [*binaries.WHEELS, ("postgresql",)]


class TestTemporaryPostgres:
    def test_it_works_and_is_gone_after_an_exception(self):
        if not binaries.installed():
            pytest.skip("there is no PostgreSQL here")
        with pytest.raises(ZeroDivisionError), temporary_postgres() as url:
            with psycopg.connect(url) as connection:
                connection.execute("CREATE EXTENSION pg_trgm")
                row = connection.execute(
                    "SELECT current_setting('data_directory'), 'BLÅ Ø' ILIKE 'blå ø'"
                ).fetchone()
            raise ZeroDivisionError
        assert row[1], "letters beyond ASCII have no case"
        assert not os.path.exists(os.path.dirname(row[0]))
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url)


class TestRunner:
    @pytest.fixture
    def runs(self, monkeypatch):
        """Replace the runs of pytest; the first one fails."""
        made = []

        def run(title, variables, arguments):
            made.append((title, variables.get("DATABASE_URL"), arguments))
            return 1 if len(made) == 1 else 0

        monkeypatch.setattr(runner, "run", run)
        return made

    def test_both_databases_are_tested_though_the_first_fails(self, runs, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgres://the-developers-own")
        assert runner.run_all(Provision(), "postgres://temporary", ["-x"]) == 1
        assert [url for _, url, _ in runs] == [None, "postgres://temporary"]
        assert "FAILED" in runs[1][0]
        assert [arguments for *_, arguments in runs] == [["-x"], ["-m", "not once", "-x"]]

    def test_something_missing_is_an_error_in_ci(self, runs, monkeypatch, capsys):
        monkeypatch.setattr(runner, "provide", lambda: Provision(missing=["No browser."]))
        monkeypatch.setattr(runner.signal, "signal", lambda *_: None)
        monkeypatch.setenv("CI", "true")
        assert runner.main([]) == 2
        assert runs == []
        assert "No browser." in capsys.readouterr().err

    def test_elsewhere_it_is_reported_and_the_rest_is_tested(self, runs, monkeypatch, capsys):
        monkeypatch.setattr(runner, "provide", lambda: Provision(missing=["No browser."]))
        monkeypatch.setattr(runner.signal, "signal", lambda *_: None)
        monkeypatch.delenv("CI", raising=False)
        assert runner.main([]) == 1
        assert len(runs) == 1
        assert "No browser." in capsys.readouterr().err

    def test_workers(self, monkeypatch):
        monkeypatch.setenv("ASSETMAP_WORKERS", "0")
        assert "-n" not in runner.command([])
        monkeypatch.delenv("ASSETMAP_WORKERS")
        assert runner.command(["-k", "map"])[-6:] == [
            "-n",
            "2",
            "--dist",
            "worksteal",
            "-k",
            "map",
        ]

    def test_the_report_is_the_last_thing_above_pytests_closing_line(self, tmp_path):
        (tmp_path / "test_nothing.py").write_text("def test_nothing(): pass\n")
        variables = os.environ | {"ASSETMAP_MISSING": frame(["No browser."])}
        options = ["-p", "tests.provision.plugin", "-p", "no:django", "-c", os.devnull]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, "--rootdir", tmp_path, tmp_path],
            env=variables,
            capture_output=True,
            text=True,
        )
        *_, report, _edge, closing = done.stdout.splitlines()
        assert report == "* No browser."
        assert "1 passed" in closing
