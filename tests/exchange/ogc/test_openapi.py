"""The API document: what clients look for in it, and that the answers are as it says."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# By the standard a client may send more than `limit` allows; and not every text is a time.
LEFT_OUT = ("negative_data_rejection", "positive_data_acceptance")
UNPACKED = {"Accept-Encoding": "identity"}  # in-process, schemathesis unpacks no gzip
SAME_AS_PLACES = "associations|institutions"
SOME = settings(
    max_examples=5,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_most_that_limit_may_be_stands_where_gdal_looks_for_it(feed):
    document = feed("/api")
    limit = document["components"]["parameters"]["limit"]
    assert (limit["in"], limit["schema"]["maximum"]) == ("query", 1_000)
    for name in ("associations", "institutions", "places", "ties"):
        parameters = document["paths"][f"/collections/{name}/items"]["get"]["parameters"]
        assert {"$ref": "#/components/parameters/limit"} in parameters


def test_everything_that_is_referred_to_is_there(feed):
    document = feed("/api")

    def references(part):
        if isinstance(part, dict):
            yield from [part["$ref"]] if "$ref" in part else []
            part = list(part.values())
        if isinstance(part, list):
            for one in part:
                yield from references(one)

    for reference in set(references(document)):
        found = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_the_queryables_are_a_json_schema(feed):
    for name in ("associations", "institutions", "places", "ties"):
        Draft202012Validator.check_schema(feed(f"/collections/{name}/queryables"))


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_whatever_is_asked_the_answer_is_as_the_document_says(site, area, mode):
    place, club = factories.make_place(area), factories.make_association(area)
    factories.make_link(club, place, "meets_at")
    schema = schemathesis.openapi.from_wsgi("/api/ogc/api", site)
    schema = schema.exclude(path_regex=SAME_AS_PLACES)
    load_all_checks()
    left_out = [check for check in CHECKS.get_all() if check.__name__ in LEFT_OUT]
    tried = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @SOME
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            case.call_and_validate(headers=UNPACKED, excluded_checks=left_out)

        ask()
        tried.append(operation.path)
    assert len(tried) == 11  # all but the document itself
