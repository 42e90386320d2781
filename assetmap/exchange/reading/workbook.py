"""Excel workbooks (.xlsx): each worksheet that has a header is a sheet."""

import datetime
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice

import openpyxl
from django.utils.translation import gettext_lazy as _

from . import archive, limits, xmlfile
from .sheet import Reading, Row, Sheet, Unreadable
from .table import column_names, fitting, text_of

LAST_ROW, WIDEST = 1_048_576, 16_384  # of any Excel sheet
BEYOND = 10  # columns beside the table that are looked at
SAMPLE = 1_000  # rows that the width of a table is seen from
STRINGS = "sharedStrings.xml"
ERRORS = ("#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#SPILL!")
BROKEN = _("The workbook is broken: open it in Excel or LibreOffice, and save it as .xlsx.")
BESIDE = _("There is something to the right of the table: give the column a name.")
EMPTY = _("There is no table in this workbook.")


def read(path, members):
    """Return the Reading of a workbook with these archive `members`. Raises Unreadable."""
    for name, size in members.items():
        _check_part(path, name, size)
    with _workbook(path) as book:
        places = [place for place, one in enumerate(book.worksheets) if _shown(one)]
        sheets = [sheet for place in places if (sheet := _sheet(path, book, place))]
        hidden = [one.title for one in book.worksheets if not _shown(one)]
    if not sheets:
        raise Unreadable(EMPTY)
    notes = [_("The hidden sheet “%s” is left out.") % title for title in hidden[:20]]
    return Reading("xlsx", sheets, notes=notes)


def _shown(worksheet):
    return worksheet.sheet_state == "visible"


def _check_part(path, name, size):
    """Read a part of the workbook through, as openpyxl trusts what stands there."""
    if not name.lower().endswith((".xml", ".rels")):
        return
    counts = Cells()
    if name.endswith(STRINGS):
        limits.check_size(size, limits.STRINGS)
        counts = Things(10 * limits.ROWS)
    elif not name.startswith("xl/worksheets/"):
        limits.check_size(size, limits.PART)
        counts = Things(limits.THINGS)
    with archive.opened(path, name) as stream:
        xmlfile.check(stream, counts.start)


class Things:
    """Counts what a part such as the styles holds: openpyxl makes an object of each."""

    def __init__(self, left):
        self.left = left

    def start(self, name, attributes):
        self.left -= 1
        if self.left < 0:
            raise Unreadable(BROKEN)


class Cells:
    """Counts what a sheet holds: openpyxl would make every row up to a number it is told."""

    def __init__(self):
        self.rows, self.counted, self.width = 0, True, 0

    def start(self, name, attributes):
        name = name.rpartition(":")[2] if ":" in name else name
        if name == "c":
            self.width += 1
            if self.width > WIDEST:
                raise Unreadable(BROKEN)
        elif name == "row":
            self.counted, self.width = False, 0
            _check_number(attributes.get("r", "1"))
        elif name in ("v", "is") and not self.counted:
            self.rows, self.counted = self.rows + 1, True
            limits.check_rows(self.rows - 1)


def _check_number(text):
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= LAST_ROW):
        raise Unreadable(BROKEN)


@contextmanager
def _workbook(path):
    """Open a workbook; whatever openpyxl stumbles over in a broken one is Unreadable."""
    options = {"read_only": True, "data_only": True, "keep_links": False}
    try:  # as a stream, because openpyxl goes by the name of a path
        with path.open("rb") as stream, closing(openpyxl.load_workbook(stream, **options)) as book:
            yield book
    except Unreadable:
        raise
    except Exception as fault:
        raise Unreadable(BROKEN) from fault


def _sheet(path, book, place):
    """Return the Sheet of a worksheet, or None if there is no row below a header."""
    worksheet = book.worksheets[place]
    sample = list(islice(_table(worksheet, limits.COLUMNS + 1), SAMPLE))
    if len(sample) < 2:
        return None
    width = max(_width(cells) for _number, cells in sample)
    limits.check_columns(width)
    columns = column_names(sample[0][1][:width])
    return Sheet(worksheet.title, columns, partial(_rows, path, place, width))


def _width(cells):
    """How far the filled cells of a row reach."""
    return max(place for place, cell in enumerate(cells, 1) if cell)


def _rows(path, place, width):
    with _workbook(path) as book:
        table = _table(book.worksheets[place], width + BEYOND)
        for number, cells in islice(table, 1, None):
            values, problem = fitting(cells[:width])
            yield Row(number, values, problem=BESIDE if any(cells[width:]) else problem)


def _table(worksheet, width):
    """Yield (number, texts) of each filled row, as far as `width` cells."""
    worksheet.reset_dimensions()  # what a file says of its size is often wrong
    for number, cells in enumerate(worksheet.iter_rows(max_col=width, values_only=True), 1):
        if cells.count(None) < len(cells):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                yield number, texts


def _text(value):
    """Return a cell as text: days as 2024-05-31, numbers with the 15 figures that Excel keeps."""
    if value is None or value in ERRORS:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return text_of(float(f"{value:.15g}") if isinstance(value, float) else value)
