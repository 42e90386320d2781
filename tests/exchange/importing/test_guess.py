"""What columns and words are taken for, before anybody has said so."""

import pytest

from assetmap.exchange.importing import fields
from assetmap.exchange.importing.guess import (
    guess_columns,
    guess_kind,
    guess_layer,
    guess_sheet,
    guess_tie,
)

pytestmark = pytest.mark.once


def sheet(columns, *rows, name=""):
    columns = columns.split()
    samples = [list(row) for row in rows]
    tallies = {
        column: [[text, 1] for text in {row[at] for row in samples if row[at]}]
        for at, column in enumerate(columns)
    }
    return {"name": name, "columns": columns, "samples": samples, "values": tallies}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            "kilde kilde_id navn type adresse postnr by lat lon beskrivelse link e_mail",
            ["", "id", "name", "kind", "address", "postcode", "city", "latitude", "longitude"]
            + ["summary", "website", "email"],
        ),
        ("AssetType Organization Address", ["kind", "name", "address"]),
        ("Name ADDRESS YouthServed GlobalID", ["name", "address", "audience", "id"]),
        ("PARK LOCATION MapID", ["name", "address", ""]),
        ("enhedsnavn enhedstype vejadresseringsnavn www", ["name", "kind", "address", "website"]),
        ("Name Description Latitude Longitude", ["name", "summary", "latitude", "longitude"]),
        ("vejnavn husnr navn", ["street", "number", "name"]),
        ("CVR-nr. Foreningsnavn Tlf. Stiftet", ["cvr", "name", "phone", "founded"]),
    ],
)
def test_columns_are_known_by_their_names(columns, expected):
    found = guess_columns("assets", sheet(columns))
    assert list(found.values()) == expected


@pytest.mark.parametrize("language", ["da", "en"])
def test_our_own_columns_are_known_in_every_language(language):
    from_label = {}
    for _group, pairs in fields.targets("assets"):
        from_label |= {code: str(label) for code, label in pairs if code}
    names = [from_label[code] for code in ("summary", "address", "stage", "opening_hours")]
    columns = {"name": "", "columns": names, "samples": [], "values": {}}
    assert list(guess_columns("assets", columns).values()) == [
        *("summary", "address", "stage", "opening_hours")
    ]


def test_columns_without_telling_names_are_known_by_what_stands_in_them():
    rows = [
        ("Solvang Bibliotek", "55,6487", "12,5954", "a@example.org", "www.example.org"),
        ("Sundby Bibliotek", "55,6652", "12,6039", "b@example.org", "http://example.org/b"),
    ]
    found = guess_columns("assets", sheet("a1 a2 a3 a4 a5", *rows))
    assert list(found.values()) == ["name", "latitude", "longitude", "email", "website"]


def test_a_column_called_latitude_that_holds_words_is_none():
    found = guess_columns("assets", sheet("navn nord", ("Haven", "ved søen")))
    assert found == {"navn": "name", "nord": ""}


def test_two_columns_for_one_target_leave_the_better_named():
    assert guess_columns("assets", sheet("titel navn")) == {"titel": "", "navn": "name"}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Bibliotek", "institution:library"),
        ("bibliotek ", "institution:library"),
        ("Bemandet legeplads", "place:staffed_playground"),
        ("Almen boligafdeling", "place:housing"),
        ("Daginstitution (Kommunal)", "institution:day_care"),
        ("amenity=library", "institution:library"),
        ("playground", "place:playground"),
        ("Foreninger", "association:"),
        ("Legepladser", "place:playground"),
        ("Beboere", "resident:"),
        ("noget helt andet", ""),
        ("", ""),
    ],
)
def test_what_something_is_is_known_by_the_word(word, kind):
    assert guess_kind(word) == kind


@pytest.mark.parametrize(
    ("word", "tie"),
    [
        ("har afdeling", "has_department:out"),
        ("har adresse", "has_site:out"),
        ("is run by", "runs:back"),
        ("works_with", "works_with:out"),
        ("hader", ""),
    ],
)
def test_ties_are_known_by_the_word(word, tie):
    assert guess_tie(word) == tie


def test_layers_are_known_by_one_or_many():
    assert [guess_layer(word) for word in ("Foreninger", "institution", "Steder", "beboer")] == [
        *("association", "institution", "place", "resident")
    ]


def test_a_sheet_of_ties_is_known_by_its_columns():
    columns = "fra_type fra_id fra_navn relation til_type til_id til_navn"
    found = guess_sheet(sheet(columns, ("o", "1", "A", "har afdeling", "s", "2", "B")))
    assert found["as"] == "links"
    assert found["columns"] == {
        "fra_type": "",
        "fra_id": "source",
        "fra_navn": "source_name",
        "relation": "tie",
        "til_type": "",
        "til_id": "target",
        "til_navn": "target_name",
    }
    assert found["values"] == {"relation": {"har afdeling": "has_department:out"}}


def test_a_kind_that_two_layers_have_is_of_the_layer_that_the_sheet_is_about():
    rows = [("Haven", "Daginstitution"), ("Solvang", "Bibliotek")]
    found = guess_sheet(sheet("navn type", *rows, name="steder_kk"))
    kinds = {"Daginstitution": "place:day_care", "Bibliotek": "institution:library"}
    assert found["values"]["type"] == kinds
    found = guess_sheet(sheet("navn type", *rows, name="Organisationer"))
    assert found["values"]["type"]["Daginstitution"] == "institution:day_care"
