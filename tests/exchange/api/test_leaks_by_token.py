"""With a token too nobody is told more than the site shows her, and nothing about residents."""

import json

import pytest

from tests.addresses import plain_addresses, queries
from tests.world import ROLES, SECRETS, World

from .conftest import Program

pytestmark = pytest.mark.once

# What the API tells, beside what is open: all of it about other assets than residents.
TOLD = {
    *("qxprivateassociation", "qxassociationsummary", "qxaudience", "qxpendingplace"),
    *("qxpendingaddress", "qxarchivedinstitution", "qxarchivedhours", "qxpartnersplace"),
    *("qxneighboursplace", "qxtietohidden", "qxprivatetie"),
}


@pytest.fixture
def world(db):
    return World()


def asked(world):
    """Every address of the API, with and without a query."""
    for name, path in plain_addresses(world):
        if name.startswith("api:v1:") and not name.endswith("root"):
            yield path.removeprefix("/api/v1")
            yield from (
                f"{path.removeprefix('/api/v1')}?{query}" for query in queries(world, name)
            )


def told(program, path):
    """What an answer holds, letters as people read them."""
    response = program.ask("GET", path)
    assert response.status_code < 500, path
    return json.dumps(response.json(), ensure_ascii=False).lower()


@pytest.mark.parametrize("role", ROLES)
def test_a_token_tells_what_its_user_may_see_and_no_resident(world, role):
    program = Program(world.people[role])
    text = " ".join(told(program, path) for path in asked(world))
    assert {canary for canary in SECRETS if canary in text} == {
        canary for canary in TOLD if role in SECRETS[canary]
    }
    for resident in (world.resident, world.reachable, world.hidden["resident"]):
        assert resident.name.lower() not in text
