"""2,000 files that something went wrong with: each is read or refused, nothing else happens."""

import random

import pytest

from assetmap.exchange.reading import open_file
from assetmap.exchange.reading.sheet import Unreadable

from .files import FILES, workbook, zipped

pytestmark = pytest.mark.once

OSM = """<osm version="0.6">
 <node id="1" lat="55.6" lon="12.5"><tag k="amenity" v="library"/><tag k="name" v="Bib"/></node>
 <node id="2" lat="55.61" lon="12.5"/><node id="3" lat="55.61" lon="12.6"/>
 <way id="5"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="leisure" v="park"/></way>
 <relation id="9"><member type="way" ref="5" role="outer"/><tag k="type" v="multipolygon"/>
 <tag k="leisure" v="playground"/></relation></osm>"""
FOLDERS = ("cambridge", "hsds", "map-exports", "urbanplanen")
SMALL = 6_000  # bytes


def seeds():
    """Return [(name, content)] of small files in every format."""
    shared = [one for folder in FOLDERS for one in sorted((FILES / folder).glob("*.*"))]
    found = [(one.name, one.read_bytes()) for one in shared if one.stat().st_size < SMALL]
    tables = ["steder_kk.csv", "steder_kk_excel_da.csv", "relationer_kk.csv"]
    found += [(name, (FILES / "urbanplanen" / name).read_bytes()[:SMALL]) for name in tables]
    kml = (FILES / "map-exports/simpledata.kml").read_bytes()
    answer = b'{"elements":[{"type":"node","id":1,"lat":5,"lon":1,"tags":{"shop":"books"}}]}'
    umap = b'{"type":"umap","layers":[{"features":[{"properties":{"name":"x"},"geometry":null}]}]}'
    book = workbook(("a", [["navn", "tal"], ["x", 1.5]]), ("b", [["by"], ["y"]]))
    pbf = (FILES / "osm/amager-2011.osm.pbf").read_bytes()[:SMALL]
    return [
        *found,
        *[("a.kmz", zipped({"doc.kml": kml})), ("a.xlsx", book), ("a.osm.pbf", pbf)],
        *[("a.osm", OSM.encode()), ("a.json", answer), ("a.umap", umap)],
    ]


def flipped(draw, content, other):
    content = bytearray(content)
    for _number in range(draw.choice([1, 1, 2, 8])):
        content[draw.randrange(len(content))] = draw.randrange(256)
    return bytes(content)


def cut_off(draw, content, other):
    return content[: draw.randrange(len(content))]


def spliced(draw, content, other):
    at = draw.randrange(len(content))
    return content[:at] + other[draw.randrange(len(other)) :][:200] + content[at + 50 :]


def doubled(draw, content, other):
    at = draw.randrange(len(content))
    return content[:at] + content[at : at + 100] * draw.randint(2, 20) + content[at:]


@pytest.mark.parametrize("mangle", [flipped, cut_off, spliced, doubled])
def test_mangled_file_is_read_or_refused(mangle, tmp_path):
    draw, files = random.Random(mangle.__name__), seeds()
    path = tmp_path / "upload"
    outcomes = set()
    for number in range(500):
        name, content = files[number % len(files)]
        path.write_bytes(mangle(draw, content, draw.choice(files)[1]))
        outcomes.add(outcome(path, name))
    assert outcomes == {"read", "refused"}


def outcome(path, name):
    try:
        for sheet in open_file(path, name).sheets:
            for row in sheet.rows():
                assert len(row.values) == len(sheet.columns)
                assert all(isinstance(value, str) for value in row.values)
                "".join(row.values).encode()  # no half characters, which no database takes
    except Unreadable as fault:
        assert str(fault)
        return "refused"
    return "read"
