import pytest

from tests import factories


@pytest.fixture
def guild(area):
    """Beekeepers who wish for somebody to sew with."""
    guild = factories.make_association(area, "Bylauget", meeting_times="Onsdage kl. 16.30")
    factories.make_offering(guild, "HR7", "learn")
    return guild


@pytest.fixture
def library(area):
    """A library that can teach to sew."""
    library = factories.make_institution(area, "Solvang Bibliotek", opening_hours="Hverdage 10-18")
    factories.make_offering(library, "HR7", "teach")
    return library
