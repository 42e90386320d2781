"""What is refused, with a sentence that says what to do, and what is not refused by mistake."""

import copy

import pytest
from django.core.exceptions import ValidationError

from assetmap.areas.validators import (
    GeometryValidator,
    boundary_validator,
    check_cvr,
    outline_validator,
    refuse_cpr,
)
from associations.models import Association, Figure, Milestone
from institutions.models import Institution
from places.models import Place
from residents.models import Resident
from tests.factories import SQUARE, make_area

VALID = "211062-5629"


# CPR --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        "2110625629",
        "211062 5629",
        "070761-4285",
        "Mit nummer er 211062-5629.",
        "cpr:2110625629",
        "(211062-5629)",
        "211062-5629,070761-4285",
        "Ring 32 51 40 60, cpr 211062-5629",
        "linje\n211062-5629\nlinje",
        "211062\u20135629",  # the dash that a phone makes of a hyphen
        "211062 - 5629",
        "211062\u00a05629",
    ],
)
def test_a_cpr_number_is_refused_and_not_repeated(text):
    with pytest.raises(ValidationError) as refused:
        refuse_cpr(text)
    assert refused.value.code == "cpr"
    assert "5629" not in str(refused.value.message)
    assert "Remove the number" in str(refused.value.message)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "32514060",
        "32 51 40 60",
        "+45 32 51 40 60",
        "+4532514060",
        "004532514060",
        "CVR 13585628",
        "13 58 56 28",
        "P-nr. 9912345678",
        "310262-1234",  # there is no 31 February
        "001062-5629",
        "321062-5629",
        "211362-5629",
        "21106-25629",
        "211062-562",
        "1211062-56291",
        "21106256291",
        "2013-2014",
        "17.05.2013 kl. 1930",
        "55.652512, 12.596834",
        "978-87-02-12345-6",
        "2300 København S",
    ],
)
def test_a_phone_number_a_cvr_number_and_other_numbers_are_no_cpr_number(text):
    refuse_cpr(text)


@pytest.mark.parametrize("model", [Resident, Association, Institution, Place, Milestone, Figure])
def test_every_text_that_people_write_refuses_cpr_numbers(model):
    """A field added later must refuse them too."""
    short, chosen = 11, {"source", "source_id", "licence", "search_text", "name_order"}
    for field in model._meta.get_fields():
        writes = getattr(field, "editable", False) and not getattr(field, "choices", None)
        text = writes and field.get_internal_type() in ("CharField", "TextField")
        dated = type(field).__name__ in ("PartialDateField", "Website", "EmailField")
        if not text or dated or field.name in chosen or (field.max_length or 99) < short:
            continue
        assert refuse_cpr in field.validators, field


# CVR --------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["13585628", "64942212", "25313763"])
def test_a_cvr_number_that_adds_up_is_taken(number):
    check_cvr(number)


@pytest.mark.parametrize(
    "number", ["", "1", "13585627", "1358562", "135856280", "abcdefgh", VALID]
)
def test_a_cvr_number_that_does_not_add_up_is_refused(number):
    with pytest.raises(ValidationError) as refused:
        check_cvr(number)
    assert refused.value.code == "cvr"
    assert "eight digits" in str(refused.value.message)


# Outlines ---------------------------------------------------------------------------------

LINE = {"type": "LineString", "coordinates": [[12.59, 55.65], [12.6, 55.66]]}
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [
        [[12.59, 55.65], [12.6, 55.66], [12.6, 55.65], [12.59, 55.66], [12.59, 55.65]]
    ],
}
SWAPPED = {
    "type": "Polygon",
    "coordinates": [[[55.65, 112.59], [55.66, 112.59], [55.66, 112.6], [55.65, 112.59]]],
}
NONSENSE = [
    None,
    "",
    "POLYGON((0 0,1 0,1 1,0 0))",
    5,
    [],
    {},
    {"type": "Polygon"},
    {"type": "Polygon", "coordinates": []},
    {"type": "Polygon", "coordinates": None},
    {"type": "Polygon", "coordinates": "abc"},
    {"type": "Polygon", "coordinates": [[]]},
    {"type": "Polygon", "coordinates": [[[1, 2]]]},
    {"type": "Polygon", "coordinates": [[1, 2], [3, 4], [1, 2]]},
    {"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["e", "f"], ["a", "b"]]]},
    {"type": "Polygon", "coordinates": [[[None, 1], [2, 3], [4, 5], [None, 1]]]},
    {"type": "Polygon", "coordinates": {"a": 1}},
    {"type": 5, "coordinates": []},
    {"type": "Blob", "coordinates": [1, 2]},
    {"coordinates": [1, 2]},
    {"type": "Feature", "geometry": SQUARE, "properties": {}},
    {"type": "FeatureCollection", "features": []},
    {"type": "GeometryCollection", "geometries": [SQUARE]},
    {"type": "GeometryCollection", "geometries": None},
    {"type": "Point", "coordinates": [12.59, 55.65]},
    {"type": "Polygon", "coordinates": [[[float("nan"), 1], [2, 3], [4, 5], [float("nan"), 1]]]},
    BOW_TIE,
    SWAPPED,
]


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: repr(value)[:50])
@pytest.mark.parametrize("validator", [boundary_validator, outline_validator])
def test_what_is_no_outline_is_refused_in_words(validator, value):
    with pytest.raises(ValidationError) as refused:
        validator(value)
    assert refused.value.code == "outline"
    assert "longitude first" in str(refused.value.message)


def test_a_boundary_is_a_polygon_or_several():
    boundary_validator(SQUARE)
    boundary_validator({"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]})
    with pytest.raises(ValidationError):
        boundary_validator(LINE)


def test_an_outline_may_be_a_line_too():
    outline_validator(SQUARE)
    outline_validator(LINE)
    outline_validator({"type": "MultiLineString", "coordinates": [LINE["coordinates"]]})


def test_validating_changes_nothing():
    before = copy.deepcopy(SQUARE)
    boundary_validator(SQUARE)
    assert before == SQUARE


def test_an_outline_beyond_the_earth_is_refused():
    for longitude, latitude in ((181, 0), (0, 91), (-181, 0), (0, -91)):
        far = {"type": "LineString", "coordinates": [[0, 0], [longitude, latitude]]}
        with pytest.raises(ValidationError):
            outline_validator(far)


def test_two_validators_of_the_same_kinds_are_one_to_the_migrations():
    assert GeometryValidator("Polygon") == GeometryValidator("Polygon")
    assert GeometryValidator("Polygon") != GeometryValidator("Point")


def test_an_areas_form_refuses_a_bad_boundary_in_words(db):
    area = make_area()
    area.boundary = BOW_TIE
    with pytest.raises(ValidationError, match="longitude first"):
        area.full_clean()
