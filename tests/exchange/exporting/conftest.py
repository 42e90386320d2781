import pytest

from tests.factories import make_user


@pytest.fixture
def exporter(area):
    """A coordinator who may take data out."""
    user = make_user("coordinator", area)
    user.memberships.update(may_export=True)
    return user
