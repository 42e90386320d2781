"""Nothing that somebody may not see is on any page, in any count, under any address of the site.

Canaries (words that stand nowhere else) are put into rows that are hidden in every way there is.
Then every address of the URL conf is asked for, and sent to, as every role. Two neighbourhoods
are compared as well: one with the hidden rows and one without must answer alike, so that no
number gives a hidden row away.
"""

import re

import pytest
from django.contrib import admin
from django.core import mail
from django.urls import resolve, reverse

from assetmap.inventory.models import Asset
from tests.addresses import addresses, arguments, patterns, plain_addresses
from tests.world import BOX, ROLES, SECRETS, World, undone

# What knows no session answers everybody alike: these roles show that it does.
NO_SESSION = (
    *("/api/ogc/", "/api/hsds/", "/api/v1/"),
    *("/urbanplanen/embed/?", "/urbanplanen/embed/map.geojson"),
)
ON_BOTH = ("partner",)  # databases: whose gate has the most parts to join
# Who sees what nobody else does is asked all queries too; others meet the same gate without them.
QUERYING = ("visitor", "neighbour", "partner", "coordinator")
PROOF = ("visitor", "partner", "administrator")


@pytest.fixture
def world(db):
    return World()


def read(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{key}: {value}" for key, value in response.items())
    return f"{headers}\n{body.decode(errors='replace')}"


def found_by(world, role):
    """Return {canary: addresses} of what a role is given anywhere on the site."""
    client, found = world.browser(role), {}
    for path in addresses(world, with_queries=role in QUERYING):
        if may_differ(role, path):
            note(found, path, client.get(path))
    return found


def may_differ(role, path):
    """Whether an address could answer a role as it answers no other that is tried on it."""
    return role in PROOF or not path.startswith(NO_SESSION)


def note(found, path, response):
    """Note which canaries stand in a response."""
    assert response.status_code < 500, path
    text = read(response).lower()
    for canary in SECRETS:
        if canary in text:
            found.setdefault(canary, set()).add(path)


def told_too_much(found, role):
    """Return {canary: some addresses} of what a role was given and may not see."""
    return {
        canary: sorted(paths)[:3] for canary, paths in found.items() if role not in SECRETS[canary]
    }


# What is sent where, beside nothing at all.
SENT = {
    "export:choose": {"reason": "Til en plan", "form": "json"},
    "introductions:ask": {
        **{"message": "Hej", "asker_name": "Bo", "asker_contact": "12345678"},
        **{"agrees": "on"},
    },
    "introductions:answer": {"answer": "no"},
    "partners:contact-new": {"text": "Hej", "sure": "on"},
    "partners:contact-step": {"do": "became"},
    "partners:search-save": {"name": "Bier"},
    "me:receipt": {},
    "me:ask-address": {"email": "ny@example.org"},
    "register:start": {"way": "quick"},
    "register:step": {"find": "1", "q": "qx"},
    "register:approve": {"code": "ABCD-EFGH-JKMN"},
    "me:open": {"code": "ABCD-EFGH-JKMN"},
}


# The tests --------------------------------------------------------------------------------


def test_every_address_of_the_site_is_asked_for(world):
    """A new page must be added to arguments() here, or it could leak unseen."""
    known = dict(patterns())
    for path in addresses(world):
        assert resolve(path.partition("?")[0])
    assert [name for name, route in known.items() if not arguments(world, name, route)] == []
    assert {
        "explore:explore",
        "residents:detail",
        "inventory:link-ends",
        "explore:everywhere",
    } <= set(known)


@pytest.mark.parametrize(
    "role", [r if r in ON_BOTH else pytest.param(r, marks=pytest.mark.once) for r in ROLES]
)
def test_a_role_is_shown_what_it_may_see_and_nothing_else(world, role):
    """The second half proves that the first can fail: the secrets do stand on the pages."""
    found = found_by(world, role)
    may = {canary for canary, roles in SECRETS.items() if role in roles}
    assert told_too_much(found, role) == {}
    assert may - set(found) == set()


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_sending_to_an_address_tells_no_more_than_looking_at_it(world, role):
    """Refusals, errors and confirmations too, and whatever is mailed. All of it is undone."""
    client, found = world.browser(role), {}
    for name, path in list(plain_addresses(world)):
        for data in ({}, SENT.get(name)):
            if data is not None and may_differ(role, path):
                with undone(client):
                    response = client.post(path, data, follow=True)
                note(found, path, response)
    assert told_too_much(found, role) == {}
    mailed = " ".join(f"{m.subject} {m.body}" for m in mail.outbox).lower()
    assert [canary for canary in SECRETS if canary in mailed] == []


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_the_administration_shows_nothing_to_others(world, role):
    client, found = world.browser(role), {}
    for path in administration(world):
        response = client.get(path)
        assert response.status_code in (302, 403, 404), path
        note(found, path, response)
    assert told_too_much(found, role) == {}


def administration(world):
    """Every list of the administration, and the page of every row in it."""
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{base}_changelist")
        for row in model._default_manager.all()[:20]:
            for page in ("change", "history", "delete"):
                yield reverse(f"{base}_{page}", args=[row.pk])


@pytest.mark.parametrize("role", ["visitor", "neighbour", "partner", "stranger"])
def test_a_photo_of_an_open_resident_is_as_private_as_she_chose(world, role):
    for size in ("photo", "photo_small"):
        path = reverse("inventory:photo", args=[world.area.slug, world.resident.uid, size])
        assert world.browser(role).get(path).status_code == 404
        assert world.browser("coordinator").get(path).status_code == 200
    page = world.browser(role).get(world.resident.get_absolute_url()).content.decode()
    assert path.removesuffix("photo_small/") not in page


@pytest.mark.parametrize("role", ["visitor", "neighbour", "partner", "stranger"])
def test_a_photo_is_shown_to_those_who_may_see_its_owner(world, role):
    resident = world.hidden["resident"]
    for size in ("photo", "photo_small"):
        path = reverse("inventory:photo", args=[world.area.slug, resident.uid, size])
        assert world.browser(role).get(path).status_code == 404
        assert world.browser("owner").get(path).status_code == 200
    assert world.browser(role).get(f"/media/{resident.photo.name}").status_code == 404


@pytest.mark.parametrize("role", ["visitor", "neighbour", "partner", "stranger"])
@pytest.mark.parametrize("page", ["detail", "edit", "archive", "restore", "confirm"])
def test_a_hidden_page_is_refused_like_one_that_is_not_there(world, role, page):
    """Neither the status nor the text tells a hidden resident from none at all."""
    client = world.browser(role)
    hidden = world.hidden["resident"].url(page)
    nobody = hidden.replace(
        str(world.hidden["resident"].uid), "0" * 8 + "-0000-4000-8000-" + "0" * 12
    )
    send = client.get if page in ("detail", "edit") else client.post
    one, other = send(hidden), send(nobody)
    assert one.status_code == other.status_code != 200
    assert shape(one.content.decode()) == shape(other.content.decode())


# Counting ---------------------------------------------------------------------------------

COUNTED = [
    "",
    "layer=resident",
    "layer=place",
    "mode=seeks",
    "gift=LA1",
    "gift=WB5",
    "gift=FG7",
    "gift=FG6&mode=gives",
    "language=so",
    "stage=self_running",
    "sector=private",
    "q=qx",
    "q=haven",
    "near=55.6533,12.5975&within=300",
    "near=55.6525,12.5968&within=900&sort=distance",
    f"bbox={BOX}",
    "linked_to={institution}",
    "linked_to={place}",
    "sort=fresh",
]
# By the lists in World: what each of these roles sees beside the open rows is nothing.
BLIND = ["visitor", "stranger"]


def shape(page):
    """A page without what differs between two areas by nature: ids, tokens, the area's address."""
    page = re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "UID", page)
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    page = re.sub(r"user\d+@example.org|uden-secrets|urbanplanen", "X", page)
    page = re.sub(r'value="[^"]*(?:X|UID)[^"]*"', "", page)
    return page


