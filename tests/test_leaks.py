"""Nothing that somebody may not see is on any page, in any count, under any address of the site.

Canaries (words that stand nowhere else) are put into rows that are hidden in every way there is.
Then every address of the URL conf is asked for as every role. Two neighbourhoods are compared as
well: one with the hidden rows and one without must answer alike, so that no number gives a
hidden row away.
"""

import itertools
import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse
from PIL import Image

from assetmap.inventory.models import Asset, Link, SpokenLanguage
from assetmap.inventory.photos import set_photo
from tests.factories import (
    make_address,
    make_admin,
    make_area,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

ROLES = ["visitor", "neighbour", "partner", "coordinator", "stranger", "owner", "administrator"]
SPOT = {"latitude": 55.6525, "longitude": 12.5968}
HIDDEN_SPOT = {"latitude": 55.6533, "longitude": 12.5975}
BOX = "12.58,55.64,12.61,55.665"

# Each secret and who may read it. A canary is folded text, so that it is the same everywhere.
KEEPERS = {"coordinator", "administrator"}
SECRETS = {
    **dict.fromkeys(
        [
            *("qxresname", "qxressummary", "qxrescontact", "qxresavailability", "qxresphoto"),
            *("qxresnote", "qxreswords", "qxrestimes", "qxressource", "qxrestie", "qxressince"),
        ],
        KEEPERS | {"owner"},
    ),
    "qxprivateassociation": KEEPERS,
    "qxassociationsummary": KEEPERS,
    "qxaudience": KEEPERS,
    "qxmilestone": KEEPERS,
    "qxfigure": KEEPERS,
    "qxpendingplace": KEEPERS,
    "qxpendingaddress": KEEPERS,
    "qxarchivedinstitution": KEEPERS,
    "qxarchivedhours": KEEPERS,
    "qxpartnersplace": KEEPERS | {"partner"},
    "qxneighboursplace": KEEPERS | {"partner", "neighbour", "owner"},
    "qxtietohidden": KEEPERS | {"partner", "neighbour", "owner"},  # as far as they see the end
    "qxprivatetie": KEEPERS,
    "qxopensensitive": KEEPERS,
    "qxopencontact": KEEPERS,
}


class World:
    """An area with open rows, and with `secrets` also with rows hidden in every way there is."""

    def __init__(self, slug="urbanplanen", secrets=True):
        self.area = make_area(slug, name="Urbanplanen")
        self.people = {
            "visitor": None,
            "neighbour": make_user("resident", self.area),
            "partner": make_user("partner", self.area),
            "coordinator": make_user("coordinator", self.area),
            "stranger": make_user("coordinator", make_area(f"{slug}-nabo")),
            "owner": make_user("resident", self.area),
            "administrator": make_admin(),
        }
        self.open_rows()
        self.hidden = self.hidden_rows() if secrets else {}

    def open_rows(self):
        make_address(self.area, "Hørgården 7, 2300 København S")
        self.place = make_place(self.area, "Haven", **SPOT)
        self.association = make_association(self.area, "Klubben", stage="idea", **SPOT)
        self.institution = make_institution(self.area, "Biblioteket", **SPOT)
        self.resident = make_resident(self.area, "Åben nabo", visibility="public", **SPOT)
        for asset in (self.place, self.association, self.institution, self.resident):
            make_offering(asset, "FG7")
            SpokenLanguage.objects.create(asset=asset, code="da")
        self.link = make_link(self.institution, self.place, "uses")
        self.link.note = "åben note"
        self.link.save()

    def hidden_rows(self):
        resident = self.hidden_resident()
        association = self.hidden_association()
        pending = make_place(
            self.area,
            "qxpendingplace",
            address="qxpendingaddress 1",
            status="pending",
            **HIDDEN_SPOT,
        )
        archived = make_institution(
            self.area,
            "qxarchivedinstitution",
            opening_hours="qxarchivedhours",
            status="archived",
            sector="private",
            **HIDDEN_SPOT,
        )
        partners = make_place(self.area, "qxpartnersplace", visibility="partners", **HIDDEN_SPOT)
        neighbours = make_place(
            self.area, "qxneighboursplace", visibility="neighbours", **HIDDEN_SPOT
        )
        tie = {"visibility": "private", "note": "qxprivatetie"}
        self.private_link = make_link(self.association, self.place, "meets_at", **tie)
        self.sensitive_gift_of_an_open_resident()
        hidden = [resident, association, pending, archived, partners, neighbours]
        for asset in hidden:
            make_link(self.institution, asset, "supports", since="2013", note="qxtietohidden")
        rows = zip(
            ["resident", "association", "pending", "archived", "partners", "neighbours"],
            hidden,
            strict=True,
        )
        return dict(rows)

    def hidden_resident(self):
        resident = make_resident(
            self.area,
            "qxresname",
            summary="qxressummary",
            contact="qxrescontact",
            availability="qxresavailability",
            photo_alt="qxresphoto",
            source="qxressource",
            owner=self.people["owner"],
            **HIDDEN_SPOT,
        )
        make_offering(resident, "MH6", note="qxresnote", times="qxrestimes")
        make_offering(resident, None, text="qxreswords", mode="learn")
        make_offering(resident, "LA1")
        SpokenLanguage.objects.create(asset=resident, code="so")
        set_photo(resident, Image.open(BytesIO(picture())))
        resident.save()
        make_link(
            resident,
            self.place,
            "helps",
            visibility="private",
            note="qxrestie qxressince",
            since="2013-05",
        )
        return resident

    def hidden_association(self):
        association = make_association(
            self.area,
            "qxprivateassociation",
            summary="qxassociationsummary",
            audience="qxaudience",
            stage="self_running",
            visibility="private",
            **HIDDEN_SPOT,
        )
        association.milestones.create(date="2012", text="qxmilestone")
        association.figures.create(date="2012", measure="qxfigure", value=1)
        make_offering(association, "FG6", "teach")
        return association

    def sensitive_gift_of_an_open_resident(self):
        make_offering(self.resident, "WB5", note="qxopensensitive")
        self.resident.contact = "qxopencontact"
        self.resident.save()

    def browser(self, role):
        client = Client(headers={"accept-language": "en"})
        if self.people[role]:
            client.force_login(self.people[role])
        return client


def picture():
    file = BytesIO()
    Image.new("RGB", (20, 10), "green").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def world(db):
    return World()


# The addresses ----------------------------------------------------------------------------

# Pages of others that know nothing of the inventory, or take tokens that are mailed.
EXCLUDED = {
    "account_confirm_email",
    "account_reset_password_from_key",
}


def patterns(resolver=None, names=(), route=""):
    """Yield (full name, route) for every address of the site but the administration's."""
    for found in (resolver or get_resolver()).url_patterns:
        path = f"{route}{found.pattern}"
        if isinstance(found, URLPattern):
            yield ":".join([*names, found.name or path]), path
        elif found.app_name != "admin":
            namespace = [found.namespace] if found.namespace else []
            yield from patterns(found, (*names, *namespace), path)


def wanted(route):
    """The names of a route's arguments; a regular expression counts as one of its own."""
    return set(re.findall(r"<(?:\w+:)?(\w+)>", route)) | ({"regex"} if "^" in route else set())


def arguments(world, name, route):
    """Return every set of arguments worth trying for an address; none if it is not known."""
    slug, layer = world.area.slug, name.split(":")[0]
    assets = Asset.objects.order_by("pk")
    if name == "inventory:photo":
        sizes = ("photo", "photo_small", "nonsense")
        pairs = itertools.product(assets, sizes)
        return [{"area": slug, "uid": asset.uid, "size": size} for asset, size in pairs]
    if name in ("inventory:link-edit", "inventory:link-delete"):
        return [{"area": slug, "uid": link.uid} for link in Link.objects.order_by("pk")]
    if wanted(route) == {"area", "uid"}:
        return [{"area": slug, "uid": a.uid} for a in assets if f"{a.layer}s" == layer]
    return [{"area": slug}] if wanted(route) <= {"area"} else []


def addresses(world):
    """Every address of the site, and those with a query that could give something away."""
    for name, route in patterns():
        if name in EXCLUDED:
            continue
        for values in arguments(world, name, route):
            path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda arg: str(values[arg[1]]), route)  # noqa: B023
            yield path
            yield from (f"{path}?{query}" for query in queries(world, name))


