"""Imports made by hand, so that a page can be tried in every state."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assetmap.exchange.models import Import, ImportRow
from tests.factories import make_user

SHEET = {
    "name": "steder",
    "columns": ["Navn", "Type", "Note"],
    "rows": 3,
    "more": False,
    "samples": [["Haven", "Byhave", "grøn"], ["Pladsen", "Torv", ""], ["Huset", "Hus", "gult"]],
    "has_geometry": False,
    "crs": "EPSG:4326",
    "values": {"Type": [["Byhave", 1], ["Torv", 1], ["Hus", 1]]},
}
MATCHED = {
    "as": "assets",
    "layer": "place",
    "columns": {"Navn": "name", "Type": "", "Note": ""},
    "values": {},
}
UNDERSTOOD = {"format": "csv", "encoding": "utf-8", "delimiter": ";", "notes": []}
NOTHING = {"new": 0, "changed": 0, "unchanged": 0, "refused": 0, "likely": 0, "unplaced": 0}


def make_importer(area):
    user = make_user("coordinator", area)
    user.memberships.update(may_import=True)
    return user


def make_run(area, state="uploaded", sheets=(SHEET,), matched=(MATCHED,), **fields):
    """An import whose file was read, and has gone as far as the state says."""
    understood = UNDERSTOOD | {"sheets": list(sheets)} | fields.pop("understood", {})
    fields = {"filename": "steder.csv", "source": "steder", "counts": NOTHING} | fields
    if state in ("done", "undone"):
        fields.setdefault("done_at", timezone.now())
    mapping = {"sheets": list(matched)}
    return Import.objects.create(
        area=area, state=state, understood=understood, mapping=mapping, **fields
    )


def make_row(run, number, name="Haven", outcome="new", **fields):
    """A row of it; `values` as the engine keeps them."""
    values = {"layer": "place", "fields": {"name": name}}
    fields = {"key": str(number), "values": values} | fields
    return ImportRow.objects.create(run=run, number=number, name=name, outcome=outcome, **fields)


def url(run, page="import"):
    path = {"import": "", "match": "columns/", "report": "report.csv"}.get(page, f"{page}/")
    return f"/{run.area.slug}/import/{run.uid}/{path}"


def likely(asset, score=90, why=(("name", {}),)):
    """What the engine keeps of a likely duplicate."""
    return {"asset": asset.pk, "score": score, "why": [list(w) for w in why]}


def queries(client, path):
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
