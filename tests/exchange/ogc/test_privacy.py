"""Nothing leaves by the feed that not everybody may see, whoever asks and however."""

import pytest
from django.test import Client

from assetmap.inventory.models import Asset, Link
from tests import factories
from tests.world import SECRETS, World

from .conftest import FEED

pytestmark = pytest.mark.django_db
COLLECTIONS = ["associations", "institutions", "places", "ties"]


@pytest.fixture
def world(db):
    return World()


def everything(client, world):
    """All that the feed answers about this world, in both forms, and hidden keys asked for."""
    paths = ["/", "/collections", "/api"]
    paths += [f"/collections/{name}/items?f={f}" for name in COLLECTIONS for f in ("json", "html")]
    uids = [*Asset.objects.values_list("uid", flat=True), *Link.objects.values_list("uid", flat=1)]
    paths += [f"/collections/{name}/items/{uid}" for name in COLLECTIONS for uid in uids]
    paths += [f"/collections/ties/items?source={uid}" for uid in uids]
    paths += [f"/collections/places/items?name={canary}" for canary in ("qxpendingplace",)]
    for path in paths:
        yield path, client.get(FEED + path)


def test_no_secret_leaves_whoever_asks(world):
    client = Client()
    client.force_login(world.people["administrator"])
    for path, response in everything(client, world):
        text = response.content.decode().lower()
        asked_for = path.rpartition("=")[2]
        told = {canary for canary in SECRETS if canary in text and canary != asked_for}
        assert told == set(), path


def test_just_the_open_rows_leave(world, items):
    """So that the test above can fail, and nothing open is held back."""
    found = {name: items(name) for name in COLLECTIONS}
    assert {name: page["numberMatched"] for name, page in found.items()} == dict.fromkeys(
        COLLECTIONS, 1
    )
    ids = {name: page["features"][0]["id"] for name, page in found.items()}
    rows = (world.association, world.institution, world.place, world.link)
    assert list(ids.values()) == [str(row.uid) for row in rows]


def test_a_coordinator_gets_byte_for_byte_what_a_visitor_gets(world):
    signed_in, visitor = Client(), Client()
    signed_in.force_login(world.people["coordinator"])
    for path in ("/collections", "/collections/places", "/api", "/collections/ties/queryables"):
        assert signed_in.get(FEED + path).content == visitor.get(FEED + path).content
    for name in COLLECTIONS:
        pages = [c.get(f"{FEED}/collections/{name}/items") for c in (signed_in, visitor)]
        assert pages[0].headers["etag"] == pages[1].headers["etag"]


def test_an_open_resident_and_her_ties_do_not_leave(area, feed, items, refused):
    resident = factories.make_resident(area, "Åben", visibility="public")
    place = factories.make_place(area)
    tie = factories.make_link(resident, place, "helps", visibility="public")
    assert items("ties")["features"] == []
    refused(f"/collections/ties/items/{tie.uid}", status=404)
    for name in COLLECTIONS[:3]:
        refused(f"/collections/{name}/items/{resident.uid}", status=404)
    boxes = [row["extent"].get("spatial") for row in feed("/collections")["collections"]]
    assert [box and box["bbox"] for box in boxes] == [
        *(None, None, [[12.5968, 55.6525, 12.5968, 55.6525]]),
        [[12.5968, 55.6525, 12.5968, 55.6525]],
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        {"visibility": "neighbours"},
        {"visibility": "partners"},
        {"visibility": "private"},
        {"status": "pending"},
        {"status": "archived"},
    ],
)
def test_a_hidden_asset_is_as_if_it_were_not_there(area, items, refused, hidden):
    place, club = factories.make_place(area, **hidden), factories.make_association(area)
    factories.make_link(club, place, "meets_at")
    for name in ("places", "ties"):
        page = items(name)
        assert (page["features"], page["numberMatched"]) == ([], 0)
    sentence = refused(f"/collections/places/items/{place.uid}", status=404)
    nobody = "00000000-0000-4000-8000-000000000000"
    assert refused(f"/collections/places/items/{nobody}", status=404) == sentence
    assert items("places", bbox="-180,-90,180,90")["numberMatched"] == 0
