import pytest
from django.apps import apps
from django.db.models.signals import post_migrate
from django.test import Client
from django.utils.translation import override

from assetmap.inventory.models import Gift, GiftGroup
from assetmap.inventory.vocabulary import load_gifts

from . import factories

pytest.register_assert_rewrite("tests.contracts")


@pytest.fixture
def area(db):
    return factories.make_area()


@pytest.fixture
def other_area(db):
    return factories.make_area("naboby")


@pytest.fixture
def coordinator(area):
    return factories.make_user("coordinator", area)


@pytest.fixture
def partner(area):
    return factories.make_user("partner", area)


@pytest.fixture
def neighbour(area):
    """A resident of the area who owns nothing in it."""
    return factories.make_user("resident", area)


@pytest.fixture
def stranger(other_area):
    """A coordinator of another area."""
    return factories.make_user("coordinator", other_area)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Every test keeps its photos to itself."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def client():
    """A browser that asks for English, so that tests read the texts as they stand in the code."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture(autouse=True)
def english():
    """Outside of pages too, whatever language the test before has left behind."""
    with override("en"):
        yield


@pytest.fixture(autouse=True, scope="session")
def lasting_vocabulary():
    """Bring the gifts back whenever a browser test has emptied the tables after itself."""

    def load(**kwargs):
        load_gifts(GiftGroup, Gift)

    post_migrate.connect(load, sender=apps.get_app_config("inventory"))
    yield
    post_migrate.disconnect(load, sender=apps.get_app_config("inventory"))
