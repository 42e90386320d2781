"""The files that the tests of reading share, and ways to make more of them."""

import io
import zipfile
from pathlib import Path

import openpyxl

from assetmap.exchange.reading import open_file

FILES = Path(__file__).parents[1] / "files"


def read(name):
    """Open one of the shared files."""
    return open_file(FILES / name, Path(name).name)


def rows_of(reading, sheet=0):
    """Return the rows of a sheet as dictionaries."""
    sheet = reading.sheets[sheet]
    return [dict(zip(sheet.columns, row.values, strict=True)) for row in sheet.rows()]


def zipped(members):
    """Return a zip file of {name: content} as bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(*sheets):
    """Return a workbook as bytes; a sheet is (title, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        worksheet = book.create_sheet(title)
        for row in rows:
            worksheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook_of(xml, part="xl/worksheets/sheet1.xml"):
    """Return a small workbook as bytes, of which a part is replaced by other XML."""
    plain = zipfile.ZipFile(io.BytesIO(workbook(("a", [["navn"], ["x"]]))))
    return zipped({name: plain.read(name) for name in plain.namelist()} | {part: xml})


def worksheet(rows):
    """Return the XML of a worksheet with a header of two cells and these rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    header = '<row r="1"><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>'
    return f'<worksheet xmlns="{main}"><sheetData>{header}{rows}</sheetData></worksheet>'
