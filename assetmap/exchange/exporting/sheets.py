"""Files for spreadsheets: CSV as Danish Excel reads it, and a workbook."""

import csv
from tempfile import TemporaryFile

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ..formulas import unharmed
from . import tables

LONGEST = 32_767  # letters in a cell of a workbook
WIDTHS = {"name": 36, "summary": 48, "address": 34, "note": 34, "text": 30, "url": 40}
WIDTHS |= {"source_name": 36, "target_name": 36, "source": 36, "target": 36, "uid": 38}
WIDTH = 18


class Line:
    """Stands for a file: csv.writer gives back what its write() returns."""

    def write(self, text):
        return text.encode()


def as_csv(hits, site):
    """Yield the assets as CSV for Danish Excel: BOM, semicolons, decimal commas, CRLF."""
    columns = tables.asset_columns(hits.layers)
    writer = csv.writer(Line(), delimiter=";")
    yield b"\xef\xbb\xbf" + writer.writerow(tables.header(columns))
    for record in hits.records(site):
        yield writer.writerow([_text(cell) for cell in tables.asset_cells(record, columns)])


def _text(cell):
    if isinstance(cell, float):
        return f"{cell:.7f}".rstrip("0").rstrip(".").replace(".", ",")
    return unharmed(cell) if isinstance(cell, str) else cell


def as_workbook(hits, site):
    """Return an open file with the assets, their gifts, their ties and the sources as sheets."""
    book = Workbook(write_only=True)
    columns = tables.asset_columns(hits.layers)
    assets = _sheet(book, _("Assets"), columns)
    ties = _sheet(book, _("Ties"), tables.TIES)
    gifts = _sheet(book, _("Gifts and wishes"), tables.GIFTS)
    for record in hits.records(site):
        _write(assets, tables.asset_cells(record, columns))
        for row in tables.gift_rows(record):
            _write(gifts, row)
    for record in hits.ties():
        _write(ties, tables.tie_cells(record))
    _write_sources(book, hits)
    return _saved(book)


def _sheet(book, title, columns):
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = WIDTHS.get(column.name, WIDTH)
    sheet.append([_bold(sheet, label) for label in tables.header(columns)])
    return sheet


def _bold(sheet, text):
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _write(sheet, cells):
    sheet.append([_safe(sheet, cell) for cell in cells])


def _safe(sheet, value):
    """Return what a sheet takes: text always as text, never as a formula or a fault.

    What is longer than a cell is left out, as half an outline is none.
    """
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST:
        return None
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not value.startswith(("=", "#")):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _write_sources(book, hits):
    sheet = _sheet(book, _("Sources"), tables.SOURCES)
    for row in hits.sources():
        _write(sheet, list(row.values()))
    for line in hits.area.credit.splitlines():
        _write(sheet, [line])


def _saved(book):
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file
