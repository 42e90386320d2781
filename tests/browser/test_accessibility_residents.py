"""The pages by which residents register and keep control, looked at as all the others are."""

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import expect

from assetmap.areas.models import Membership
from assetmap.areas.receipts import issue
from assetmap.inventory import freshness
from assetmap.inventory.moderation import propose
from residents.models import Approval, Consent, Introduction
from tests import factories

from .pages import SIZES
from .test_accessibility import SMALL, assert_accessible, assert_fits
from .test_register import link_in

pytestmark = [pytest.mark.browser, pytest.mark.once]

TAPPED = ", ".join(
    f"main {what}:not(.sr *)"
    for what in (".button", "button", "summary", "select", "textarea", "input:not([type=hidden])")
)


def assert_good(page):
    assert_accessible(page)
    assert_fits(page)
    page.set_viewport_size({"width": 390, "height": SIZES[390]})
    assert page.evaluate(SMALL, [TAPPED, 44]) == []


@pytest.fixture(autouse=True)
def tries(test_database):
    """How often somebody tried is counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def people(hamlet):
    """She who registered, a neighbour who asks to meet her, and what waits for the coordinator."""
    area = hamlet.area
    Membership.objects.filter(user=hamlet.coordinator).update(may_export=True)
    hamlet.she = factories.make_user("resident", area, name="Amina")
    hamlet.neighbour = factories.make_user("resident", area)
    hamlet.partner = factories.make_user("partner", area)
    hamlet.record = _record(area, hamlet.she)
    hamlet.garden = factories.make_place(area, "Haven")
    hamlet.unasked = factories.make_resident(area, "Halima", status="unconfirmed")
    _leave_waiting(hamlet)
    hamlet.introduction = Introduction.objects.create(
        resident=hamlet.record,
        asker=hamlet.neighbour,
        message="Skal vi bage sammen på lørdag?",
        asker_name="Bo",
        asker_contact="11 22 33 44",
    )
    return hamlet


def _record(area, owner):
    record = factories.make_resident(
        area,
        "Amina",
        owner=owner,
        visibility="neighbours",
        contact="20 30 40 50",
        contact_visibility="partners",
        would_start="Et fælles bageri i gården",
        latitude=55.65,
        longitude=12.595,
    )
    factories.make_offering(record, "FG7", proud=True)
    factories.make_offering(record, "LA1", "teach")
    factories.make_offering(record, None, "join", text="Kurdiske danse", waiting=True)
    purposes = [Consent.Purpose.KEEP, Consent.Purpose.INTRODUCE]
    Consent.objects.give(record, purposes, language="en", channel="web")
    return record


def _leave_waiting(hamlet):
    owner = factories.make_user()
    factories.make_resident(
        hamlet.area, "Fatma", owner=owner, status="pending", would_start="Cykelværksted"
    )
    propose(hamlet.garden, hamlet.neighbour, "Åben hele året, og der er bænke.", "summary")
    propose(hamlet.garden, hamlet.neighbour, "Lågen er flyttet.")


def save(page):
    page.locator(".save .button:not(.quiet)").click()


def begin(page, way):
    page.locator(f"[name=way][value={way}]").click()
    page.locator("[name=gifts-gifts][value=LA1]").check()


# The pages ----------------------------------------------------------------------------------


def test_axe_finds_nothing_while_one_registers(hamlet, visit, mailoutbox, subtests):
    page = visit(f"{hamlet.home}register/", width=390)
    begin(page, "long")
    with subtests.test("gifts"):
        assert_good(page)
    with subtests.test("gifts, and nothing is found"):
        page.locator("#find").fill("xyzzy")
        assert_good(page)
    save(page)
    for step in ("how", "about", "who"):
        page.wait_for_url(f"**/{step}/")
        with subtests.test(step):
            assert_good(page)
        save(page)
    with subtests.test("a step with errors"):
        expect(page.get_by_role("alert").first).to_be_visible()
        assert_good(page)
    page.locator("[name=who-called]").fill("Amina")
    page.locator("[name=who-visibility][value=neighbours]").check()
    save(page)
    page.locator("[name=finish-keep]").check()
    with subtests.test("finish"):
        assert_good(page)
    with subtests.test("no line"):
        page.context.set_offline(True)
        save(page)
        expect(page.locator("#offline")).to_be_visible()
        assert_accessible(page)
        page.context.set_offline(False)
    page.locator("[name=finish-email]").fill("amina@example.org")
    save(page)
    with subtests.test("receipt"):
        expect(page.locator(".receipt")).to_be_visible()
        assert_good(page)
    with subtests.test("her page, that waits"):
        save(page)
        expect(page.locator("#erase")).to_be_visible()
        assert_good(page)
    with subtests.test("the link that is mailed to her"):
        page.goto(link_in(mailoutbox[0]))
        expect(page.get_by_role("button", name="Yes, that is me")).to_be_visible()
        assert_good(page)


def test_axe_finds_nothing_while_a_young_person_registers(hamlet, visit, subtests):
    page = visit(f"{hamlet.home}register/young/")
    with subtests.test("two ways"):
        assert_good(page)
    begin(page, "young")
    save(page)
    with subtests.test("something is begun"):
        page.goto(f"{hamlet.home}register/")
        assert_good(page)
    page.get_by_role("link", name="Go on with it").click()
    page.locator("[name=who-called]").fill("Ali")
    save(page)
    with subtests.test("the guardian's mail"):
        expect(page.locator("[name=finish-guardian_email]")).to_be_visible()
        assert_good(page)
    save(page)
    with subtests.test("two receipts"):
        expect(page.locator(".receipt")).to_have_count(2)
        assert_good(page)
    with subtests.test("the guardian's question"):
        page.goto(page.locator(".receipt a").last.get_attribute("href"))
        expect(page.locator("h1")).to_contain_text("Ali")
        assert_good(page)


def pages_of_nobody(people):
    home = people.home
    return {
        "start": f"{home}register/",
        "group": f"{home}register/group/",
        "poster": f"{home}register/poster/",
        "say yes or no": f"{home}register/approve/",
        "open": f"{home}me/open/",
        "the mailed link, too old": f"{home}me/email/none/",
        "privacy": f"{home}privacy/",
        "I know more": people.garden.url("know-more"),
        "still true": freshness.link(people.coordinator, people.garden).removeprefix(
            settings.SITE_URL
        ),
        "still true, and nothing opens": f"{home}still/none/",
    }


def pages_of_her(people):
    issue(people.she)
    home = people.home
    return {
        "me": f"{home}me/",
        "who": f"{home}me/who/",
        "e-mail": f"{home}me/email/",
        "her record": people.record.get_absolute_url(),
        "introductions": f"{home}introductions/",
        "answer": f"{home}introductions/{people.introduction.pk}/",
    }


def pages_of_partner(people):
    return {
        "somebody else's record": people.record.get_absolute_url(),
        "ask for an introduction": f"{people.home}introductions/ask/{people.record.uid}/",
        "nothing of her own": f"{people.home}me/",
    }


def pages_of_coordinator(people):
    home = people.home
    return {
        "queue": f"{home}queue/",
        "what happened": f"{home}introductions/",
        "hand over": people.unasked.url("hand-over"),
        "export": people.record.url("export"),
        "assessment": f"{home}privacy/dpia/",
        "words that wait": people.garden.get_absolute_url(),
    }


@pytest.mark.parametrize("who", ["nobody", "her", "partner", "coordinator"])
def test_axe_finds_nothing_on_the_pages_of(people, visit, who, subtests):
    users = {"her": people.she, "partner": people.partner, "coordinator": people.coordinator}
    visit.refusals = {404, 410}
    page = visit("/healthz", user=users.get(who))
    for name, path in globals()[f"pages_of_{who}"](people).items():
        with subtests.test(name):
            page.goto(path)
            assert_good(page)


def test_axe_finds_nothing_where_a_code_is_typed(people, visit, subtests):
    page = visit(f"{people.home}me/open/#WRONG-CODE")
    with subtests.test("a wrong code"):
        expect(page.get_by_role("alert")).to_be_visible()
        assert_good(page)
    with subtests.test("a coordinator's question"):
        code = Approval.objects.ask(people.unasked, Approval.Who.PERSON)
        page.goto(f"{people.home}register/approve/#{code}")
        expect(page.locator("h1")).to_contain_text("Is this right")
        assert_good(page)
