"""GeoJSON, KML, KMZ, GPX and uMap: what becomes of their features."""

import json

import pytest

from .files import FILES, read, rows_of, zipped

pytestmark = pytest.mark.once

POINT = {"type": "Point", "coordinates": [12.5, 55.6]}


def feature(geometry=POINT, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", **members, "features": features})


def placemark(inside):
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>{inside}</Placemark></kml>'


@pytest.mark.parametrize(
    "content",
    [
        collection(feature(a=1), feature(a=1)),
        json.dumps(feature(a=1)),
        json.dumps(POINT),
        "\n".join([json.dumps(feature(a=1))] * 3),
        "\ufeff" + collection(feature(a=1)),
    ],
)
def test_geojson_in_each_of_its_forms(content, opened):
    reading = opened(content, "a.json")
    rows = list(reading.sheets[0].rows())
    assert len(rows) == max(content.count('"Feature"'), 1)
    assert {row.geometry.wkt for row in rows} == {"POINT (12.5 55.6)"}


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("urn:ogc:def:crs:EPSG::25832", "EPSG:25832"),
        ("EPSG:25832", "EPSG:25832"),
        ("urn:ogc:def:crs:EPSG::4326", "EPSG:4326"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("ETRS89 / UTM", "ETRS89 / UTM"),
    ],
)
def test_old_crs_member_is_told(name, crs, opened):
    member = {"type": "name", "properties": {"name": name}}
    assert opened(collection(feature(a=1), crs=member), "a.geojson").sheets[0].crs == crs


def test_properties_become_columns(opened):
    content = collection(feature(a={"b": 1, "c": [1, "x"]}, d=None), feature(e=True, d=2.0))
    rows = rows_of(opened(content, "a.geojson"))
    assert rows[0] == {"a.b": "1", "a.c": "1;x", "d": "", "e": ""}
    assert rows[1] == {"a.b": "", "a.c": "", "d": "2", "e": "true"}


def test_null_geometry_is_kept_and_a_wrong_one_is_a_problem(opened):
    wrong = [{"type": "Point"}, {"type": "Point", "coordinates": ["a", 1]}, {"type": "Ball"}, [1]]
    rows = list(opened(collection(*map(feature, [None, *wrong])), "a.json").sheets[0].rows())
    assert [bool(row.problem) for row in rows] == [False, True, True, True, True]
    assert not any(row.geometry for row in rows)


def test_outline_that_crosses_itself_is_mended(opened):
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    (row,) = opened(collection(feature(bow)), "a.json").sheets[0].rows()
    assert row.geometry.is_valid and row.geometry.area == 0.5


def test_kml_description_is_plain_text_and_its_link_a_column(opened):
    html = (
        '<![CDATA[<b>Hus</b> &amp; have<br>Ring!<br><a href="https://a.dk/x">https://a.dk/x</a>]]>'
    )
    row = rows_of(opened(placemark(f"<description>{html}</description>"), "a.kml"))[0]
    assert row == {"name": "", "description": "Hus & have\nRing!", "link": "https://a.dk/x"}


def test_kml_data_and_folders_are_columns():
    row = rows_of(read("urbanplanen/steder_kk_mymaps.kml"))[0]
    assert (row["folder"], row["Adresse"], row["By"]) == (
        "Bibliotek",
        "Remisevej 14",
        "København S",
    )
    row = rows_of(read("map-exports/simpledata.kml"))[1]
    assert (row["name"], row["TrailHeadName"]) == ("Difficult trail", "Mount Everest")


@pytest.mark.parametrize("version", ["earth.google.com/kml/2.0", "www.opengis.net/kml/2.2"])
def test_kml_of_each_version_is_read(version, opened):
    place = "<Placemark><name>x</name></Placemark>"
    assert rows_of(opened(f'<kml xmlns="http://{version}">{place}</kml>', "a.kml"))
    assert rows_of(opened(f"<kml>{place}</kml>", "a.kml"))


def test_kmz_is_read_like_the_kml_inside(opened):
    inside = (FILES / "urbanplanen/steder_kk_mymaps.kml").read_bytes()
    reading = opened(zipped({"images/a.png": b"-", "doc.kml": inside}), "a.kmz")
    assert (reading.format, len(rows_of(reading))) == ("kmz", 131)


def test_kml_that_only_points_to_the_web_is_refused(refused):
    link = "<NetworkLink><Link><href>https://a.dk</href></Link></NetworkLink>"
    assert "points to a map on the web" in refused(f"<kml>{link}</kml>", "a.kml")


def test_gpx_waypoints_and_routes_are_rows():
    rows = list(read("map-exports/gpx1.1_with_all_fields.gpx").sheets[0].rows())
    kinds = [row.geometry and row.geometry.geom_type for row in rows]
    assert kinds == ["Point", "Point", "LineString", "LineString", None, None]
    assert rows[0].values[:2] == ("example name", "example desc")


def test_gpx_track_is_a_line_with_its_name(opened):
    points = "".join(f'<trkpt lat="55.{n}" lon="12.5"/>' for n in range(3))
    track = f"<trk><name>Tur</name><trkseg>{points}</trkseg></trk>"
    (row,) = opened(f"<gpx>{track}</gpx>", "a.gpx").sheets[0].rows()
    assert (row.values, row.geometry.geom_type) == (("Tur",), "MultiLineString")


def test_gpx_point_without_a_place_is_a_problem(opened):
    (row,) = opened('<gpx><wpt lat="x"><name>a</name></wpt></gpx>', "a.gpx").sheets[0].rows()
    assert row.problem and row.geometry is None


def test_umap_signs_are_taken_off_and_layers_are_types():
    row = rows_of(read("urbanplanen/steder_kk.umap"))[0]
    assert row["type"] == "Bibliotek"
    assert row["description"] == "Remisevej 14"
    assert row["link"] == "https://bibliotek.kk.dk/bibliotek/solvang"


def test_content_decides_and_not_the_name(opened):
    content = collection(feature(a=1))
    assert {opened(content, name).format for name in ("a.csv", "a.txt", "a")} == {"geojson"}
    assert opened(zipped({"doc.kml": "<kml><Placemark/></kml>"}), "a.csv").format == "kmz"


def test_placemark_of_too_many_columns_is_refused(refused):
    data = "<Data name='a'><value>1</value></Data>" * 501
    assert "columns" in refused(placemark(f"<ExtendedData>{data}</ExtendedData>"), "a.kml")


def test_umap_link_inside_a_sentence_leaves_its_words(opened):
    text = "# Hus\n**Se** [[https://a.dk|siden]] nu, eller [[https://b.dk|den]].\n{{https://c.dk/i.png}}"
    layer = {"features": [feature(name="x", description=text)], "_umap_options": {"name": "y"}}
    row = rows_of(opened(json.dumps({"type": "umap", "layers": [layer]}), "a.umap"))[0]
    assert row["description"] == "Hus\nSe siden nu, eller den (https://b.dk)."
