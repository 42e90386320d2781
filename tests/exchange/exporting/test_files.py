"""What the files look like inside."""

import json

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from shapely.geometry import shape

from assetmap.exchange.formulas import unharmed
from assetmap.inventory.models import Asset, SpokenLanguage
from tests.factories import make_association, make_link, make_offering, make_place

from .files import body, fetch, read_csv, read_json, read_workbook

# Its outer ring turns the wrong way round.
OUTLINE = {
    "type": "Polygon",
    "coordinates": [
        [[12.59, 55.65], [12.59, 55.652], [12.595, 55.652], [12.595, 55.65], [12.59, 55.65]]
    ],
}


@pytest.fixture
def haven(area):
    return make_place(
        area,
        "Haven på Ørestads Ø",
        kind="garden",
        capacity=40,
        phone="12345678",
        source="kk",
        source_id="7",
        licence="CC BY 4.0",
        confirmed_at=timezone.now(),
    )


# CSV --------------------------------------------------------------------------------------


def test_csv_opens_in_danish_excel(client, haven):
    content = fetch(client, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    head, row, rest = content.removeprefix(b"\xef\xbb\xbf").decode().split("\r\n")
    assert rest == "" and "\n" not in head + row
    assert head.count(";") == row.count(";") > 20
    assert "55,6525" in row.split(";") and "12,5968" in row.split(";")
    assert row.startswith("Haven på Ørestads Ø;place;")


def test_the_header_is_in_the_language_of_the_reader(haven):
    danish = Client(headers={"accept-language": "da"})
    row = read_csv(fetch(danish, "csv"))[0]
    assert row["Navn"] == "Haven på Ørestads Ø"
    assert row["Adresse"] == "" and row["Breddegrad"] == "55,6525"


def test_csv_has_choices_in_words_and_keys_beside(client, haven):
    row = read_csv(fetch(client, "csv"))[0]
    assert (row["Kind"], row["Room for"]) == ("garden or allotment", "40")
    assert (row["Key"], row["Source"], row["Key at the source"]) == (str(haven.uid), "kk", "7")
    assert row["Page"] == f"http://testserver/urbanplanen/places/{haven.uid}/"
    assert row["Confirmed"] == f"{timezone.localdate():%Y-%m-%d}"


def test_csv_has_gifts_wishes_and_languages_in_words(client, haven):
    make_offering(haven, "FG7")
    make_offering(haven, None, "learn", text="bier")
    make_offering(haven, None, "teach", text="jord")
    SpokenLanguage.objects.create(asset=haven, code="da")
    SpokenLanguage.objects.create(asset=haven, code="so")
    row = read_csv(fetch(client, "csv"))[0]
    assert row["Can give"].endswith("; jord") and row["Wishes"] == "bier"
    assert row["Languages"] == "Danish; Somali"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\t=", "＝"])
def test_no_cell_is_taken_for_a_formula(start):
    assert unharmed(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", "Haven", "a=b", "1-2", "'='", "12,5"])
def test_a_plain_text_stays_as_it_is(text):
    assert unharmed(text) == text


def test_csv_escapes_formulas_and_keeps_numbers(client, area):
    summary = '=HYPERLINK("http://x";"y")\nlinje 2; "citat"'
    make_place(area, "@SUM(1+1)", summary=summary, longitude=-12.5)
    row = read_csv(fetch(client, "csv"))[0]
    assert (row["Name"], row["In short"]) == ("'@SUM(1+1)", f"'{summary}")
    assert row["Longitude"] == "-12,5"


def test_csv_of_nothing_is_a_header(client, area):
    assert read_csv(fetch(client, "csv")) == []


# XLSX -------------------------------------------------------------------------------------


@pytest.fixture
def neighbourhood(area, haven):
    club = make_association(area, "=1+1", stage="group")
    make_offering(club, "FG7", "teach", note="#N/A")
    link = make_link(club, haven, "meets_at", since="2013-05", strength=3)
    type(link).objects.update(data_source="relationer", licence="CC0")
    return club


def test_a_workbook_has_assets_ties_gifts_and_sources(client, neighbourhood, haven):
    book = read_workbook(fetch(client, "xlsx"))
    assert list(book) == ["Assets", "Ties", "Gifts and wishes", "Sources"]
    assert [row[0] for row in book["Assets"]] == ["Name", "=1+1", "Haven på Ørestads Ø"]
    tie = dict(zip(*book["Ties"], strict=True))
    assert (tie["From"], tie["Tie"], tie["To"]) == ("=1+1", "is at home in", haven.name)
    assert (tie["Since"], tie["How close"]) == ("2013-05", "strong")
    gift = dict(zip(*book["Gifts and wishes"], strict=True))
    assert (gift["Code of the gift"], gift["How"]) == ("FG7", "can teach it")
    assert gift["Key"] == str(neighbourhood.uid)
    assert book["Sources"][1:3] == [("kk", "CC BY 4.0", 1, 0), ("relationer", "CC0", 0, 1)]


def test_a_workbook_has_real_numbers_and_days_and_no_formulas(client, neighbourhood, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(fetch(client, "xlsx"))
    sheet = load_workbook(path)["Assets"]
    assert sheet.freeze_panes == "B2" and sheet.column_dimensions["A"].width > 30
    assert {cell.data_type for row in sheet for cell in row} == {"s", "n", "d"}
    row = dict(zip(*[[cell.value for cell in sheet[number]] for number in (1, 3)], strict=True))
    assert (row["Latitude"], row["Room for"]) == (55.6525, 40)
    assert row["Confirmed"].date() == timezone.localdate()


def test_a_workbook_leaves_out_what_its_format_forbids(client, area):
    make_place(area, "Klokke\x07tårn")
    book = read_workbook(fetch(client, "xlsx"))
    assert book["Assets"][1][0] == "Klokketårn"


# JSON and GeoJSON -------------------------------------------------------------------------


def test_json_has_assets_ties_and_where_they_come_from(client, area, neighbourhood, haven):
    area.credit = "Københavns Kommune"
    area.save()
    told = read_json(fetch(client, "json"))
    assert set(told) == {"area", "exported_at", "credit", "sources", "assets", "ties"}
    assert told["area"]["slug"] == "urbanplanen" and told["credit"] == "Københavns Kommune"
    assert [row["name"] for row in told["assets"]] == ["=1+1", haven.name]
    assert told["assets"][1]["url"] == f"http://testserver{haven.get_absolute_url()}"
    assert told["ties"][0]["target"] == str(haven.uid)
    assert told["sources"][0] == {"source": "kk", "licence": "CC BY 4.0", "assets": 1, "ties": 0}
    assert told["sources"][1]["ties"] == 1


def test_geojson_has_a_feature_for_each_asset(client, area, haven):
    make_association(area, "Uden sted")
    place = make_place(area, "Omrids")
    Asset.objects.filter(pk=place.pk).update(outline=OUTLINE)
    told = read_json(fetch(client, "geojson"))
    assert told["type"] == "FeatureCollection"
    by_name = {row["properties"]["name"]: row for row in told["features"]}
    point = {"type": "Point", "coordinates": [12.5968, 55.6525]}
    assert by_name[haven.name]["geometry"] == point
    assert by_name[haven.name]["id"] == str(haven.uid)
    assert by_name["Uden sted"]["geometry"] is None
    outlined = by_name["Omrids"]
    assert shape(outlined["geometry"]).equals(shape(OUTLINE))
    assert shape(outlined["geometry"]).exterior.is_ccw
    assert outlined["properties"]["latitude"] == 55.6525
    assert "outline" not in outlined["properties"]


def test_a_file_of_nothing_is_still_a_file(client, area):
    assert read_json(fetch(client, "json"))["assets"] == []
    assert read_json(fetch(client, "geojson"))["features"] == []
    assert len(read_workbook(fetch(client, "xlsx"))["Assets"]) == 1


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("geojson", "application/geo+json"),
        ("json", "application/json"),
    ],
)
def test_a_file_says_what_it_is_and_how_it_is_called(client, haven, form, kind):
    response = client.get(f"/urbanplanen/export.{form}")
    name = f"urbanplanen-{timezone.localdate():%Y-%m-%d}.{form}"
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Cache-Control"] == "private, no-store"
    assert body(response)


def test_json_is_written_piece_by_piece(client, haven):
    pieces = list(client.get("/urbanplanen/export.json").streaming_content)
    assert len(pieces) > 4
    assert json.loads(b"".join(pieces))["assets"]
