"""Danish is the first language: no text may be missing in it, and no text may be stale."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import gettext

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "locale/da/LC_MESSAGES/django.po"


def texts(path):
    """Return {text: translation} of a catalogue, its header left out."""
    with path.open("rb") as file:
        return {message.id: message for message in read_po(file) if message.id}


def test_every_text_is_translated():
    unready = [text for text, row in texts(CATALOGUE).items() if not filled(row) or row.fuzzy]
    assert not unready


def filled(row):
    return all(row.string) if isinstance(row.string, tuple) else bool(row.string)


def test_placeholders_are_the_same_in_both_languages():
    with CATALOGUE.open("rb") as file:
        wrong = [(row.id, list(errors)) for row, errors in read_po(file).check()]
    assert not wrong


def test_the_catalogue_holds_just_the_texts_of_the_code(tmp_path):
    """Extract the texts again, in a copy, and compare."""
    if not os.environ.get("ASSETMAP_XGETTEXT"):
        pytest.skip("xgettext is not here: apt-get install gettext")
    copy = tmp_path / "assetmap"
    unwanted = shutil.ignore_patterns(".venv", ".git", "var", ".provision", "tests", "*.mo")
    shutil.copytree(ROOT, copy, ignore=unwanted)
    command = ["makemessages", "-l", "da", "--no-location", "--no-wrap"]
    manage = [sys.executable, "manage.py", *command]
    subprocess.run(manage, cwd=copy, check=True, capture_output=True, env=os.environ)
    extracted = texts(copy / CATALOGUE.relative_to(ROOT))
    assert set(map(str, extracted)) == set(map(str, texts(CATALOGUE)))


def test_a_danish_page_speaks_danish():
    with translation.override("da"):
        assert gettext("Explore") == "Udforsk"
