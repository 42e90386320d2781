import pytest

from .made import make_importer


@pytest.fixture
def importer(area):
    return make_importer(area)


@pytest.fixture
def browser(client, importer):
    """The browser of a coordinator who may bring in data from files."""
    client.force_login(importer)
    return client
