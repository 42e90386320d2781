from types import SimpleNamespace

import pytest
from django.urls import reverse

from residents.models import Consent
from tests import factories


@pytest.fixture
def street(area):
    """A library, a club and a hall in a row; Ida, who said yes to being suggested, and a
    neighbour who did not, are in the club; the hall is for partners alone."""
    library = factories.make_institution(area, "Biblioteket", sector="public")
    club = factories.make_association(area, "Koret", summary="Synger sammen")
    hall = factories.make_place(area, "Salen", visibility="partners")
    ida = factories.make_resident(area, "Ida", visibility="public")
    silent = factories.make_resident(area, "qxsilent", visibility="public", summary="qxwords")
    Consent.objects.give(ida, ["connect"], language="da", channel="web")
    factories.make_link(library, club, "works_with", since="2012", strength=3)
    factories.make_link(club, hall, "meets_at", since="2020-03")
    factories.make_link(ida, club, "member_of")
    factories.make_link(silent, club, "member_of", note="qxnote")
    factories.make_offering(club, "MS1")
    factories.make_offering(silent, "FG7", note="qxgift")
    found = locals()
    return SimpleNamespace(
        **{name: found[name] for name in ("library", "club", "hall", "ida", "silent")}
    )


@pytest.fixture
def url(area):
    """url("picture", q="x"): the address of a page of the network."""

    def make(name="picture", **query):
        address = reverse(f"network:{name}", args=[area.slug])
        text = "&".join(f"{key}={value}" for key, value in query.items())
        return f"{address}?{text}" if text else address

    return make


@pytest.fixture
def partner(client, area):
    client.force_login(factories.make_user("partner", area))
    return client


@pytest.fixture
def coordinator(client, area):
    client.force_login(factories.make_user("coordinator", area))
    return client
