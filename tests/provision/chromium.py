"""A Chromium for the browser tests, and what Playwright needs to drive it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.provision import apt
from tests.provision.errors import Missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_TIME_LIMIT = 300
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)
HOW = (
    "Chromium: the browser tests need one. Install it (Debian: apt-get install chromium) "
    "or set CHROMIUM to the path of a Chromium or Chrome."
)
DRIVER = [sys.executable, "-m", "playwright"]
HOW_DRIVER = (
    "Playwright: its driver, which the browser tests need, does not start. "
    "It may lack a library (Debian: apt-get install libatomic1). It says: "
)


def provide():
    """Return the path of a Chromium that starts, on a machine where Playwright does too."""
    _ensure_driver()
    named = os.environ.get("CHROMIUM")
    if named and not starts(named):
        raise Missing(f"Chromium: CHROMIUM={named} does not start. Correct or unset it.")
    path = named or _first_that_starts(
        _on_path, _downloaded_by_playwright, _download_with_playwright, _install_with_apt
    )
    if not path:
        raise Missing(HOW)
    _ensure_font()
    return path


def starts(path):
    """Say whether the program runs: one without its libraries, or a stub, does not."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _ensure_driver():
    """Playwright brings a Node.js that wants a library which a bare Debian lacks."""
    done = _driver("--version")
    if done.returncode and apt.install("libatomic1"):
        done = _driver("--version")
    if done.returncode:
        raise Missing(HOW_DRIVER + done.stderr.strip()[-300:])


def _driver(*arguments):
    return subprocess.run(
        [*DRIVER, *arguments], capture_output=True, text=True, timeout=DOWNLOAD_TIME_LIMIT
    )


def _first_that_starts(*sources):
    for source in sources:
        path = source()
        if path and starts(path):
            return path
    return None


def _on_path():
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and starts(path)), None)


def _downloaded_by_playwright():
    from playwright.sync_api import sync_playwright  # slow, and mostly not needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _download_with_playwright():
    print("Downloading Chromium with Playwright ...", flush=True)
    try:
        _driver("install", "--no-shell", "chromium")
    except subprocess.TimeoutExpired:
        return None
    return _downloaded_by_playwright()


def _install_with_apt():
    return _on_path() if apt.install("chromium", "fonts-dejavu-core") else None


def _ensure_font():
    """Pages without any font have no text to measure or click."""
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    if apt.available() and not any(_has_font(folder) for folder in folders):
        apt.install("fonts-dejavu-core")


def _has_font(folder):
    return any(next(folder.rglob(f"*.{kind}"), None) for kind in ("ttf", "otf", "ttc"))