def queries(world, name):
    """The queries that are worth asking of a page."""
    hidden = list(world.hidden.values())
    uids = [asset.uid for asset in hidden]
    spot = f"{HIDDEN_SPOT['latitude']},{HIDDEN_SPOT['longitude']}"
    searches = ["q=qx", "q=resname", "q=rescontact", "q=pendingaddress", "q=tolke", "q=somali"]
    facets = [
        *("layer=resident", "layer=institution", "gift=LA1", "gift=WB5", "gift=FG6", "gift=MH6"),
        *("mode=seeks", "mode=gives&gift=FG6", "language=so", "stage=self_running"),
        *("sector=private", "sort=fresh", f"near={spot}&within=300", f"bbox={BOX}"),
    ]
    around = [f"near={uid}&within=3000" for uid in uids] + [f"linked_to={uid}" for uid in uids]
    if name == "explore:explore":
        return [*searches, *facets, *around, "near=pendingaddress 1", "page=2"]
    if name == "explore:map":
        near_by = [*around, *facets, "q=qx"]
        zooms = [f"zoom={zoom}&bbox={BOX}" for zoom in (0, 10, 15, 17, 19, 22)]
        picked = [f"selected={uid}&zoom=15" for uid in (*uids, world.institution.uid)]
        picked += [f"selected={world.association.uid}", f"selected={world.resident.uid}"]
        return [*zooms, *picked, *near_by]
    if name == "inventory:similar":
        place = "&latitude={latitude}&longitude={longitude}".format(**HIDDEN_SPOT)
        return [f"name={word}{place}" for word in ("xresname", "xpendingplace", "x")]
    if name in ("inventory:link-add", "inventory:link-ends"):
        sources = (world.place.uid, *uids)
        return [f"source={uid}&q={word}" for uid in sources for word in ("qx", "resname")]
    if name == "inventory:link-edit":
        return [f"from={world.place.uid}"]
    if name == "areas:addresses":
        return ["q=qx", "q=hør"]
    if name == "inventory:add":
        return ["layer=resident"]
    return []


