import pytest

from tests.factories import make_association, make_place

from .keeping import SPOT


@pytest.fixture
def rows(area, other_area):
    """Three rows in use, one of them nowhere on the map, and one that waits."""
    return {
        "garden": make_place(area, "Haven", **SPOT),
        "other": make_place(other_area, "Nabohaven", **SPOT),
        "club": make_association(area, "Klubben", visibility="partners"),
        "waiting": make_place(area, "Ventehaven", status="pending", **SPOT),
    }
