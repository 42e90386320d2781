"""Spreadsheets: CSV in all its forms, and Excel."""

import datetime
import io
import tracemalloc

import openpyxl
import pytest

from assetmap.exchange.reading import open_file

from .files import rows_of, workbook

pytestmark = pytest.mark.once

ROWS = [["navn", "by", "note"], ["Ørestad Sø", "København S", "a\nb"], ["Æblegård", "Malmö", ""]]
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16-LE",
    "utf-16-be": "UTF-16-BE",
    "cp1252": "Windows-1252",
}


def table(delimiter, end="\r\n"):
    quoted = [[f'"{cell}"' if "\n" in cell else cell for cell in row] for row in ROWS]
    return end.join(delimiter.join(row) for row in quoted) + end


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_and_delimiter_are_found(encoding, delimiter, opened):
    reading = opened(table(delimiter).encode(encoding))
    assert (reading.encoding, reading.delimiter) == (ENCODINGS[encoding], delimiter)
    assert reading.sheets[0].columns == ROWS[0]
    assert [list(row.values) for row in reading.sheets[0].rows()] == ROWS[1:]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_by_the_line_that_they_begin_in(end, opened):
    rows = opened(table(",", end).replace(end, end * 2, 1)).sheets[0].rows()
    assert [row.number for row in rows] == [3, 5]


def test_decimal_commas_do_not_pass_for_delimiters(opened):
    reading = opened("navn;lat;lon\na;55,6;12,5\nb;55,7;12,6\n")
    assert reading.delimiter == ";"
    assert rows_of(reading)[0] == {"navn": "a", "lat": "55,6", "lon": "12,5"}


def test_excels_own_line_about_the_delimiter_is_no_header(opened):
    sheet = opened("sep=;\nnavn;by\na,b,c;d\n").sheets[0]
    assert (sheet.columns, next(sheet.rows()).values) == (["navn", "by"], ("a,b,c", "d"))


def test_columns_without_a_name_or_with_the_same_get_one(opened):
    assert opened(" navn ,,navn\n1,2,3\n").sheets[0].columns == ["navn", "column 2", "navn (2)"]


def test_short_rows_are_filled_and_long_ones_are_a_problem(opened):
    short, longer, empty_cells = opened("a,b\n1\n1,2,3\n1,2,,\n").sheets[0].rows()
    assert (short.values, short.problem) == (("1", ""), "")
    assert longer.values == ("1", "2") and "more cells" in longer.problem
    assert not empty_cells.problem


def test_empty_lines_and_zero_bytes_are_passed_over(opened):
    rows = opened(b"a,b\n\n,\n1\0,2\n").sheets[0].rows()
    assert [(row.number, row.values) for row in rows] == [(4, ("1", "2"))]


def test_cell_that_does_not_end_is_a_problem_of_its_row(opened):
    good, bad = opened('a,b\n1,2\n3,"4\n5,6\n').sheets[0].rows()
    assert not good.problem and "quotation mark" in bad.problem


def test_apostrophes_of_our_own_export_are_taken_off(opened):
    rows = rows_of(opened("a,b\n'=1+1,'@home\n'n Tulp,'-5\n"))
    assert rows == [{"a": "=1+1", "b": "@home"}, {"a": "'n Tulp", "b": "-5"}]


def test_few_wrong_bytes_do_not_turn_a_file_into_another_encoding(opened):
    assert not opened("navn\n" + "Ørestad Sø\n" * 5).notes
    reading = opened(("navn\n" + "Ørestad Sø\n" * 5).encode() + b"Bl\xffb\n")
    assert (reading.encoding, rows_of(reading)[0]["navn"]) == ("UTF-8", "Ørestad Sø")
    assert "could not be read" in str(reading.notes[0])


def test_workbook_cells_become_text(opened):
    day = datetime.date(2024, 5, 31)
    cells = ["Hus", day, datetime.datetime(2024, 5, 31, 9, 30), 55.648722, 3.0, True, "#N/A", None]
    header = list("abcdefgh")
    sheet = opened(workbook(("Ark", [header, cells])), "a.xlsx").sheets[0]
    values = ("Hus", "2024-05-31", "2024-05-31T09:30:00", "55.648722", "3", "true", "", "")
    assert next(sheet.rows()).values == values


def test_each_worksheet_with_rows_is_a_sheet(opened):
    one, two = [["navn"], ["a"]], [[], [None, "by"], [], ["x", "y"]]
    reading = opened(workbook(("Et", one), ("Tom", [["navn"]]), ("To", two)), "a.xlsx")
    assert [sheet.name for sheet in reading.sheets] == ["Et", "To"]
    assert reading.sheets[1].columns == ["column 1", "by"]
    assert [row.number for row in reading.sheets[1].rows()] == [4]


def test_memory_does_not_grow_with_the_rows(tmp_path):
    path = tmp_path / "big"
    path.write_text("navn,by,note\n" + "Remisevej,København S,om torsdagen\n" * 20_000)
    tracemalloc.start()
    sheet = open_file(path, "big.csv").sheets[0]
    assert sum(1 for _row in sheet.rows()) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


def test_hidden_worksheet_is_left_out_and_said(opened):
    book = openpyxl.load_workbook(io.BytesIO(workbook(("Et", ROWS), ("Skjult", ROWS))))
    book["Skjult"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    reading = opened(stream.getvalue(), "a.xlsx")
    assert [sheet.name for sheet in reading.sheets] == ["Et"]
    assert "Skjult" in str(reading.notes[0])


def test_workbook_of_nothing_but_headers_is_refused(refused):
    assert "no table" in refused(workbook(("Et", [["navn", "by"]])), "a.xlsx")
