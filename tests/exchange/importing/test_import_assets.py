"""The same engine from the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assetmap.exchange.models import Import
from assetmap.inventory.models import Asset
from tests.exchange.importing.test_runs import LIST
from tests.factories import make_place


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(LIST)
    return path


def run(file, *args):
    out = StringIO()
    call_command("import_assets", str(file), "--area", "urbanplanen", *args, stdout=out)
    return out.getvalue()


def test_a_file_comes_in(area, file):
    assert "3 rows: 3 new, 0 changed, 0 unchanged, 0 refused (are in Urbanplanen)." in run(file)
    assert Asset.objects.count() == 3
    assert "0 new, 0 changed, 3 unchanged" in run(file)


def test_a_dry_run_says_it_and_leaves_nothing(area, file, media):
    told = json.loads(run(file, "--dry-run", "--json"))
    assert (told["new"], told["rows"], told["dry_run"]) == (3, 3, True)
    assert told["rows_said"][0]["said"] == [
        "It is not yet placed: it has no position that could be found."
    ]
    assert not Asset.objects.exists() and not Import.objects.exists()
    assert not list(media.glob("imports/*"))


def test_likely_doubles_can_be_kept_apart(area, file):
    make_place(area, "Solvang Bibliotek", latitude=55.648722, longitude=12.595484)
    run(file, "--apart")
    assert Asset.objects.filter(name="Solvang Bibliotek").count() == 2


def test_source_licence_layer_and_user_are_as_told(area, file, coordinator):
    file.write_text("navn\nHaven\n")
    told = ("--source", "Min liste", "--licence", "CC0", "--layer", "association")
    run(file, *told, "--user", coordinator.email)
    asset = Asset.objects.get()
    assert (asset.source, asset.licence, asset.layer) == ("Min liste", "CC0", "association")
    assert asset.created_by == coordinator


def test_columns_can_be_matched_by_a_file(area, file, tmp_path):
    file.write_text("a,b\nHaven,x\n")
    columns = {"a": "summary", "b": "name"}
    sheet = {"as": "assets", "layer": "place", "columns": columns, "values": {}}
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"sheets": [sheet]}))
    run(file, "--mapping", str(mapping))
    assert Asset.objects.get().name == "x"


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--area", "ingen"), "There is no area"),
        (("--user", "ingen@example.org"), "Nobody has the e-mail"),
        (("--mapping", "/ingen.json"), "ingen.json"),
    ],
)
def test_what_is_not_there_is_said(area, file, args, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(file, *args)
    assert not Asset.objects.exists()


def test_files_that_cannot_be_read_are_said(area, file, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "ingen.csv")
    file.write_bytes(b"")
    with pytest.raises(CommandError, match="empty"):
        run(file)
    assert not Import.objects.exists()
