"""CSV and its kin: text with commas, semicolons, tabs or upright strokes between cells."""

import csv
import io
from functools import partial

from django.utils.translation import gettext_lazy as _

from ..formulas import as_meant
from . import limits
from .sheet import Reading, Row, Sheet, Unreadable
from .table import column_names, fitting
from .textfile import NAMES, SOME_LOST, check_text, encoding_of, text_stream

DELIMITERS = ",;\t|"
SAMPLE = 100_000  # characters that the delimiter is guessed from
TOO_WIDE = _("The row has more cells than the table has columns.")
UNCLOSED = _("A cell does not end: is a quotation mark missing?")
EMPTY = _("The file is empty.")
NO_ROWS = _("There is a header, but no row below it.")


def read(opener, name):
    """Return the Reading of a text file. `opener()` opens its bytes. Raises Unreadable."""
    encoding, lost = encoding_of(opener)
    opened = partial(text_stream, opener, encoding)
    with opened() as stream:
        sample = stream.read(SAMPLE).replace("\0", "")
    check_text(sample)
    delimiter, said = delimiter_of(sample)
    sheet = _sheet(name, partial(_table, opened, delimiter, said))
    notes = [SOME_LOST] if lost else []
    return Reading("csv", [sheet], NAMES.get(encoding, encoding.upper()), delimiter, notes)


def delimiter_of(sample):
    """Return (delimiter, whether the file says it itself: the line `sep=;` that Excel knows).

    csv.Sniffer takes minutes over some quotation marks and takes letters for delimiters, so
    the delimiter is the one by which most rows have as many cells as the header.
    """
    first = sample.lstrip().partition("\n")[0].rstrip("\r")
    if first[:4].lower() == "sep=" and len(first) == 5 and first[4] in DELIMITERS:
        return first[4], True
    return max(DELIMITERS, key=partial(_consistency, sample)), False


def _consistency(sample, delimiter):
    rows = csv.reader(io.StringIO(sample, ""), delimiter=delimiter, skipinitialspace=True)
    widths = [len(row) for row in rows if any(row)][:200]
    if not widths or widths[0] == 1:
        return 0
    alike = sum(width == widths[0] for width in widths)
    return alike / len(widths) + widths[0] / limits.LINE


def _sheet(name, table):
    header = next(table(), None)
    if header is None or header[1] is None:
        raise Unreadable(UNCLOSED if header else EMPTY)
    columns = column_names([as_meant(cell) for cell in header[1]])
    sheet = Sheet(name, columns, partial(_rows, table, len(columns)))
    count = 0
    for count, _row in enumerate(sheet.rows(), 1):  # noqa: B007
        limits.check_rows(count)
    if not count:
        raise Unreadable(NO_ROWS)
    return sheet


def _rows(table, width):
    lines = table()
    next(lines)
    for number, cells in lines:
        yield _row(number, cells, width)


def _row(number, cells, width):
    if cells is None:
        return Row(number, ("",) * width, problem=UNCLOSED)
    values, problem = fitting([as_meant(c) if c[:1] == "'" else c for c in cells[:width]])
    values += ("",) * (width - len(values))
    return Row(number, values, problem=TOO_WIDE if any(cells[width:]) else problem)


def _table(opened, delimiter, said):
    """Yield (number of its first line, cells or None if it does not end) of each filled row."""
    with opened() as stream:
        for number, cells in _records(Lines(stream, delimiter), delimiter):
            if said:
                said = False
            elif cells is None or any(cell.strip() for cell in cells):
                yield number, cells


def _records(lines, delimiter):
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell longer than the module's own limit
            cells = None
        yield number, None if lines.ended else cells


class Lines:
    """The lines of a stream. A reader that asks beyond the last one is inside a cell still."""

    def __init__(self, stream, delimiter):
        self.stream, self.delimiter = stream, delimiter
        self.first, self.ended = True, False

    def __iter__(self):
        return self

    def __next__(self):
        line = self.stream.readline(20 * limits.LINE if self.first else limits.LINE)
        if not line:
            self.ended = True
            raise StopIteration
        if self.first:
            limits.check_columns(line.count(self.delimiter) + 1 - line.count('"'))
        if len(line) >= limits.LINE:
            raise Unreadable(_("A line is longer than a million characters: this is no table."))
        self.first = False
        return line.replace("\0", "")
