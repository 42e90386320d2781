"""The API keeps what its OpenAPI document says, whatever odd requests schemathesis thinks of."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from assetmap.exchange.api.application import api
from assetmap.inventory.models import Layer, layer_models
from tests import factories

from .conftest import make_token

pytestmark = pytest.mark.once


def can_be_wrong(operation):
    """Whether anything is sent beside the address."""
    asked = [one for one in operation["parameters"] if one["in"] != "path"]
    return bool(asked or "requestBody" in operation)


DOCUMENT = api.get_openapi_schema()
OPERATIONS = [
    (path, method, mode)
    for path, ways in DOCUMENT["paths"].items()
    for method, operation in ways.items()
    for mode in GenerationMode
    if mode == GenerationMode.POSITIVE or can_be_wrong(operation)
]
ODD = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# What stands in words alone, such as that a CPR number is refused, may refuse what types allow.
IN_WORDS = [checks.positive_data_acceptance]


@pytest.fixture(scope="module")
def schema():
    return schemathesis.openapi.from_dict(DOCUMENT)


@pytest.fixture
def described(schema, site, settings):
    """The document with the site behind it."""
    settings.ACCOUNT_RATE_LIMITS = {}  # it tries many a wrong token
    schema.app = site
    return schema


@pytest.fixture
def key(area, coordinator):
    return make_token(coordinator)


@pytest.fixture
def uids(area):
    """An asset and a tie to try things on, by the end of an operation's path."""
    places = [factories.make_place(area), factories.make_place(area)]
    factories.make_offering(places[0], "FG7")
    tie = factories.make_link(*places)
    return {"assets": str(places[0].uid), "ties": str(tie.uid)}


@pytest.mark.parametrize(("path", "method", "mode"), OPERATIONS)
def test_no_request_breaks_what_the_document_says(described, key, uids, path, method, mode):
    """With a coordinator's token and without one."""
    uid = uids["ties" if "/ties" in path else "assets"]
    names = {"area": "urbanplanen", "uid": uid}
    where = {name: value for name, value in names.items() if f"{{{name}}}" in path}
    token = {"Authorization": f"Bearer {key}", "Accept-Language": "en"}

    @ODD
    @given(case=described[path][method.upper()].as_strategy(mode, path_parameters=where))
    def try_out(case):
        case.call_and_validate(headers=token, excluded_checks=IN_WORDS)
        excluded = [*IN_WORDS, checks.negative_data_rejection]
        case.call_and_validate(excluded_checks=excluded)

    try_out()


def test_the_document_is_of_openapi_3_1_and_its_schemas_are_schemas(client):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert len(OPERATIONS) > len(document["paths"]) == 8


def test_each_layer_but_residents_has_its_own_shapes():
    shapes = DOCUMENT["components"]["schemas"]
    for layer, model in layer_models().items():
        named = {name for name in shapes if model.__name__ in name}
        open_ones = {model.__name__, f"New{model.__name__}", f"{model.__name__}Change"}
        assert named == (set() if layer == Layer.RESIDENT else open_ones)
    kinds = shapes["Association"]["properties"]["stage"]["enum"]
    assert kinds == sorted(layer_models()[Layer.ASSOCIATION].Stage.values)


def test_writing_asks_for_a_token_and_reading_takes_one_or_none():
    for ways in DOCUMENT["paths"].values():
        for method, operation in ways.items():
            needs = [{"Bearer": []}]
            assert operation["security"] == ([{}, *needs] if method == "get" else needs)
