import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Tries are counted in the cache, which outlives a test: as if nobody had tried today."""
    cache.clear()
