"""Files that are broken in every way: each is refused in a sentence, or comes in whole."""

from random import Random

import pytest

from assetmap.exchange.models import Import, ImportRow
from assetmap.exchange.reading.sheet import Unreadable
from assetmap.inventory.models import Asset
from tests.exchange.importing.running import bring_in, outcomes

CSV = (
    "id;navn;type;adresse;lat;lon;note;evner;samarbejder med\r\n"
    '1;Haven;Nyttehave;Remisevej 14;55,65;12,59;"to\r\nlinjer";bagning;Koret\r\n'
    "2;Koret;Forening;;;;æøå;sang, musik;\r\n"
    "3;Salen;Lokale;;12,6;55,66;;;Haven|Koret\r\n"
)
GEOJSON = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "a", "properties": {"navn": "Haven", "type": "Legeplads"},
 "geometry": {"type": "Polygon", "coordinates":
 [[[12.59,55.65],[12.6,55.65],[12.6,55.66],[12.59,55.65]]]}},
{"type": "Feature", "properties": {"navn": "Salen"}, "geometry": null},
{"type": "Feature", "properties": {"navn": "Koret"},
 "geometry": {"type": "Point", "coordinates": [12.6, 55.65]}}
]}"""
KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Bibliotek</name>
<Placemark><name>Solvang</name><description>ved torvet</description>
<Point><coordinates>12.595484,55.648722,0</coordinates></Point></Placemark></Folder></Document></kml>"""
SEEDS = {
    "a.csv": CSV.encode("windows-1252"),
    "b.csv": CSV.encode("utf-16"),
    "c.geojson": GEOJSON.encode(),
    "d.kml": KML.encode(),
}


def mangled(random, content):
    """Return the content with a few bytes changed, a part taken out, doubled or cut off."""
    content = bytearray(content)
    for _time in range(random.randint(1, 2)):
        at = random.randrange(len(content))
        to = min(len(content), at + random.randint(1, 40))
        change = random.choice(("flip", "drop", "double", "cut", "swap"))
        if change == "flip":
            content[at] = random.randrange(256)
        elif change == "drop":
            del content[at:to]
        elif change == "double":
            content[at:at] = content[at:to] * random.randint(1, 3)
        elif change == "swap":
            content[at:to] = bytes(
                random.choice(b'";,\n\t<>{}[]0-9\0') for _byte in range(to - at)
            )
        else:
            del content[at:]
        content = content or bytearray(b" ")
    return bytes(content)


@pytest.mark.parametrize("name", SEEDS)
def test_a_mangled_file_is_refused_in_words_or_comes_in_whole(area, coordinator, name):
    random = Random(name)
    refused = whole = 0
    for _time in range(40):
        Asset.objects.all().delete()
        Import.objects.all().delete()
        try:
            run = bring_in(area, coordinator, mangled(random, SEEDS[name]), name)
        except Unreadable as error:
            assert str(error)
            refused += 1
            continue
        whole += 1
        assert run.state == Import.State.DONE, run.said
        assert sum(outcomes(run)) == run.counts["rows"] == ImportRow.objects.count()
        new = run.rows.filter(what="asset", outcome="new").count()
        assert Asset.objects.count() == new
    assert refused + whole == 40 and whole


def test_a_mangled_mapping_is_no_fault(area, coordinator):
    run = bring_in(area, coordinator, CSV, columns={"lat": "name", "navn": "latitude"})
    assert sum(outcomes(run)) == 3
