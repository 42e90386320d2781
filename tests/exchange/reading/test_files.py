"""Real files, each with the rows that its publisher says it has."""

import pytest
from shapely import Point

from .files import FILES, read, rows_of, zipped

pytestmark = pytest.mark.once

COUNTS = {
    "urbanplanen/omraade.geojson": [1],
    "urbanplanen/organisationer_kk.csv": [51],
    "urbanplanen/relationer_kk.csv": [114],
    "urbanplanen/steder_kk.csv": [131],
    "urbanplanen/steder_kk_excel_da.csv": [131],
    "urbanplanen/steder_kk.geojson": [131],
    "urbanplanen/steder_kk_mymaps.kml": [131],
    "urbanplanen/steder_kk.gpx": [131],
    "urbanplanen/steder_kk.umap": [131],
    "urbanplanen/urbanplanen_kk.xlsx": [131, 51, 114],
    "copenhagen/biblioteker.json": [20],
    "copenhagen/kulturhus.json": [29],
    "copenhagen/legeplads.json": [136],
    "copenhagen/daginstitutioner_amager.geojson": [101],
    "copenhagen/almene_boliger_amager.geojson": [130],
    "cambridge/CDD_CommunityAssets.geojson": [54],
    "cambridge/LANDMARK_YouthCenters.geojson": [5],
    "cambridge/RECREATION_CommunityGardens.geojson": [14],
    "charities/uk-charities-sample.csv": [100],
    "osm/amager-2011-poi.geojson": [403],
    "map-exports/cdata.kml": [1],
    "map-exports/extended_data.kml": [1],
    "map-exports/multigeometry.kml": [1],
    "map-exports/simpledata.kml": [2],
    "map-exports/style_url.kml": [1],
    "map-exports/gpx1.1_with_all_fields.gpx": [6],
    "hsds/location.json": [1],
    "hsds/organization_list.json": [1],
    "hsds/organization_full.json": [1, 1, 1, 1],
    "hsds/service_full.json": [1, 1, 1, 1],
    "hsds/service_at_location_full.json": [1, 1, 1, 1],
    "hsds/tabular.json": [1, 1, 1, 1],
}
PLACES = [name for name in COUNTS if "steder" in name] + ["urbanplanen/urbanplanen_kk.xlsx"]


@pytest.mark.parametrize("name", COUNTS)
def test_file_gives_all_its_rows_without_a_problem(name):
    reading = read(name)
    rows = [list(sheet.rows()) for sheet in reading.sheets]
    assert [len(sheet) for sheet in rows] == COUNTS[name]
    assert not [row for sheet in rows for row in sheet if row.problem]


def place_of(row, values):
    """Where a row of Urbanplanen's places is, from its shape or its columns."""
    if row.geometry:
        return row.geometry
    return Point(*(float(values[name].replace(",", ".")) for name in ("lon", "lat")))


def places_of(name):
    """Return [(name, longitude, latitude)] of all places in a file, sorted."""
    sheet = read(name).sheets[0]
    found = []
    for row in sheet.rows():
        values = dict(zip(sheet.columns, row.values, strict=True))
        place = place_of(row, values)
        found.append((values.get("navn") or values["name"], place.x, place.y))
    return sorted(found)


@pytest.mark.parametrize("name", PLACES)
def test_seven_forms_of_the_same_places_agree(name):
    assert len(PLACES) == 7
    assert places_of(name) == places_of("urbanplanen/steder_kk.csv")


def test_file_can_be_read_twice():
    sheet = read("urbanplanen/steder_kk.umap").sheets[0]
    assert list(sheet.rows()) == list(sheet.rows())


def test_own_ids_are_the_keys():
    assert next(read("urbanplanen/steder_kk.geojson").sheets[0].rows()).key == "biblioteker.8"
    assert next(read("cambridge/CDD_CommunityAssets.geojson").sheets[0].rows()).key == "1"


def test_package_of_hsds_tables_is_read_as_one_file(opened):
    files = sorted((FILES / "hsds" / "csv").glob("*.csv"))
    assert len(files) == 21
    reading = opened(zipped({f"data/{one.name}": one.read_bytes() for one in files}), "hsds.zip")
    names = ["organizations", "locations", "services", "service_at_location"]
    assert [sheet.name for sheet in reading.sheets] == names
    assert rows_of(reading, 1)[0]["address"] == "1-30 Main Street MyVillage, ABC 1234 MyCity, US"
    assert rows_of(reading, 2)[0]["location_ids"] == rows_of(reading, 1)[0]["id"]


def test_contact_persons_of_hsds_are_not_read():
    reading = read("hsds/organization_full.json")
    assert "Persona" not in str([row.values for sheet in reading.sheets for row in sheet.rows()])


@pytest.mark.parametrize("name", ["taxonomy.json", "taxonomy_term_list.json", "base.json"])
def test_hsds_without_anything_to_map_is_refused(name, refused):
    assert refused((FILES / "hsds" / name).read_bytes(), name)
