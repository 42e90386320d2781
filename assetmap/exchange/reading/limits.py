"""How much of a file is read: what a neighbourhood never needs, and a bomb always does."""

from django.utils.translation import gettext as _

from .sheet import Unreadable

MB = 1_000_000
FILE = 300 * MB  # bytes of a file, and of all that an archive unpacks to
WHOLE = 50 * MB  # bytes of what is read in one go: uMap layers, HSDS documents, OSM extracts
PART = 5 * MB  # bytes of a workbook's small parts, such as its styles
THINGS = 100_000  # elements in such a part; Excel knows 65,490 styles
STRINGS = 100 * MB  # bytes of a workbook's table of strings, which stands in memory
RATIO = 200  # bytes that one byte of an archive's big members may unpack to
MEMBERS = 5_000  # files in an archive
COLUMNS = 500
ROWS = 500_000
CELL = 100_000  # characters of a value
LINE = 1_000_000  # characters of a line of a text file
POINTS = 100_000  # corners of one shape
DEPTH = 100  # things inside each other, in JSON and XML
PIECE = 2_000_000  # JSON tokens of one feature
REFERENCES = 2_000_000  # nodes that the ways of an OpenStreetMap answer stand on


def check_columns(count):
    """Raise Unreadable for a table that is too wide."""
    if count > COLUMNS:
        raise Unreadable(
            _("The file has more than %s columns: take out what is not needed.") % COLUMNS
        )


def check_rows(count):
    """Raise Unreadable for a table that is too long."""
    if count > ROWS:
        most = f"{ROWS:,}"
        raise Unreadable(_("The file has more than %s rows: divide it into several.") % most)


def check_size(size, most=FILE):
    """Raise Unreadable for a file of more bytes than `most`."""
    if size > most:
        raise Unreadable(
            _("The file holds more than %s MB: take out what is not needed, or divide it.")
            % (most // MB)
        )
