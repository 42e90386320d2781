"""Who is meant by an id or a name in a row: one asset of the inventory, or one of this file."""

from dataclasses import dataclass, field

from assetmap.areas.text import fold
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Layer

from ..models import ImportRow

SHEET = "\u241f"  # between the name of a sheet and an id, where two sheets have the same ids


@dataclass
class End:
    """Whom a text means: an `asset`, or a `row` of this file; neither with a `problem`.

    A row that somebody may yet say is another asset, or is none, stands beside the one it is
    taken for: which of them it will be is known when it is written.
    """

    asset: int | None = None
    layer: str = ""
    row: int | None = None  # the key of an ImportRow
    problem: list | None = None


@dataclass
class Ends:
    """The ids and names of an area, and of the rows of a run that bring new ones.

    An id of the run's own source is kept as ("own", id) and means that one first.
    """

    by_key: dict = field(default_factory=dict)
    by_name: dict = field(default_factory=dict)

    @classmethod
    def of(cls, run):
        ends = cls()
        ends._read_rows(run)
        ends._read_assets(run)
        return ends

    def _read_rows(self, run):
        rows = run.rows.filter(what=ImportRow.What.ASSET).exclude(outcome="refused")
        names = ("pk", "key", "name", "asset", "likely", "values__layer")
        for row in rows.values(*names).iterator():
            open_yet = row["pk"] if row["likely"] or not row["asset"] else None
            end = End(row["asset"], row["values__layer"] or "", open_yet)
            self._add(("own", row["key"].rpartition(SHEET)[2]), row["name"], end)

    def _read_assets(self, run):
        """Those of this source first, so that an id means the one of the same source."""
        assets = Asset.objects.filter(area=run.area).exclude(status=Status.ARCHIVED)
        assets = assets.exclude(layer=Layer.RESIDENT)
        names = ["pk", "uid", "source", "source_id", "name", "layer"]
        for pk, uid, source, key, name, layer in assets.values_list(*names).iterator():
            end = End(pk, layer)
            self._add(("own", key) if source == run.source else key, name, end)
            self._add(str(uid), "", end)

    def _add(self, key, name, end):
        for index, text in ((self.by_key, key), (self.by_name, _name(name))):
            if text and text != ("own", ""):
                index.setdefault(text, []).append(end)

    def find(self, *texts):
        """Return the End that an id, or else a name, means; the first text that means one."""
        texts = [text for text in texts if text]
        several = False
        for text in texts:
            for found in self._places(text):
                different = {end.asset or ("row", end.row): end for end in reversed(found)}
                if len(different) == 1:
                    return next(iter(different.values()))
                several = several or len(different) > 1
        code = "two_ends" if several else "no_end"
        return End(problem=[code, {"text": texts[0][:80] if texts else ""}])

    def _places(self, text):
        keys = (("own", text), text)
        return [*(self.by_key.get(key, []) for key in keys), self.by_name.get(_name(text), [])]


def _name(text):
    return fold(text).strip()
