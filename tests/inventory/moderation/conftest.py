import pytest
from django.core.cache import cache

from tests import factories
from tests.contracts import browser_of


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    """What was written from an address is counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def owner(area):
    return factories.make_user("resident", area)


@pytest.fixture
def resident(area, owner):
    """A neighbour's record that others see; she may change it herself."""
    return factories.make_resident(
        area, "Fatma", summary="Bakes", availability="Mornings", visibility="public", owner=owner
    )


@pytest.fixture
def place(area):
    return factories.make_place(area, "The hall", summary="A big room")


@pytest.fixture
def hers(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def coordinating(coordinator):
    return browser_of(coordinator)
