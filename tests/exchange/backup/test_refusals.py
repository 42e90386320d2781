"""What is no sound backup is refused with a sentence, and nothing of it is written."""

import json
import random
from zipfile import ZIP_LZMA, ZipFile

import pytest
from django.core.management.base import CommandError

from assetmap.areas.models import Area, User
from assetmap.exchange.backup import archive
from assetmap.inventory.models import Asset
from tests.factories import make_link, make_place, make_user
from tests.world import picture

from . import files


@pytest.fixture
def sound(area, media, path):
    """A sound backup, of an area that is not in the site any more."""
    make_user("coordinator", area)
    place = make_place(area, "Haven", photo="photos/a.webp")
    make_link(place, make_place(area), "works_with")
    (media / "photos").mkdir(parents=True)
    (media / "photos/a.webp").write_bytes(picture())
    files.back_up(area, path)
    files.erase_everything()
    (media / "photos/a.webp").unlink()
    return path


def refusal(path, *options):
    """Return the sentence by which a backup is refused, after a look at what it left behind."""
    with pytest.raises(CommandError) as refused:
        files.restore(path, *options)
    assert not (Area.objects.exists() or User.objects.exists() or Asset.objects.exists())
    return str(refused.value)


def nothing_is_in(media):
    return [file for file in media.rglob("*") if file.is_file()] == []


def row_changed(table, **changes):
    return lambda path: files.forge_rows(path, table, lambda rows: [rows[0] | changes, *rows[1:]])


def lines(table, text):
    return lambda path: files.forge(path, {f"data/{table}.jsonl": text})


def said(**told):
    return lambda path: files.forge(path, told=told)


def no_zip(path):
    path.write_bytes(b"PK\x03\x04 and so on")


def empty(path):
    path.write_bytes(b"")


def half(path):
    path.write_bytes(path.read_bytes()[:-200])


def gone(path):
    path.unlink()


def folder(path):
    path.unlink()
    path.mkdir()


def other_zip(path):
    with ZipFile(path, "w") as file:
        file.writestr("letter.txt", "Hej")


def other_manifest(path):
    with ZipFile(path, "w") as file:
        file.writestr("manifest.json", json.dumps({"name": "an app", "version": 1}))


def deep_manifest(path):
    with ZipFile(path, "w") as file:
        file.writestr("manifest.json", "[" * 100_000)


def one_more(path):
    with ZipFile(path, "a") as file:
        file.writestr("data/inventory.gift.jsonl", "")


def one_less(path):
    kept = files.members(path)
    with ZipFile(path, "w") as file:
        for name in set(kept) - {"data/inventory.link.jsonl"}:
            file.writestr(name, kept[name])


def altered(path):
    kept = files.members(path)
    kept["data/places.place.jsonl"] = kept["data/places.place.jsonl"].replace(b"other", b"otter")
    with ZipFile(path, "w") as file:
        for name, content in kept.items():
            file.writestr(name, content)


def twice(path):
    with ZipFile(path, "a") as file:
        file.writestr("manifest.json", "{}")


def bomb(path):
    files.forge(path, {"files/photos/b.webp": b"\0" * 40_000_000})


def lzma(path):
    files.forge(path, compression=ZIP_LZMA)


def leads_out(name):
    return lambda path: files.forge(path, {name: b"x"})


def two_areas(path):
    files.forge_rows(path, "areas.area", lambda rows: [*rows, rows[0] | {"id": 99}])


def place_twice(path):
    files.forge_rows(path, PLACE, lambda rows: [*rows, rows[0]])


def no_area(path):
    emptied = {name: b"" for name in files.members(path) if name.startswith("data/")}
    files.forge(path, emptied)


