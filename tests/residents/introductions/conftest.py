import pytest

from tests.factories import make_admin, make_user
from tests.residents.introductions.words import ROLES, agreeing, introduce


@pytest.fixture
def she(area):
    return make_user("resident", area, "qxher@example.org", name="qxheruser")


@pytest.fixture
def asker(area):
    return make_user("resident", area, "qxasker@example.org", name="qxaskeruser")


@pytest.fixture
def resident(area, she):
    return agreeing(area, "Ida", she, contact="qxprivate")


@pytest.fixture
def introduction(resident, asker):
    return introduce(resident, asker)


@pytest.fixture
def people(neighbour, partner, coordinator, stranger, asker, she):
    users = [None, neighbour, partner, coordinator, stranger, make_admin(), asker, she]
    return dict(zip(ROLES, users, strict=True))
