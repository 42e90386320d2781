"""Files that are made to do harm, or are no files for us: a sentence, soon, and little memory."""

import json
import struct
import time
import tracemalloc

import pytest

from assetmap.exchange.reading import limits

from .files import workbook_of, worksheet, zipped

pytestmark = pytest.mark.once

DTD = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
CELL = "<c><v>1</v></c>"
KML = "<kml><Placemark><name>{}</name></Placemark></kml>"
BOMBS = {
    "empty": ("a.csv", b"", "empty"),
    "blank": ("a.csv", b" \n\n", "empty"),
    "picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "neither a table"),
    "page": ("a.csv", b"<!DOCTYPE html><html><body>Hi</body></html>", "web page"),
    "old excel": ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "save it as .xlsx"),
    "packed": ("a.csv.gz", b"\x1f\x8b" + bytes(600), "unpack"),
    "header alone": ("a.csv", b"navn,by\n", "no row"),
    "other name": ("a.kml", b"navn,by\n1,2\n", "not what its name says"),
    "columns": ("a.csv", b"x," * 1_000_000, "more than 500 columns"),
    "columns 2": ("a.csv", b'"x",' * 1_000_000, "longer than a million"),
    "columns 3": ("a.csv", b"x," * 500 + b"y\n1", "more than 500 columns"),
    "line": ("a.csv", b"a,b\n" + b"x" * 3_000_000, "longer than a million"),
    "deep": ("a.json", b"[" * 100_000 + b"]" * 100_000, "too deeply"),
    "deep map": ("a.json", b'{"features":[{"a":' * 50_000, "too deeply"),
    "members": ("a.json", b"{%s}" % b",".join(b'"%d":1' % n for n in range(9000)), "too large"),
    "broken": ("a.json", b'{"type":"Feature","properties":{"a":NaN}}', "broken"),
    "number": ("a.json", b'{"type":"Feature","properties":{"a":%s}}' % (b"9" * 9999), "broken"),
    "entities": ("a.kml", DTD + KML.format("&b;"), "entities"),
    "entities 16": ("a.gpx", (DTD + "<gpx>&b;</gpx>").encode("utf-16"), "entities"),
    "entities osm": ("a.osm", DTD + "<osm>&b;</osm>", "entities"),
    "nested": ("a.kml", "<kml>" + "<Folder>" * 100_000, "too deeply"),
    "placemark": ("a.kml", KML.format("<a/>" * 110_000), "too large"),
    "zip bomb": ("a.kmz", zipped({"doc.kml": b" " * 20_000_000}), "far more"),
    "zip in zip": ("a.kmz", zipped({"a.zip": b"", "doc.kml": b""}), "archive inside"),
    "document": ("a.docx", zipped({"word/document.xml": b""}), "packed"),
    "opendocument": ("a.ods", zipped({"content.xml": b""}), "OpenDocument"),
    "row number": ("a.xlsx", workbook_of(worksheet('<row r="999999999"/>')), "broken"),
    "row number 2": ("a.xlsx", workbook_of(worksheet('<row r="1e300"/>')), "broken"),
    "cells": ("a.xlsx", workbook_of(worksheet(f"<row>{CELL * 20_000}</row>")), "broken"),
    "wide": ("a.xlsx", workbook_of(worksheet(f"<row>{CELL * 600}</row>")), "more than 500 col"),
    "digits": (
        "a.xlsx",
        workbook_of(worksheet(f"<row><c><v>{'9' * 9999}</v></c></row>")),
        "broken",
    ),
    "entities xlsx": ("a.xlsx", workbook_of(DTD + worksheet("")), "entities"),
    "styles": ("a.xlsx", workbook_of(f"<s>{'<xf/>' * 110_000}</s>", "xl/styles.xml"), "broken"),
    "pbf": ("a.osm.pbf", b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x7c" + bytes(300), "broken"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_with_a_sentence_soon_and_in_little_memory(name, refused):
    filename, content, sentence = BOMBS[name]
    tracemalloc.start()
    before = time.process_time()
    said = refused(content, filename)
    peak, used = tracemalloc.get_traced_memory()[1], time.process_time() - before
    tracemalloc.stop()
    assert sentence in said
    assert used < 10
    assert peak < 60_000_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "a,b\n" + "1,2\n" * 11),
        ("a.gpx", f"<gpx>{'<wpt/>' * 11}</gpx>"),
        ("a.xlsx", workbook_of(worksheet(f"<row>{CELL}</row>" * 11))),
    ],
)
def test_table_of_too_many_rows_is_refused(name, content, refused, monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 10)
    assert "more than 10 rows" in refused(content, name)


def test_what_is_too_large_is_one_thing_and_not_all_of_them_together(opened, monkeypatch):
    monkeypatch.setattr(limits, "POINTS", 10)
    many = "<Placemark><name>x</name><Point/></Placemark>" * 20
    assert len(list(opened(f"<kml>{many}</kml>", "a.kml").sheets[0].rows())) == 20


def test_archive_that_lies_about_its_size_is_broken(refused):
    content = bytearray(zipped({"doc.kml": KML.format("x" * 50_000)}))
    head = content.rindex(b"PK\x01\x02") + 24
    content[head : head + 4] = struct.pack("<I", 100)
    assert "broken" in refused(bytes(content), "a.kmz")


def test_rows_far_apart_are_read_as_what_they_are(opened):
    xml = worksheet(f'<row r="2">{CELL}</row><row r="99999">{CELL}</row>')
    xml = xml.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    rows = opened(workbook_of(xml), "a.xlsx").sheets[0].rows()
    assert [row.number for row in rows] == [2, 99999]


def test_huge_cell_and_huge_shape_are_problems_of_their_row(opened):
    first, second = opened("a,b\n1," + "x" * 100_001 + "\n1,2\n").sheets[0].rows()
    assert "100,000 characters" in first.problem and not second.problem
    line = f"<LineString><coordinates>{'1,2 ' * 2_000_000}</coordinates></LineString>"
    (row,) = opened(f"<kml><Placemark>{line}</Placemark></kml>", "a.kml").sheets[0].rows()
    assert "corners" in row.problem


@pytest.mark.parametrize("corners", [400, 20_000])
def test_scribble_is_not_made_valid_as_that_takes_forever(opened, corners):
    ring = [[(n * 7919) % 997 / 997, (n * 104_729) % 991 / 991] for n in range(corners)]
    scribble = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    before = time.process_time()
    (row,) = opened(json.dumps(scribble), "a.geojson").sheets[0].rows()
    assert row.geometry.geom_type == "Polygon" and not row.geometry.is_valid
    assert time.process_time() - before < 10


def test_depth_that_is_allowed_is_read(opened):
    deep = '{"a":' * 90 + "1" + "}" * 90
    assert opened(f'{{"type":"Feature","geometry":null,"properties":{deep}}}', "a.json")