AREA, ASSET, PLACE, LINK = "areas.area", "inventory.asset", "places.place", "inventory.link"
REFUSED = {
    "no zip": (no_zip, "is not a zip file"),
    "empty": (empty, "is not a zip file"),
    "half": (half, "is not a zip file"),
    "gone": (gone, "cannot be read: No such file"),
    "folder": (folder, "cannot be read: Is a directory"),
    "another zip": (other_zip, "no backup of an area"),
    "another manifest": (other_manifest, "no backup of an area"),
    "a deep manifest": (deep_manifest, "no backup of an area"),
    "migrations of no kind": (said(migrations=[]), "no backup of an area"),
    "a migration of no kind": (said(migrations={"areas": 3}), "no backup of an area"),
    "a newer format": (said(version=2), "Update the site"),
    "a later version": (said(migrations={"areas": ["0099_later"]}), "areas 0099_later"),
    "one member more": (one_more, "not hold just what its manifest says"),
    "one member less": (one_less, "not hold just what its manifest says"),
    "an altered member": (altered, "its checksum differs"),
    "a name twice": (twice, "not packed as a backup"),
    "a bomb": (bomb, "could fill the disk"),
    "squeezed otherwise": (lzma, "not packed as a backup"),
    "a path up": (leads_out("files/../../x"), "leads out of its folder"),
    "a path from the root": (leads_out("/etc/x"), "leads out of its folder"),
    "a path of Windows": (leads_out("files\\..\\x"), "leads out of its folder"),
    "a drive of Windows": (leads_out("c:/x"), "leads out of its folder"),
    "a table that is not known": (lines("x.y", b""), "x.y.jsonl"),
    "a table that stays behind": (lines("areas.user_groups", b""), "areas.user_groups"),
    "a column that is not known": (row_changed(PLACE, rooms=3), "not known here: rooms"),
    "a right": (row_changed("areas.user", is_superuser=True), "not known here: is_s"),
    "no JSON": (lines(PLACE, b"{"), "Line 1 of “data/places.place.jsonl” is no row"),
    "deep JSON": (lines(PLACE, b"[" * 100_000), "is no row"),
    "no object": (lines(PLACE, b"[1]"), "is no row"),
    "no text": (lines(PLACE, b"\xff\xfe"), "is no row"),
    "no key": (lines(PLACE, b'{"kind": "room"}'), "is no row"),
    "a word for a number": (row_changed(PLACE, capacity="many"), "cannot be read"),
    "a list for a uid": (row_changed(ASSET, uid=[1]), "cannot be read"),
    "a time that is none": (row_changed(ASSET, updated_at="soon"), "cannot be read"),
    "a row that is not there": (row_changed(LINK, target=12345), "names asset 12345"),
    "a list for a key": (row_changed(PLACE, asset_ptr=[1]), "is no row"),
    "a list for an owner": (row_changed(ASSET, owner=[1]), "cannot be read"),
    "an asset twice": (place_twice, "cannot be written"),
    "a number too large": (row_changed(PLACE, capacity=2**70), "cannot be"),
    "off the earth": (row_changed(AREA, longitude=999), "cannot be written"),
    "nothing where something must be": (row_changed(ASSET, name=None), "cannot be written"),
    "two areas": (two_areas, "cannot be written"),
    "no area": (no_area, "holds one area"),
}


@pytest.mark.once
@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_sound_backup_is_refused_with_a_sentence(sound, media, what):
    spoil, sentence = REFUSED[what]
    spoil(sound)
    assert sentence in refusal(sound)
    assert nothing_is_in(media)


def test_a_line_too_long_for_a_row_is_refused(sound, monkeypatch):
    monkeypatch.setattr(archive, "LONGEST_LINE", 50)
    assert "is too long for a row" in refusal(sound)


@pytest.mark.parametrize("slug", ["admin", "Å b", "", "x" * 60])
def test_an_address_that_no_area_can_have_is_refused(sound, slug):
    files.forge(sound, told={"area": slug})
    assert "cannot be the address of an area" in refusal(sound)


def test_an_address_that_is_taken_is_refused_with_a_way_out(sound):
    files.restore(sound)
    with pytest.raises(CommandError, match="such as --slug urbanplanen-2"):
        files.restore(sound)
    files.restore(sound, "--slug", "urbanplanen-2")
    assert Area.objects.count() == 2


def test_a_dry_run_does_all_of_it_and_leaves_nothing(sound, media):
    assert "Would restore" in files.restore(sound, "--dry-run")
    assert not (Area.objects.exists() or User.objects.exists() or Asset.objects.exists())
    assert nothing_is_in(media)


def test_mangled_backups_are_refused_with_a_sentence(sound, media):
    chance, whole = random.Random(5), sound.read_bytes()
    for _ in range(200):
        mangled = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            mangled[chance.randrange(len(mangled))] = chance.randrange(256)
        sound.write_bytes(mangled[: len(mangled) - chance.choice([0, 0, 0, 1, 500])])
        try_it(sound)
    assert nothing_is_in(media)


JUNK = [None, True, -1, 2**70, 1.5, "", "x" * 5000, "\x00", "2020-01-01", [], [[]], {}, {"a": 1}]


@pytest.mark.filterwarnings("ignore:DateTimeField")
def test_rows_that_hold_anything_at_all_are_refused_or_restored(sound, media):
    chance, whole = random.Random(7), sound.read_bytes()
    filled = [n for n, held in files.members(sound).items() if n.startswith("data/") and held]
    for _ in range(60):
        sound.write_bytes(whole)
        table = chance.choice(filled).removeprefix("data/").removesuffix(".jsonl")
        column = chance.choice(sorted(files.rows(sound, table)[0]))
        row_changed(table, **{column: chance.choice(JUNK)})(sound)
        try_it(sound)
    assert nothing_is_in(media)


def try_it(path):
    """Restore for a moment, if it can be restored: anything but a sentence would be raised."""
    try:
        files.restore(path, "--dry-run")
    except CommandError as refused:
        assert str(refused)
    assert not Area.objects.exists()
