"""Who may do what: the whole rule as one table, and every line of it tried as every role.

A line holds an address of the site with those who may look at it (GET) and those who may send to
it (POST). Whoever may not is asked to sign in, refused, or told that nothing is there; where
nobody is named, the address takes no such request. An address without a line fails the test.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assetmap.areas.roles import may_export, may_import
from assetmap.exchange.hsds.ids import term_id, turned
from assetmap.exchange.hsds.lists import LISTS
from assetmap.exchange.models import Merge
from assetmap.inventory.freshness import signer
from assetmap.network.models import Meeting, Recognition
from assetmap.partners.contacts.mails import signer as reply_signer
from assetmap.partners.models import Contact, Recipe
from residents.models import Consent, Introduction
from tests.activities.rows import make_activity
from tests.addresses import patterns
from tests.exchange.importing.made import make_run
from tests.factories import (
    make_admin,
    make_area,
    make_association,
    make_institution,
    make_link,
    make_place,
    make_resident,
    make_user,
)
from tests.world import undone

VISITOR, RESIDENT, PARTNER = "visitor", "resident", "partner"
COORDINATOR, ELSEWHERE, ADMIN = "coordinator", "coordinator of another area", "administrator"
EXPORTER = "coordinator who may export and import"  # rights of their own, beside the role
OWNER = "resident, about her own record"

SIX = (VISITOR, RESIDENT, PARTNER, COORDINATOR, ELSEWHERE, ADMIN)
ROLES = (*SIX, EXPORTER, OWNER)
ALL = frozenset(ROLES)
SIGNED_IN = ALL - {VISITOR}
KEEPERS = frozenset({COORDINATOR, EXPORTER, ADMIN})  # who keep the inventory of this area
OF_THE_AREA = KEEPERS | {RESIDENT, PARTNER, OWNER}
HERS = frozenset({OWNER})
WITH_RIGHTS = frozenset({EXPORTER, ADMIN})
NOBODY = frozenset()


@dataclass(frozen=True)
class May:
    """Who may look, who may send, and what is sent so that it is let through."""

    look: frozenset = NOBODY
    send: frozenset = NOBODY
    data: tuple = ()


EDIT = May(look=KEEPERS, send=KEEPERS)
BUTTON = May(send=KEEPERS)


def layer(name, **own):
    """The lines that every layer has, for an asset that everybody may see."""
    lines = {
        "add": EDIT,
        "detail": May(look=ALL),
        "edit": EDIT,
        "archive": BUTTON,
        "restore": BUTTON,
        "confirm": BUTTON,
        "erase": BUTTON,
        "know-more": May(look=ALL, send=ALL, data=(("message", "De har flyttet"),)),
    }
    return {f"{name}:{page}": may for page, may in (lines | own).items()}


# Pages that are in no area.
OF_THE_SITE = {
    *("explore:everywhere", "explore:map-everywhere"),
    *("areas:healthz", "set_language", "demo:sign-in"),
    *("ogc:landing", "ogc:api", "ogc:conformance", "ogc:collections"),
    *("api:tokens", "api:docs", "api:start", "api:v1:api-root", "api:v1:openapi-json"),
    *("api:v1:list-areas", "api:v1:list-gifts"),
}
CAREFUL = KEEPERS | HERS  # for her own record: she as well
OGC = [f"ogc:{page}" for page in ("landing", "api", "conformance", "collections", "collection")]
OGC += ["ogc:queryables", "ogc:items", "ogc:item"]
HSDS = ["hsds:base", *(f"hsds:{name}{one}" for name in LISTS for one in ("", "-one"))]
# A session lets everybody read, as visitors do, and nobody write: programs do, with a token.
API = {f"api:v1:{page}" for page in ("openapi-json", "list-areas", "read-area", "list-gifts")}
API |= {f"api:v1:{page}" for page in ("list-assets", "create-asset", "list-ties", "create-tie")}
API_ASSET = ("read-asset", "update-asset", "archive-asset", "list-asset-gifts", "add-gift")
API_ONE = {f"api:v1:{page}" for page in (*API_ASSET, "take-out-gift")}
API_TIE = {f"api:v1:{page}" for page in ("read-tie", "update-tie", "delete-tie")}

TABLE = {
    # The site
    "explore:everywhere": May(look=ALL),
    "areas:healthz": May(look=ALL, send=ALL),
    # Open standards
    **{name: May(look=ALL) for name in (*OGC, *HSDS)},
    "areas:addresses": May(look=ALL),
    "set_language": May(look=ALL, send=ALL, data=(("language", "en"),)),
    "demo:sign-in": May(),  # only where the demo setting is on
    # Exploring
    "explore:explore": May(look=ALL),
    "explore:map": May(look=ALL),
    "explore:map-everywhere": May(look=ALL),
    "explore:suggest": May(look=ALL),
    "explore:sources": May(look=ALL),
    # Taking away, by file, on paper and into other pages
    "export:choose": May(
        look=ALL, send={EXPORTER, ADMIN}, data=(("reason", "Til en plan"), ("form", "csv"))
    ),
    **{f"export:{form}": May(look=ALL) for form in ("csv", "xlsx", "geojson", "json")},
    **{f"export:{page}": May(look=ALL) for page in ("print", "embed", "embed-map", "embed-code")},
    # The inventory
    "inventory:add": May(look=KEEPERS),
    "inventory:similar": May(look=KEEPERS),
    "inventory:archive": May(look=KEEPERS),
    "inventory:photo": May(look=ALL),
    "inventory:link-add": EDIT,
    "inventory:link-ends": May(look=KEEPERS),
    "inventory:link-edit": EDIT,
    "inventory:link-delete": BUTTON,
    "inventory:queue": May(look=KEEPERS),
    "inventory:queue-records": BUTTON,
    "inventory:queue-words": BUTTON,
    "inventory:queue-gifts": BUTTON,
    "inventory:still": May(look=ALL, send=ALL, data=(("do", "nothing"),)),  # the link is the right
    **layer("associations"),
    **layer("institutions"),
    **layer("places"),
    **layer(
        "residents",
        edit=May(look=CAREFUL, send=CAREFUL),
        archive=May(send=CAREFUL),
        restore=May(send=CAREFUL),
        confirm=May(send=CAREFUL),
        **{"know-more": May()},  # nobody tells of others
    ),
    "residents:hand-over": EDIT,
    "residents:export": May(look=WITH_RIGHTS, send=WITH_RIGHTS),
    "backup:backup": May(look=WITH_RIGHTS, send=WITH_RIGHTS),
    # Bringing in from files
    "import:start": May(look=WITH_RIGHTS, send=WITH_RIGHTS),
    "import:import": May(look=WITH_RIGHTS),
    "import:match": May(look=WITH_RIGHTS, send=WITH_RIGHTS),
    "import:decide": May(send=WITH_RIGHTS),
    "import:write": May(send=WITH_RIGHTS),
    "import:undo": May(send=WITH_RIGHTS, data=(("sure", "1"),)),
    "import:cancel": May(send=WITH_RIGHTS),
    "import:report": May(look=WITH_RIGHTS),
    "import:unplaced": May(look=WITH_RIGHTS),
    "import:place": May(send=WITH_RIGHTS),
    # Merging two records of one thing
    "merge:list": May(look=KEEPERS),
    "merge:choose": May(look=KEEPERS),
    "merge:merge": EDIT,
    "merge:undo": BUTTON,
    # The API, and the tokens of whoever coordinates somewhere
    **dict.fromkeys(API | API_ONE | API_TIE, May(look=ALL)),
    **dict.fromkeys(["api:start", "api:v1:api-root"], May(look=ALL, send=ALL)),  # lead on
    "api:docs": May(look=ALL),
    "api:tokens": May(
        look=KEEPERS | {ELSEWHERE},
        send=KEEPERS | {ELSEWHERE},
        data=(("name", "Et program"), ("days", "30")),
    ),
    "api:take-back": May(send={COORDINATOR}),  # whose it is
    **dict.fromkeys(["api:nothing", "hsds:nothing", "ogc:nothing"], May()),  # says so to all
    # Activities; the owner here owns no group
    **{f"activities:{page}": May(look=ALL) for page in ("week", "feed", "detail")},
    "activities:add": EDIT,
    "activities:edit": EDIT,
    "activities:erase": BUTTON,
    "activities:waiting": May(look=KEEPERS),
    "activities:decide": May(send=KEEPERS, data=(("do", "use"),)),
    # The network of ties
    **{f"network:{page}": May(look=ALL) for page in ("picture", "picture-data", "readings")},
    **{f"network:{form}": May(look=ALL) for form in ("svg", "png", "graphml", "gexf")},
    **{f"network:{page}": May(look=ALL) for page in ("chains", "chain-ends")},
    "network:ideas": May(look=KEEPERS),
    "network:idea": May(send=KEEPERS, data=(("do", "later"),)),
    "network:meetings": May(look=SIGNED_IN),
    "network:propose": May(look=OF_THE_AREA, send=OF_THE_AREA),
    "network:meeting": May(
        look=KEEPERS | HERS | {PARTNER}, send=HERS, data=(("side", "one"), ("answer", "no"))
    ),
    "network:meeting-stop": May(send=KEEPERS | HERS | {PARTNER}),
    "network:meeting-became": May(send=KEEPERS | HERS),  # the two sides
    "network:recognise": May(look=ALL, send=ALL, data=(("name", "Ida"), ("reason", "Bager"))),
    "network:recognised": May(look=ALL),
    "network:recognitions": May(look=KEEPERS),
    "network:recognition-poster": May(look=KEEPERS),
    "network:recognition": May(look=KEEPERS, send=KEEPERS),
    "network:recognition-erase": BUTTON,
    "network:my-recognitions": May(look=HERS),
    "network:recognition-answer": May(send=HERS, data=(("do", "hide"),)),
    # Finding partners; here a partner has written to an association that nobody looks after
    **{f"partners:{page}": May(look=ALL) for page in ("finder", "recipes", "recipe")},
    "partners:aside": May(send=SIGNED_IN, data=(("because", "busy"),)),
    "partners:matches": May(look=KEEPERS),
    "partners:recipe-add": EDIT,
    "partners:recipe-edit": EDIT,
    "partners:recipe-erase": BUTTON,
    "partners:contacts": May(look=SIGNED_IN),
    "partners:contact-new": May(look=OF_THE_AREA, send=OF_THE_AREA, data=(("text", "Hej"),)),
    "partners:contact": May(
        look=KEEPERS | {PARTNER}, send=KEEPERS | {PARTNER}, data=(("text", "Ja"),)
    ),
    "partners:contact-step": May(send=KEEPERS | {PARTNER}, data=(("do", "met"),)),
    "partners:contact-reply": May(
        look=ALL, send=ALL, data=(("text", "Ja"),)
    ),  # as above: the link
    "partners:searches": May(look=SIGNED_IN),
    "partners:search-save": May(look=SIGNED_IN, send=SIGNED_IN, data=(("name", "Bagere"),)),
    "partners:search": May(send={PARTNER}, data=(("do", "seen"),)),  # whose it is
    # Registering; whoever has a record is led to her page
    "register-short": May(look=ALL, send=ALL),  # leads on
    "register:start": May(look=ALL, send=ALL, data=(("way", "quick"),)),
    "register:young": May(look=ALL),
    "register:group": May(look=ALL, send=ALL),
    "register:approve": May(look=ALL, send=ALL),
    "register:poster": May(look=ALL),
    "register:step": May(look=ALL, send=ALL),  # without a beginning, back to the start
    "privacy:notice": May(look=ALL),
    "privacy:dpia": May(look=KEEPERS),
    # Her own page
    "me:open": May(look=ALL, send=ALL),
    "me:me": May(look=SIGNED_IN),  # it tells whoever has no record that nothing is kept
    "me:who": May(look=HERS, send=HERS),
    "me:consent": May(send=HERS, data=(("purpose", "remind"), ("yes", "1"))),
    "me:receipt": May(send=HERS),
    "me:ask-address": May(look=SIGNED_IN, send=SIGNED_IN),
    "me:address": May(),  # a forged link opens nothing to anybody
    "me:csv": May(look=HERS),
    "me:json": May(look=HERS),
    "me:erase": May(send=SIGNED_IN, data=(("sure", "1"),)),  # erases her own, if any
    # Introductions
    "introductions:list": May(look=SIGNED_IN),
    "introductions:ask": May(look=OF_THE_AREA - HERS, send=OF_THE_AREA - HERS),
    "introductions:answer": May(look=HERS, send=HERS, data=(("answer", "no"),)),
    "introductions:stop": May(send=HERS),
}
OF_ONE_ACTIVITY = ("detail", "edit", "erase", "decide")
STEPS = ("", "-erase", "-answer")  # of a recognition
NOT_OURS = "account"  # allauth's own pages, which know nothing of areas


class World:
    """An area with one of everything, and one person for each role."""

    def __init__(self):
        self.area = make_area()
        owner = make_user("resident", self.area)
        self.people = {
            VISITOR: None,
            RESIDENT: make_user("resident", self.area),
            PARTNER: make_user("partner", self.area),
            COORDINATOR: make_user("coordinator", self.area),
            ELSEWHERE: make_user("coordinator", make_area("naboby")),
            ADMIN: make_admin(),
            EXPORTER: make_user("coordinator", self.area),
            OWNER: owner,
        }
        self.people[EXPORTER].memberships.update(may_export=True, may_import=True)
        photo = {"photo": "photos/x.webp", "photo_small": "photos/x.webp"}
        self.assets = {
            "residents": make_resident(self.area, owner=owner, visibility="public"),
            "associations": make_association(self.area, address="Vej 1", meeting_times="Altid"),
            "institutions": make_institution(self.area),
            "places": make_place(self.area, **photo),
        }
        resident = self.assets["residents"]
        Consent.objects.give(resident, ["introduce"], language="da", channel="web")
        self.waiting = make_resident(self.area, status="unconfirmed")
        self.link = make_link(self.assets["places"], self.assets["associations"])
        self.run = make_run(self.area, "done")
        self.double = make_place(self.area)
        pair = {"kept": self.link.target, "gone": make_association(self.area, status="archived")}
        self.merge = Merge.objects.create(area=self.area, gone_status="active", **pair)
        lapses = timezone.now() + timedelta(days=30)
        self.token = self.people[COORDINATOR].tokens.create(name="X", expires_at=lapses)
        self.introduction = Introduction.objects.create(
            resident=resident, asker=make_user("partner", self.area), message="Vil du bage?"
        )
        self.activity = make_activity(self.assets["associations"])
        self.contact = Contact.objects.create(
            area=self.area,
            sender=self.people[PARTNER],
            to=self.assets["associations"].asset_ptr,
        )
        self.recipe = Recipe.objects.create(area=self.area, title="Suppe", story="X", source="Y")
        self.search = self.people[PARTNER].searches.create(area=self.area, query="theme=bage")
        self.recognition = Recognition.objects.create(area=self.area, name="Bo", reason="Bager")
        self.meeting = Meeting.objects.create(
            area=self.area,
            connector=self.people[PARTNER],
            one=resident,
            other=self.assets["institutions"],
        )

    def url(self, name):
        """The address of a page about what a role is tried on."""
        space, _, page = name.partition(":")
        if name in OF_THE_SITE:
            return reverse(name)
        if page == "nothing":
            return reverse(name, args=["nowhere"])
        if space == "ogc":
            one = [self.assets["places"].uid] if page == "item" else []
            return reverse(name, args=["places", *one])
        if space == "hsds":
            return self._hsds(name)
        if name == "api:take-back":
            return reverse(name, args=[self.token.pk])
        if name in ("introductions:answer", "introductions:stop"):
            return reverse(name, args=[self.area.slug, self.introduction.pk])
        if space in self.assets and page != "add":
            return reverse(name, args=[self.area.slug, self._asset(space, page).uid])
        if space == "import" and page not in ("start", "unplaced", "place"):
            return reverse(name, args=[self.area.slug, self.run.uid])
        own = {
            **dict.fromkeys(API_ONE, [self.assets["places"].uid]),
            **dict.fromkeys(API_TIE, [self.link.uid]),
            "inventory:photo": [self.assets["places"].uid, "photo"],
            "merge:choose": [self.double.uid],
            "merge:merge": [self.double.uid, self.assets["places"].uid],
            "merge:undo": [self.merge.pk],
            "inventory:link-edit": [self.link.uid],
            "inventory:link-delete": [self.link.uid],
            "inventory:still": [self._still()],
            "introductions:ask": [self.assets["residents"].uid],
            "register:step": ["gifts"],
            "me:address": ["forged"],
            **{f"activities:{page}": [self.activity.uid] for page in OF_ONE_ACTIVITY},
            "partners:contact-new": [self.assets["institutions"].uid],
            **{f"partners:contact{step}": [self.contact.uid] for step in ("", "-step")},
            "partners:contact-reply": [reply_signer.sign(str(self.contact.uid))],
            **{f"partners:recipe{step}": [self.recipe.uid] for step in ("", "-edit", "-erase")},
            "partners:search": [self.search.pk],
            **{f"network:meeting{step}": [self.meeting.pk] for step in ("", "-stop", "-became")},
            **{f"network:recognition{step}": [self.recognition.pk] for step in STEPS},
        }
        query = {
            "inventory:link-add": f"?source={self.assets['places'].uid}",
            "inventory:link-ends": f"?source={self.assets['places'].uid}",
            "activities:add": f"?organiser={self.assets['associations'].uid}",
            "partners:search-save": "?theme=bage&role=culture",
            "partners:recipe-add": "?with={places.uid}&with={associations.uid}".format(
                **self.assets
            ),
            "network:propose": "?one={places.uid}&other={associations.uid}".format(**self.assets),
        }
        return reverse(name, args=[self.area.slug, *own.get(name, [])]) + query.get(name, "")

    def _asset(self, space, page):
        asset = self.assets[space]
        if page == "hand-over":
            return self.waiting
        if page == "erase":
            type(asset).objects.filter(pk=asset.pk).update(status="archived")
        return asset

    def _still(self):
        place = self.assets["places"]
        return signer.sign(f"{self.people[COORDINATOR].pk}.{place.uid}")

    def _hsds(self, name):
        uid = self.assets["associations"].uid
        keys = {
            "organizations": uid,
            "services": turned(uid, "service"),
            "locations": turned(uid, "location"),
            "service_at_locations": turned(uid, "service at home"),
            "taxonomies": term_id("gifts"),
            "taxonomy_terms": term_id("gifts", "FG7"),
        }
        held = name.partition(":")[2].removesuffix("-one")
        return reverse(name, args=[keys[held]] if name.endswith("-one") else [])

    def browser(self, role):
        client = Client(headers={"accept-language": "en"})
        if user := self.people[role]:
            client.force_login(user)
        return client

    def ask(self, client, name, method):
        """Return the response to one request, whose effects are undone at once."""
        with undone(client):
            url = self.url(name)
            if method == "GET":
                return client.get(url)
            return client.post(url, dict(TABLE[name].data))


def let_through(response):
    """Whether somebody got what was asked for, or a form that says what is missing in it."""
    to = response.headers.get("location", "")
    turned_away = "/account/login/" in to or to.endswith("/me/open/")
    return response.status_code < 400 and not turned_away


@pytest.fixture
def world(db, media):
    (media / "photos").mkdir(parents=True)
    (media / "photos/x.webp").write_bytes(b"x")
    return World()


def test_every_address_has_a_line():
    names = {name for name, _ in patterns() if not name.startswith(NOT_OURS)}
    assert names == set(TABLE)


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_look_at_what_the_table_says(world, role):
    client = world.browser(role)
    seen = {name for name in TABLE if let_through(world.ask(client, name, "GET"))}
    assert seen == {name for name, may in TABLE.items() if role in may.look}


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_send_what_the_table_says(world, role):
    client = world.browser(role)
    sent = {name for name in TABLE if let_through(world.ask(client, name, "POST"))}
    assert sent == {name for name, may in TABLE.items() if role in may.send}


@pytest.mark.parametrize("role", [VISITOR, RESIDENT, PARTNER, ELSEWHERE, OWNER])
def test_the_administration_is_for_administrators(world, role):
    client = world.browser(role)
    for page in ("index", "areas_user_changelist", "residents_resident_changelist"):
        assert client.get(reverse(f"admin:{page}")).status_code in (302, 403)


@pytest.mark.parametrize(
    ("role", "flags", "exports", "imports"),
    [
        ("coordinator", {}, False, False),
        ("coordinator", {"may_export": True}, True, False),
        ("coordinator", {"may_import": True}, False, True),
        ("partner", {"may_export": True, "may_import": True}, False, False),
        ("resident", {"may_export": True, "may_import": True}, False, False),
    ],
)
def test_seeing_exporting_and_importing_are_three_rights(area, role, flags, exports, imports):
    user = make_user(role, area)
    user.memberships.update(**flags)
    assert (may_export(user, area), may_import(user, area)) == (exports, imports)
    elsewhere = make_area("naboby")
    assert not may_export(user, elsewhere) and not may_import(user, elsewhere)


def test_an_administrator_holds_every_right(area):
    admin = make_admin()
    assert may_export(admin, area) and may_import(admin, area)