@pytest.fixture
def worlds(db):
    return World("urbanplanen"), World("uden-secrets", secrets=False)


def both(worlds, role, path, query):
    for world in worlds:
        asked = query.format(institution=world.institution.uid, place=world.place.uid)
        url = f"/{world.area.slug}/{path}?{asked}"
        yield shape(world.browser(role).get(url).content.decode())


@pytest.mark.parametrize("role", BLIND)
def test_the_list_is_the_same_as_if_the_hidden_rows_did_not_exist(worlds, role):
    for query in COUNTED:
        with_hidden, without = both(worlds, role, "", query)
        assert with_hidden == without, query


@pytest.mark.parametrize("role", BLIND)
def test_the_map_is_the_same_as_if_the_hidden_rows_did_not_exist(worlds, role):
    zooms = [f"zoom={zoom}&bbox={BOX}&selected={{institution}}" for zoom in (0, 10, 15, 19, 22)]
    for query in [*COUNTED, *zooms]:
        with_hidden, without = both(worlds, role, "map.geojson", query)
        assert with_hidden == without, query


@pytest.mark.parametrize("role", BLIND)
def test_the_open_pages_are_the_same_as_if_the_hidden_rows_did_not_exist(worlds, role):
    for path in ("sources/", "addresses/", "nowhere/"):
        with_hidden, without = both(worlds, role, path, "q=x")
        assert with_hidden == without, path
    for name in ("place", "association", "institution", "resident"):
        pages = [
            shape(
                world.browser(role).get(getattr(world, name).get_absolute_url()).content.decode()
            )
            for world in worlds
        ]
        assert pages[0] == pages[1], name


def test_the_coordinator_does_see_a_difference(worlds):
    """So that the tests above can fail."""
    for path in ("", "map.geojson", "sources/"):
        with_hidden, without = both(worlds, "coordinator", path, f"bbox={BOX}&zoom=10")
        assert with_hidden != without, path


@pytest.mark.parametrize("role", BLIND)
def test_searching_for_a_secret_finds_nothing(world, role):
    client = world.browser(role)
    for word in ("qx", *SECRETS):
        assert client.get(f"/urbanplanen/map.geojson?q={word}").json()["total"] == 0, word
    page = client.get("/urbanplanen/?q=qx").content.decode()
    assert re.search(r'role="status"><strong>(\d+)</strong>', page)[1] == "0"


def test_a_private_contact_is_no_search_word_for_anybody(world):
    """What only the person and the coordinators read must not be found by guessing at it."""
    for word in ("qxrescontact", "qxresavailability", "qxopencontact", "qxopensensitive"):
        assert not Asset.objects.search(word).exists(), word
