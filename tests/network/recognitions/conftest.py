import pytest
from django.core.cache import cache

from tests.factories import make_resident, make_user


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Tries are counted in the cache, which outlives a test: as if nobody had tried today."""
    cache.clear()


@pytest.fixture
def fatma(area):
    """Whoever owns the record that recognitions are about."""
    return make_user("resident", area)


@pytest.fixture
def record(area, fatma):
    return make_resident(area, "Fatma", owner=fatma)
