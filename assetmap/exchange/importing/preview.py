"""What would become of each row of a file, as the page shows it before anything is written."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assetmap.explore.paging import Stretch, page_of
from assetmap.inventory.models import Asset

from ..models import ImportRow
from . import fields, problems

PAGE = 50
LONGEST = 300  # letters of a value that are shown
IN_ORDER = (Stretch(("pk",)),)  # rows are kept in the order of the file
TABS = {
    "new": pgettext_lazy("rows of a file", "New"),
    "changed": pgettext_lazy("rows of a file", "Changed"),
    "unchanged": pgettext_lazy("rows of a file", "Unchanged"),
    "refused": pgettext_lazy("rows of a file", "Refused"),
    "likely": gettext_lazy("Perhaps there already"),
}


@dataclass
class Shown:
    """A row for the page. `changes`: (field, before, after) in words; `notes`: sentences."""

    row: ImportRow
    sheet: str
    changes: list
    notes: list
    candidates: list = field(default_factory=list)

    @property
    def is_apart(self):
        """Whether it comes in as one of its own, as things stand."""
        return self.row.asset_id is None


@dataclass
class Candidate:
    """An asset that a row may be about; `why` in words, `score` of 100."""

    asset: Asset
    score: int
    why: list
    is_chosen: bool


def preview(run, user, query):
    """Return what the page of an Import in state CHECKED shows, for ?show=…&page=…"""
    show = query.get("show")
    if show not in TABS:
        show = next((tab for tab in TABS if run.counts.get(tab)), "new")
    page = page_of(rows_of(run, show), IN_ORDER, query.get("page", ""), PAGE)
    return {
        "show": show,
        "tabs": [(tab, label, run.counts.get(tab, 0)) for tab, label in TABS.items()],
        "rows": shown(run, user, page.rows),
        "mark": page,
        "query": f"show={show}",
        "to_write": to_write(run),
        "unanswered": unanswered(run),
    }


def to_write(run):
    """How many rows of an Import there are to be written."""
    return run.counts.get("new", 0) + run.counts.get("changed", 0)


def unanswered(run):
    """How many likely duplicates nobody has decided on."""
    if not run.counts.get("likely"):
        return 0
    return rows_of(run, "likely").filter(apart=None).count()


def rows_of(run, show):
    """Return the rows under a tab of the page."""
    return run.rows.exclude(likely=[]) if show == "likely" else run.rows.filter(outcome=show)


def shown(run, user, rows):
    """Return a Shown for each row; of likely duplicates only those that the user may see."""
    names = [sheet["name"] for sheet in run.understood["sheets"]]
    several = len(names) > 1
    found = [
        Shown(row, names[row.sheet] if several else "", changes_of(row), problems.sentences(row))
        for row in rows
    ]
    assets = _likely_assets(run, user, rows)
    for item in found:
        item.candidates = list(_candidates(item.row, assets))
    return found


def _likely_assets(run, user, rows):
    keys = {entry["asset"] for row in rows for entry in row.likely}
    assets = Asset.objects.visible_to(user).filter(area=run.area).in_bulk(keys)
    for asset in assets.values():
        asset.area = run.area
    return assets


def _candidates(row, assets):
    for entry in row.likely:
        if asset := assets.get(entry["asset"]):
            is_chosen = row.asset_id == asset.pk
            yield Candidate(asset, entry["score"], problems.whys(entry["why"]), is_chosen)


def changes_of(row):
    """Return [(field, before, after)] in words of what a row changes."""
    layer = row.values.get("layer", "")
    return [
        (fields.label(name, layer), *(_shown(fields.in_words(name, x, layer)) for x in pair))
        for name, pair in row.changes.items()
    ]


def _shown(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):  # an outline, which nobody reads as numbers
        return value.get("type", "…")
    if isinstance(value, list):
        return ", ".join(map(_shown, value))[:LONGEST]
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def choices_of(run, data):
    """Return {row pk: asset pk, or 0 for another one} for the answers that were posted."""
    if (answer := data.get("all")) in ("same", "apart"):
        rows = rows_of(run, "likely")
        return {row.pk: _best(row) if answer == "same" else 0 for row in rows.iterator()}
    names = [name for name in data if name.startswith("row-")]
    rows = run.rows.filter(pk__in=[key for key in map(_number, names) if key])
    answers = {row.pk: (row, data[f"row-{row.pk}"]) for row in rows}
    return {pk: int(text) for pk, (row, text) in answers.items() if text in _possible(row)}


def _best(row):
    return max(row.likely, key=lambda entry: entry["score"])["asset"]


def _possible(row):
    return {"0", *(str(entry["asset"]) for entry in row.likely)}


def _number(name):
    """Return the row's key in the name of a field, or None for what no page of ours sends."""
    digits = name.removeprefix("row-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
