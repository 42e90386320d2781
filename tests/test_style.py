"""The code is in order: what `make lint` checks, with the tools' own words when it is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "--diff", "."],
    "djlint": ["-m", "djlint", ".", "--lint", "--quiet", "--allow-empty-input"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
}


@pytest.mark.parametrize("arguments", CHECKS.values(), ids=CHECKS)
def test_in_order(arguments, tmp_path):
    # Its own data folder: the check of migrations looks into the site's database.
    environment = os.environ | {"DEBUG": "1", "DATA_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
