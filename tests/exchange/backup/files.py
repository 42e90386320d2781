"""Backups as tests take, read, forge and restore them."""

import hashlib
import json
from io import StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.management import call_command

from assetmap.areas.models import Area, User
from assetmap.exchange.backup.tables import columns, numbered, owner_of_key, tables
from assetmap.inventory.models import layer_models

MANIFEST = "manifest.json"


def back_up(area, path):
    """Write a backup by the command; return what it said."""
    return told_by("backup_area", area.slug, path)


def restore(path, *options):
    """Restore by the command; return what it said."""
    return told_by("restore_area", path, *options)


def told_by(command, *arguments):
    said = StringIO()
    call_command(command, *map(str, arguments), stdout=said)
    return said.getvalue()


def erase_everything():
    """Leave the site's tables as those of a new one: no areas and no people."""
    for model in layer_models().values():
        model.objects.all().delete()
    Area.objects.all().delete()
    User.objects.all().delete()


def members(path):
    with ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def manifest(path):
    return json.loads(members(path)[MANIFEST])


def rows(path, table):
    return [json.loads(line) for line in _lines(path, table)]


def _lines(path, table):
    """A table's lines; none of a table that came after the backup."""
    return members(path).get(f"data/{table}.jsonl", b"").splitlines()


def content(path, without=("slug",)):
    """Return {table or file: rows or bytes}; rows stand there by their place, not by their key."""
    found = {model: rows(path, model._meta.label_lower) for model in tables()}
    places = {m: {r["id"]: n for n, r in enumerate(found[m])} for m in numbered()}
    told = {
        model._meta.label: [_placed(model, row, places, without) for row in found[model]]
        for model in tables()
    }
    return told | {n: b for n, b in members(path).items() if n.startswith("files/")}


def _placed(model, row, places, without):
    row = {name: value for name, value in row.items() if name not in ("id", *without)}
    for field in columns(model):
        target = field.related_model and owner_of_key(field.related_model)
        if target in places and row.get(field.name) is not None:
            row[field.name] = places[target][row[field.name]]
    return row


def forge(path, changes=None, told=None, **zipped):
    """Rewrite a backup with other members, None for none, and a manifest that fits them.

    told: what the manifest says otherwise. Returns the path.
    """
    held = members(path) | (changes or {})
    said = json.loads(held.pop(MANIFEST))
    held = {name: content for name, content in held.items() if content is not None}
    said["members"] = {name: {"sha256": hashlib.sha256(b).hexdigest()} for name, b in held.items()}
    with ZipFile(path, "w", **{"compression": ZIP_DEFLATED, **zipped}) as file:
        for name, content in held.items():
            file.writestr(name, content)
        file.writestr(MANIFEST, json.dumps(said | (told or {})))
    return path


def forge_rows(path, table, change):
    """Rewrite a backup with a table's rows changed: `change` gets and returns their list."""
    lines = [json.dumps(row) + "\n" for row in change(rows(path, table))]
    return forge(path, {f"data/{table}.jsonl": "".join(lines).encode()})
