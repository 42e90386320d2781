"""What an import did, row by row: as a file for a Danish spreadsheet."""

import csv

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from ..exporting.sheets import Line
from ..formulas import unharmed
from . import problems
from .preview import changes_of


def as_csv(run):
    """Yield the report: UTF-8 that says so, semicolons, a line for each row of the file."""
    writer = csv.writer(Line(), delimiter=";")
    sheets = [sheet["name"] for sheet in run.understood["sheets"]]
    yield b"\xef\xbb\xbf" + writer.writerow(_headings())
    for row in run.rows.iterator():
        yield writer.writerow([unharmed(cell) for cell in cells(row, sheets)])


def _headings():
    return [_("row"), _("sheet"), _("what"), _("name"), _("what became of it"),
            _("changed"), _("notes")]  # fmt: skip


def cells(row, sheets):
    """Return the texts of one line of the report."""
    changed = [f"{label}: {before} → {after}" for label, before, after in changes_of(row)]
    return [
        str(row.number),
        sheets[row.sheet],
        row.get_what_display(),
        row.name,
        row.get_outcome_display(),
        " · ".join(changed),
        " ".join(problems.sentences(row)),
    ]


def download(run):
    """Return the report as a file to save, sent while it is read."""
    response = StreamingHttpResponse(as_csv(run), content_type="text/csv; charset=utf-8")
    name = f"import-{run.area.slug}-{run.created_at:%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