def read(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{key}: {value}" for key, value in response.items())
    return f"{headers}\n{body.decode(errors='replace')}"


def found_by(world, role):
    """Return {canary: addresses} of what a role is given anywhere on the site."""
    client, found = world.browser(role), {}
    for path in addresses(world):
        if path.startswith("/account/logout"):
            continue  # a page that only asks whether one is sure
        response = client.get(path)
        assert response.status_code < 500, path
        text = read(response).lower()
        for canary in SECRETS:
            if canary in text:
                found.setdefault(canary, set()).add(path)
    return found


# The tests --------------------------------------------------------------------------------


def test_every_address_of_the_site_is_asked_for(world):
    """A new page must be added to arguments() here, or it could leak unseen."""
    known = dict(patterns())
    for path in addresses(world):
        assert resolve(path.partition("?")[0])
    assert [n for n, w in known.items() if n not in EXCLUDED and not arguments(world, n, w)] == []
    assert set(known) >= EXCLUDED
    assert {"explore:explore", "residents:detail", "inventory:link-ends", "areas:list"} <= set(
        known
    )


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_shown_what_it_may_see_and_nothing_else(world, role):
    """The second half proves that the first can fail: the secrets do stand on the pages."""
    found = found_by(world, role)
    may = {canary for canary, roles in SECRETS.items() if role in roles}
    assert {
        canary: sorted(paths)[:3] for canary, paths in found.items() if canary not in may
    } == {}
    assert may - set(found) == set()


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
