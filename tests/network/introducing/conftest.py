import pytest

from residents.models import Consent
from tests.factories import make_association, make_institution, make_user
from tests.network.introducing.rows import agreeing, proposed


@pytest.fixture
def chair(area):
    """Who looks after the sewing club."""
    return make_user("resident", area, "qxchair@example.org", name="qxchairuser")


@pytest.fixture
def she(area):
    """Who owns the record of Ida."""
    return make_user("resident", area, "qxher@example.org", name="qxheruser")


@pytest.fixture
def connector(area):
    return make_user("partner", area, "qxconnector@example.org", name="qxconnectoruser")


@pytest.fixture
def club(area, chair):
    return make_association(area, "Syklubben", owner=chair)


@pytest.fixture
def library(area):
    """Nobody looks after it, so that a coordinator answers on its behalf."""
    return make_institution(area, "Biblioteket")


@pytest.fixture
def ida(area, she):
    return agreeing(area, "Ida", Consent.Purpose.INTRODUCE, owner=she, contact="qxprivate")


@pytest.fixture
def meeting(area, connector, club, library):
    """Of the club (one) and the library (other)."""
    return proposed(area, connector, club, library)


@pytest.fixture
def with_ida(area, connector, club, ida):
    """Of the club (one) and Ida (other)."""
    return proposed(area, connector, club, ida)
