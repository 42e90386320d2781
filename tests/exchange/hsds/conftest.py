import pytest

from assetmap.inventory.models import SpokenLanguage
from tests.factories import (
    make_address,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
)

CVR = "13585628"


@pytest.fixture
def get(client):
    """Ask the API for something, and read the answer."""

    def ask(path="", **query):
        response = client.get(f"/api/hsds/{path}", query)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


@pytest.fixture
def contents(get):
    return lambda path, **query: get(path, **query)["contents"]


@pytest.fixture
def club(area):
    """An association of which everything is known."""
    type(area).objects.filter(pk=area.pk).update(municipality="Københavns Kommune")
    area.refresh_from_db()
    club = make_association(
        area,
        "Haveholdet",
        summary="Dyrker grønt på taget.",
        address="Remisevej 14, 2300 København S",
        latitude=55.648722,
        longitude=12.595484,
        website="https://example.org/høst",
        email="hej@example.org",
        phone="12 34 56 78",
        cvr=CVR,
        founded="2013-05",
        form="voluntary",
        audience="Alle",
        meeting_times="Torsdag kl. 17",
    )
    make_offering(club, "FG7", "teach", note="Hver torsdag")
    make_offering(club, None, text="Bistade")
    make_offering(club, "FG6", "learn")
    SpokenLanguage.objects.create(asset=club, code="so")
    club.confirm(None)
    return club


@pytest.fixture
def hall(area):
    """A place of which everything is known."""
    hall = make_place(
        area,
        "Salen",
        summary="Stor sal.",
        address="Hørgården 7, 2300 København S",
        phone="87 65 43 21",
        kind="room",
        facilities="Køkken",
        capacity=80,
        wheelchair="partly",
        opening_hours="Alle dage 8-22",
        booking_url="https://example.org/book",
    )
    make_offering(hall, "FG7")
    SpokenLanguage.objects.create(asset=hall, code="da")
    return hall


@pytest.fixture
def library(area):
    """An institution that the club is a part of."""
    return make_institution(
        area, "Biblioteket", kind="library", opening_hours="8-20", address="Remisevej 14"
    )


@pytest.fixture
def tie(club, hall):
    return make_link(club, hall, "meets_at", note="I salen")


@pytest.fixture
def rich(area, club, hall, library, tie):
    """An area with one of everything, with bare assets, and with what must not leave."""
    make_link(club, library, "part_of")
    make_link(club, library, "uses")
    make_address(area)
    make_association(area, "Kun et navn")
    make_association(area, "En tanke", stage="idea", meeting_times="Engang")
    make_institution(area, "Kun et kontor")
    make_place(area, "Et sted", latitude=None, longitude=None)
    neighbour = make_resident(area, "En nabo", visibility="public", summary="naboens ord")
    make_offering(neighbour, "FG7")
    make_link(neighbour, hall, "uses")
    return area
