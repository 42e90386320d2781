"""What every reader makes of a file: sheets of rows, whatever the format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from shapely.geometry.base import BaseGeometry


class Unreadable(Exception):
    """A file that cannot be read; its text is a sentence for the person who chose the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line or feature of a file.

    `number` is how a person counts it: the line of a spreadsheet (whose header is line 1), else
    which of the features it is. `values` are texts, one a column of its sheet, "" where there is
    none.
    `geometry` is as the file has it, x east and y north in the sheet's crs, or None.
    `key` is the file's own id of the row, "" where it has none.
    `problem` is a sentence when this row cannot be read although others can.
    """

    number: int
    values: tuple[str, ...]
    geometry: BaseGeometry | None = None
    key: str = ""
    problem: str | Promise = ""


@dataclass
class Sheet:
    """A table in a file. `rows()` reads it anew each time, row by row, so a big file fits.

    The file must still stand where it was opened. `rows()` raises Unreadable if it proves broken
    further on than the first look at it went, which only a workbook can.
    """

    name: str
    columns: list[str]
    rows: Callable[[], Iterator[Row]]
    has_geometry: bool = False
    crs: str = "EPSG:4326"  # what the file says, in x, y order


@dataclass
class Reading:
    """A file as it was understood. `notes` are sentences about what was found or left out."""

    format: str  # csv xlsx geojson kml kmz gpx umap overpass osm pbf hsds
    sheets: list[Sheet]
    encoding: str = ""
    delimiter: str = ""
    notes: list[str | Promise] = field(default_factory=list)
    licence: str = ""  # as the file or its format says, such as ODbL for OpenStreetMap
