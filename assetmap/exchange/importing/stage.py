"""Reading a file into ImportRows: what each of its rows would do. Nothing is written yet.

Rows are kept chunk by chunk, so a run that was stopped goes on where it was.
"""

import hashlib
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction

from assetmap.areas.text import fold
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.loader import insert_rows
from assetmap.inventory.models import Gift

from ..models import ImportRow
from .compare import changes, with_rows
from .ends import SHEET, Ends
from .interpret import reader_for
from .known import SURE, Known
from .link_rows import GiftStage, LinkStage, settle_ties
from .problems import refuses

CHUNK = 1_000
COLUMNS = [field for field in ImportRow._meta.concrete_fields if not field.primary_key]
KEY = 150  # characters of an id that are kept

Outcome = ImportRow.Outcome


def stage(run, reading, tell):
    """Make the ImportRows of a run from a Reading; `tell(done)` is called as it goes on."""
    done = 0
    mappings = list(enumerate(run.mapping["sheets"]))
    assets = AssetStage(run)
    for number, mapping in mappings:
        if mapping["as"] == "assets":
            done = _stage_sheet(run, reading, number, assets.rows, done, tell)
    if not _names_others(run):
        return
    ends = Ends.of(run)
    settle_ties(run, ends)
    for as_, stager in (("links", LinkStage), ("gifts", GiftStage)):
        rows = stager(run, ends).rows
        for number, mapping in mappings:
            if mapping["as"] == as_:
                done = _stage_sheet(run, reading, number, rows, done, tell)


def _names_others(run):
    """Whether anything in the file is about others by their id or name: ties, gifts of theirs."""
    for mapping in run.mapping["sheets"]:
        if mapping["as"] in ("links", "gifts"):
            return True
        if any(code.startswith("tie:") for code in mapping["columns"].values()):
            return True
    return False


def _stage_sheet(run, reading, number, rows_of, done, tell):
    sheet = reading.sheets[number]
    reader = reader_for(run.area, sheet, run.mapping["sheets"][number])
    last = run.rows.filter(sheet=number).order_by("-number").values_list("number", flat=True)
    last = last.first() or 0
    rows = sheet.rows()
    while chunk := list(islice(rows, CHUNK)):
        drafts = [reader.draft(row) for row in chunk if row.number > last]
        with transaction.atomic():
            kept = [_clean(row) for row in rows_of(number, sheet.name, drafts)]
            insert_rows(ImportRow, kept, COLUMNS)
        done += len(chunk)
        tell(done)
    return done


def _clean(row):
    """Keep nothing of a row in which a CPR number stands."""
    texts = [row.key, row.name, *(str(about) for _code, about in row.problems)]
    try:
        for text in texts:
            refuse_cpr(text)
    except ValidationError:
        row.key = row.name = ""
        row.problems = [["cpr", {"field": "…"}]]
    if refuses(row.problems):
        row.values, row.changes, row.likely = {}, {}, []
        row.outcome, row.asset_id = Outcome.REFUSED, None
    return row


class AssetStage:
    """Says of drafts of assets whether they are new, changed, unchanged or refused."""

    def __init__(self, run):
        self.run = run
        self.known = Known(run)
        self.gifts_by_word = Gift.objects.by_word()
        self.seen, self.taken, self.places, self.repeats = {}, {}, {}, {}
        self._remember()

    def _remember(self):
        """What an earlier try of this run has kept already."""
        for row in self.run.rows.filter(what=ImportRow.What.ASSET).iterator():
            self.seen[row.key] = (row.sheet, row.number)
            if row.asset_id:
                self.taken[row.asset_id] = row.number
            if row.values:
                self._remember_place(row)

    def _remember_place(self, row):
        place = _place(row.values["fields"])
        self.places.setdefault(place, row.number)
        repeat = self.repeats.get(place, 0) + 1
        if row.key == _digest(f"{place} {repeat}"):
            self.repeats[place] = repeat

    def rows(self, sheet, sheet_name, drafts):
        """Return an ImportRow for each Draft of a sheet."""
        rows = [self._row(sheet, sheet_name, draft) for draft in drafts]
        assets = with_rows([row.asset_id for row in rows if row.asset_id])
        for row in rows:
            if row.asset_id:
                compare(row, assets[row.asset_id], self.gifts_by_word)
        return rows

    def _row(self, sheet, sheet_name, draft):
        row = ImportRow(
            run=self.run,
            sheet=sheet,
            number=draft.number,
            name=draft.name,
            values=draft.values,
            problems=draft.problems,
            outcome=Outcome.NEW,
        )
        if refuses(draft.problems):
            row.key = draft.key[:KEY]
            return row
        row.key = self._key(sheet, sheet_name, draft)
        if row.key in self.seen:
            number = self.seen[row.key][1]
            row.problems.append(["same_id", {"number": number, "key": draft.key[:80]}])
            return row
        self.seen[row.key] = (sheet, draft.number)
        self._find(row)
        return row

    def _key(self, sheet, sheet_name, draft):
        """The id in the file; without one, one that the same row gets again the next time."""
        if not draft.key:
            return self._made_key(draft)
        key = draft.key if len(draft.key) <= KEY else _digest(draft.key)
        elsewhere = key in self.seen and self.seen[key][0] != sheet
        return f"{sheet_name[:60]}{SHEET}{key}"[:KEY] if elsewhere else key

    def _made_key(self, draft):
        place = _place(draft.values["fields"])
        if place in self.places:
            draft.say("like_row", number=self.places[place])
        self.places.setdefault(place, draft.number)
        self.repeats[place] = self.repeats.get(place, 0) + 1
        return _digest(f"{place} {self.repeats[place]}")

    def _find(self, row):
        """Find out which asset of the inventory the row is, if it is one."""
        asset = self.known.by_key.get(row.key)
        if asset in self.taken:
            row.problems.append(["same_asset", {"number": self.taken[asset]}])
            return
        row.asset_id = asset
        if not asset:
            row.likely = self.known.likely(row.values["fields"], row.values["layer"], self.taken)
            row.asset_id = next((x["asset"] for x in row.likely if x["score"] >= SURE), None)
        if row.asset_id:
            self.taken[row.asset_id] = row.number


def compare(row, asset, gifts_by_word):
    """Set what a row that is one of the inventory's assets would change there."""
    row.changes, problems = changes(asset, row.values, gifts_by_word)
    row.problems += problems
    row.outcome = Outcome.CHANGED if row.changes else Outcome.UNCHANGED
    row.values["version"] = asset.version


def _place(values):
    """What a row without an id is known by: its name, and where it lies."""
    where = [values.get("latitude"), values.get("longitude")]
    spot = ",".join(f"{x:.5f}" for x in where) if None not in where else ""
    return f"{fold(values['name'])}|{spot or fold(values.get('address', ''))}"


def _digest(text):
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
