"""How a record looks to others is what the pages really show them, at every level."""

from itertools import product

import pytest

from assetmap.inventory.audience import Visibility
from assetmap.inventory.models import Asset
from residents.models import Resident
from residents.seen import seen_by_all, seen_when_in_use
from tests.contracts import browser_of, text_of
from tests.factories import make_area, make_offering, make_resident, make_user
from tests.residents.registering import fill_in, only_record, send, step_url, visitor

LEVELS = list(Visibility)
CONTACT = "20 30 40 50"


@pytest.fixture
def browsers(neighbour, partner, coordinator):
    """Everybody, a neighbour, a librarian and the coordinator, as real users."""
    return [visitor(), *map(browser_of, (neighbour, partner, coordinator))]


def make(area, **fields):
    """A record with gifts of every kind: plain, sensitive, and words that wait."""
    record = make_resident(area, "Ida", contact=CONTACT, photo="photos/ida.webp", **fields)
    make_offering(record, "FG7")
    make_offering(record, "LA1")
    make_offering(record, None, text="Words that wait", waiting=True)
    make_offering(record, None, "join", text="A choir")
    return record


def in_english(rows):
    return {row.gift.names["en"] if row.gift else row.text for row in rows}


def previewed(view):
    """What a preview says: (whether anything shows, the gifts, contact, photo)."""
    return bool(view.resident), in_english(view.offerings), view.contact, view.photo


def really_shown(browser, record):
    """The same, as the record's own page shows it."""
    page = browser.get(record.get_absolute_url())
    if page.status_code == 404:
        return False, set(), False, False
    gifts = in_english(page.context["gives"] + page.context["seeks"])
    text = text_of(page)
    assert all(gift in text for gift in gifts)
    return True, gifts, CONTACT in text, '<img class="photo"' in text


def pages(browsers, record):
    return [really_shown(browser, record) for browser in browsers]


def previews(views):
    return [previewed(view) for view in views]


@pytest.mark.parametrize(("level", "contact"), list(product(LEVELS, LEVELS)))
def test_the_preview_is_what_the_page_shows(area, browsers, level, contact):
    record = make(area, visibility=level, contact_visibility=contact)
    assert previews(seen_by_all(record)) == pages(browsers, record)


@pytest.mark.parametrize("photo", LEVELS)
def test_the_preview_says_who_sees_the_photo(area, browsers, photo):
    record = make(area, visibility="public", photo_visibility=photo)
    assert previews(seen_by_all(record)) == pages(browsers, record)


def test_each_level_reaches_one_more(area):
    seen = {level: previews(seen_by_all(make(area, visibility=level))) for level in LEVELS}
    reached = {level: [bool(view[0]) for view in views] for level, views in seen.items()}
    assert reached == {
        "private": [False, False, False, True],
        "partners": [False, False, True, True],
        "neighbours": [False, True, True, True],
        "public": [True, True, True, True],
    }


def test_only_the_coordinator_sees_what_is_sensitive_or_waits(area):
    views = previews(seen_by_all(make(area, visibility="public")))
    for _, gifts, _, _ in views[:3]:
        assert gifts == {"Keep bees", "A choir"}
    assert len(views[3][1]) == 4


def test_a_part_reaches_no_further_than_the_whole(area):
    views = previews(seen_by_all(make(area, contact_visibility="public")))
    assert [contact for _, _, contact, _ in views] == [False, False, False, True]


@pytest.mark.parametrize("status", ["pending", "unconfirmed"])
@pytest.mark.parametrize("level", ["private", "neighbours", "public"])
def test_what_waits_is_shown_as_it_will_look_and_nothing_is_changed(area, browsers, status, level):
    record = make(area, visibility=level, contact_visibility="partners", status=status)
    before = Asset.objects.values().get()
    views = previews(seen_when_in_use(record))
    assert Asset.objects.values().get() == before
    Asset.objects.update(status="active")
    assert views == pages(browsers, record)


def test_what_is_paused_shows_to_nobody_else(area, browsers):
    record = make(area, visibility="public", status="archived")
    views = previews(seen_when_in_use(record))
    assert [view[0] for view in views] == [False, False, False, True]
    assert views == pages(browsers, record)


@pytest.mark.parametrize("level", LEVELS)
def test_the_last_step_shows_what_the_page_will_show(client, db, level):
    area = make_area(moderated=False)
    users = [make_user(role, area) for role in ("resident", "partner", "coordinator")]
    who = {"contact": CONTACT, "contact_visibility": "neighbours", "visibility": level}
    fill_in(client, area, gifts={"gifts": ["FG7", "LA1"]}, who=who)
    views = previews(client.get(step_url(area, "finish")).context["seen"])
    assert not Resident.objects.exists()
    send(client, area, "finish", keep="on")
    assert views == pages([visitor(), *map(browser_of, users)], only_record())


def test_the_headings_say_whose_eyes_they_are(area):
    headings = [str(view.heading) for view in seen_by_all(make(area))]
    assert headings == [
        *("Everybody sees", "A neighbour sees", "A librarian sees", "The coordinator sees")
    ]
