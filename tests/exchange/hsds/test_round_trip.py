"""What we answer can be brought in again by our own import."""

import json
from pathlib import Path

import pytest

from assetmap.exchange import reading

from .schemas import page_faults

pytestmark = pytest.mark.once

FILES = Path(__file__).parents[1] / "files"
KINDS = {"organizations": "organization", "services": "service", "locations": "location"}


def names(sheets, name):
    """The names on a sheet, as a set."""
    sheet = next(sheet for sheet in sheets if sheet.name == name)
    at = sheet.columns.index("name")
    return {row.values[at] for row in sheet.rows()}


@pytest.mark.parametrize("path", KINDS)
def test_our_answer_is_read_by_our_import(rich, client, tmp_path, path):
    answer = client.get(f"/api/hsds/{path}?full=true")
    file = tmp_path / "answer.json"
    file.write_bytes(answer.content)
    told = {record["name"] for record in answer.json()["contents"]}
    found = reading.open_file(file, f"{path}.json")
    assert found.format == "hsds" and told <= names(found.sheets, path)


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
def test_the_kept_answer_is_valid_and_is_read(path, kind):
    file = FILES / f"hsds_own_{path}.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert page_faults(kind, kept) == []
    found = reading.open_file(file, file.name)
    assert {record["name"] for record in kept["contents"]} <= names(found.sheets, path)
