"""A resident on her phone: from the poster in the stairway to the receipt, and what follows."""

import csv
import json
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from assetmap.areas.models import Receipt, User
from assetmap.inventory.models import Asset
from residents.links import qr
from residents.models import Approval, Consent, Resident
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.once]

MOST_TAPS = 40
PHONE = 390
ADDRESS = "Remisevej 14, 2300 København S"
START = "Et fælles bageri i gården"


@pytest.fixture(autouse=True)
def tries(test_database):
    """How often somebody tried is counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def phone(visit):
    return lambda path: visit(path, width=PHONE)


class Thumb:
    """Uses a page and counts: a tap is one, and so is a field that is filled."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, *selectors):
        for selector in selectors:
            self.taps += 1
            self.page.locator(selector).click()

    def fill(self, selector, text):
        self.taps += 1
        self.page.locator(selector).fill(text)

    def go_on(self):
        self.tap(".save .button:not(.quiet)")


def field(name, value=None):
    """The selector of a field, or of one of its choices."""
    return f'[name="{name}"]' + (f'[value="{value}"]' if value else "")


def follow_poster(phone, home):
    """Read the address from the poster as somebody in the stairway does, and go there."""
    page = phone(f"{home}register/poster/")
    address = page.locator(".address").inner_text()
    drawn = re.search(r'<path[^>]* d="([^"]+)"', qr(address))[1]
    expect(page.get_by_role("img", name="QR").locator("path")).to_have_attribute("d", drawn)
    thumb = Thumb(page)
    thumb.taps += 1  # the picture she takes of the QR code
    page.goto(address)
    return thumb


def pick_gifts(thumb):
    """Find one gift by a synonym, and tick one that stands there without a search."""
    thumb.fill("#find", "honning")
    expect(thumb.page.locator("#found")).to_have_text("1 found")
    thumb.tap(field("gifts-gifts", "FG7"))
    thumb.fill("#find", "")
    thumb.tap(field("gifts-gifts", "LA1"))
    thumb.go_on()


def say_yes(thumb):
    expect(thumb.page.locator("h1")).to_have_text("This is how others see you")
    thumb.tap(field("finish-keep"))
    thumb.go_on()


def receipt_on(page):
    """Return the code and the private link of the receipt that a page shows."""
    expect(page.locator("h1")).to_contain_text("receipt")
    return page.locator(".code").inner_text(), page.locator(".receipt a").get_attribute("href")


def begin(phone, home):
    thumb = Thumb(phone(f"{home}register/"))
    thumb.tap(field("way", "quick"))
    return thumb


def register_quickly(phone, home):
    thumb = begin(phone, home)
    pick_gifts(thumb)
    thumb.fill(field("who-called"), "Amina")
    thumb.go_on()
    say_yes(thumb)
    return receipt_on(thumb.page)


def link_in(mail):
    return re.search(r"https?://\S+", mail.body)[0]


# From the poster to the receipt -------------------------------------------------------------


def test_the_quick_way_takes_less_than_40_taps(hamlet, phone):
    thumb = follow_poster(phone, hamlet.home)
    thumb.tap(field("way", "quick"))
    pick_gifts(thumb)
    thumb.fill(field("who-called"), "Amina Yusuf")
    thumb.go_on()
    say_yes(thumb)
    receipt_on(thumb.page)
    assert thumb.taps < MOST_TAPS
    resident = Resident.objects.get()
    assert (resident.name, resident.visibility, resident.status) == ("Amina", "private", "active")
    assert {row.gift.code for row in resident.offerings.all()} == {"FG7", "LA1"}


def test_the_long_way_takes_less_than_40_taps(hamlet, phone):
    factories.make_address(hamlet.area, ADDRESS)
    thumb = follow_poster(phone, hamlet.home)
    thumb.tap(field("way", "long"))
    pick_gifts(thumb)

    thumb.tap(field("how-mode-FG7", "teach"), field("how-proud", "FG7"))
    thumb.go_on()
    thumb.fill(field("about-would_start"), START)
    thumb.tap(field("about-times", "weekend"), field("about-languages", "so"))
    thumb.go_on()
    thumb.tap(field("who-name_shown", "nickname"))
    thumb.fill(field("who-called"), "Honningkonen")
    thumb.tap(field("who-visibility", "neighbours"))
    thumb.tap("summary:has-text('How to reach you')")
    thumb.fill(field("who-contact"), "20 30 40 50")
    thumb.tap(field("who-contact_visibility", "partners"))
    thumb.tap("summary:has-text('On the map')", field("who-on_map"))
    thumb.fill(field("who-address"), "Remisevej 14")
    thumb.go_on()
    expect(thumb.page.locator(".seen .card").nth(1)).to_contain_text("Honningkonen")
    thumb.tap(field("finish-introduce"), field("finish-connect"), field("finish-remind"))
    thumb.fill(field("finish-email"), "amina@example.org")
    say_yes(thumb)
    receipt_on(thumb.page)
    assert thumb.taps < MOST_TAPS

    resident = Resident.objects.get()
    assert (resident.name, resident.would_start) == ("Honningkonen", START)
    assert resident.contact_visibility == "partners" and resident.cell is not None
    assert resident.offerings.get(gift__code="FG7").proud
    assert resident.consents.count() == len(Consent.Purpose)


# Her page -----------------------------------------------------------------------------------


def test_she_keeps_control_from_the_receipt_until_all_is_erased(hamlet, phone, visit, mailoutbox):
    visit.refusals = {404, 410}
    code, link = register_quickly(phone, hamlet.home)

    page = phone(link)  # as on another phone: no cookie, only the private link
    expect(page.locator("h1")).to_have_text("What is kept about you")
    assert code not in page.url
    be_seen_by_neighbours(page)
    sign_in_by_mail_from_now_on(page, mailoutbox)
    page.get_by_role("button", name="Sign out").click()

    page = phone(f"{hamlet.home}me/open/")
    sign_in_with_mailed_code(page, mailoutbox)
    takes_her_words_away(page)
    erase(page)
    expect(page.locator(".messages")).to_contain_text("erased")

    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("opens nothing")
    assert not Resident.objects.exists() and not Receipt.objects.exists()
    assert not User.objects.exclude(pk=hamlet.coordinator.pk).exists()


def be_seen_by_neighbours(page):
    expect(page.locator(".seen .card", has_text="A neighbour sees")).to_contain_text("Nothing")
    page.get_by_role("link", name="Who may see what?").click()
    page.locator(field("visibility", "neighbours")).check()
    page.locator(".save .button").click()
    expect(page.locator(".messages")).to_contain_text("Saved")
    expect(page.locator(".seen .card", has_text="A neighbour sees")).to_contain_text("Amina")
    expect(page.locator(".seen .card", has_text="Everybody sees")).to_contain_text("Nothing")


def sign_in_by_mail_from_now_on(page, mailoutbox):
    page.get_by_role("link", name="My page").first.click()
    page.get_by_role("link", name="Sign in with an e-mail").click()
    page.locator("#id_email").fill("amina@example.org")
    page.locator(".save .button").click()
    expect(page.locator(".messages")).to_contain_text("amina@example.org")
    page.goto(link_in(mailoutbox.pop()))
    page.get_by_role("button", name="Yes, that is me").click()
    expect(page.locator(".messages")).to_contain_text("sign in with your e-mail")


def sign_in_with_mailed_code(page, mailoutbox):
    page.get_by_role("link", name="I want to sign in with my e-mail instead").click()
    page.locator("input[type=email]").fill("amina@example.org")
    page.locator(".save .button").click()
    expect(page.locator("input[name=code]")).to_be_visible()
    mailed = re.search(r"^    (\S+)$", mailoutbox.pop().body, re.MULTILINE)[1]
    page.locator("input[name=code]").fill(mailed)
    page.locator(".save .button").click()
    expect(page.locator("h1")).to_have_text("What is kept about you")


def takes_her_words_away(page):
    kept = json.loads(downloaded(page, "JSON"))
    assert ["name shown", "my first name"] in kept["About you"]
    rows = list(csv.reader(downloaded(page, "CSV").splitlines()))
    for word in ("Amina", "amina@example.org", "Keep bees"):
        assert word in str(kept)
        assert any(word in cell for row in rows for cell in row)


def downloaded(page, name):
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def erase(page):
    page.locator("#erase summary").click()
    page.locator("#sure").check()
    page.locator("#erase button").click()


# What could go wrong ------------------------------------------------------------------------


def opened_again(page, path):
    """Close the tab and open a new one in the same browser."""
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(path)
    return page


def test_what_is_not_sent_yet_survives_a_closed_tab(hamlet, phone):
    page = begin(phone, hamlet.home).page
    page.locator(field("gifts-gifts", "LA1")).check()
    page.locator("#find").fill("honning")
    page.locator(field("gifts-gifts", "FG7")).check()
    page.locator(field("gifts-words")).fill("Kurdiske danse")

    page = opened_again(page, f"{hamlet.home}register/")
    page.get_by_role("link", name="Go on with it").click()
    for code in ("LA1", "FG7"):
        expect(page.locator(field("gifts-gifts", code))).to_be_checked()
        expect(page.locator(field("gifts-gifts", code))).to_be_visible()
    expect(page.locator(field("gifts-words"))).to_have_value("Kurdiske danse")
    Thumb(page).go_on()

    page.locator(field("who-called")).fill("Amina")
    page = opened_again(page, f"{hamlet.home}register/who/")
    expect(page.locator(field("who-called"))).to_have_value("Amina")
    Thumb(page).go_on()
    say_yes(Thumb(page))
    receipt_on(page)
    assert page.evaluate("localStorage.length") == 0, "something is left on the phone"
    assert Resident.objects.get().offerings.count() == 3


def test_a_lost_line_is_told_and_loses_nothing(hamlet, phone):
    thumb = begin(phone, hamlet.home)
    page = thumb.page
    page.locator(field("gifts-gifts", "LA1")).check()
    page.context.set_offline(True)
    thumb.go_on()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_contain_text("no connection")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    thumb.go_on()
    page.locator(field("who-called")).fill("Amina")
    thumb.go_on()
    say_yes(thumb)
    receipt_on(page)
    assert Resident.objects.get().offerings.get().gift.code == "LA1"


def test_a_line_that_breaks_unnoticed_loses_nothing(hamlet, phone):
    """The phone thinks that it has a line, and what she sends never gets there."""
    thumb = begin(phone, hamlet.home)
    page = thumb.page
    pick_gifts(thumb)
    page.locator(field("who-called")).fill("Amina")
    page.route("**/who/", lambda route: route.abort())
    thumb.go_on()
    page.wait_for_url("chrome-error://**")
    page.unroute_all()
    page.goto(f"{hamlet.home}register/")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator(field("who-called"))).to_have_value("Amina")


def test_a_double_tap_on_the_last_button_makes_one_record(hamlet, phone):
    thumb = begin(phone, hamlet.home)
    page = thumb.page
    pick_gifts(thumb)
    page.locator(field("who-called")).fill("Amina")
    thumb.go_on()
    page.locator(field("finish-keep")).check()
    page.locator(".save .button:not(.quiet)").dblclick(no_wait_after=True)
    _code, link = receipt_on(page)
    assert Resident.objects.count() == 1
    expect(phone(link).locator("h1")).to_have_text("What is kept about you")


def test_the_search_says_what_it_finds(hamlet, phone):
    page = begin(phone, hamlet.home).page
    said, found = page.locator("#found"), page.locator(".pick:visible")
    for typed, number in (("brød", 1), ("LÆSE HØJT", 1), ("fix bike", 1), ("musik", 3)):
        page.locator("#find").fill(typed)
        expect(said).to_have_text(f"{number} found")
        expect(found).to_have_count(number)
    page.locator("#find").fill("xyzzy")
    expect(said).to_have_text("Nothing is called that. Write it in your own words below.")
    expect(said).to_be_visible()
    expect(found).to_have_count(0)
    page.locator("#find").fill("")
    expect(said).to_have_text("")
    expect(found.first).to_be_visible()


@pytest.mark.parametrize("language", ["en-GB", "da-DK"])
def test_the_words_that_the_search_suggests_find_something(hamlet, visit, language):
    page = visit(f"{hamlet.home}register/", language=language)
    page.locator(field("way", "quick")).click()
    for word in re.findall(r"\w+", page.locator("#find").get_attribute("placeholder")):
        page.locator("#find").fill(word)
        expect(page.locator(".pick:visible").first).to_be_visible()


# Those under 15 -----------------------------------------------------------------------------


def test_a_guardian_says_yes_for_a_young_person(hamlet, phone, mailoutbox):
    page = phone(f"{hamlet.home}register/")
    page.get_by_role("link", name="No, I am younger").click()
    page.get_by_role("button", name="Register myself").click()
    thumb = Thumb(page)
    pick_gifts(thumb)
    page.locator(field("who-called")).fill("Ali")
    thumb.go_on()
    page.locator(field("finish-guardian_email")).fill("mor@example.org")
    thumb.go_on()
    expect(page.locator(".receipt")).to_have_count(2)
    assert Resident.objects.get().status == "unconfirmed"

    page = phone(link_in(mailoutbox.pop()))
    expect(page.locator("h1")).to_contain_text("Ali would like to be found")
    page.locator(field("keep")).check()
    page.get_by_role("button", name="Yes, keep it").click()
    expect(page.locator(".messages")).to_contain_text("Thank you")
    resident = Resident.objects.get()
    assert resident.status == "active"
    assert resident.consents.get().given_by == "guardian"
    assert not Approval.objects.exists()


def test_a_group_is_registered_without_a_member(hamlet, phone):
    page = phone(f"{hamlet.home}register/young/")
    page.get_by_role("link", name="Register a group").click()
    page.locator("#id_name").fill("Gårdens kor")
    page.locator("#find").fill("sing")
    page.locator(".pick:visible", has_text="Sing").first.click()
    Thumb(page).go_on()
    expect(page.locator(".messages")).to_contain_text("Thank you")
    group = Asset.objects.get()
    assert (group.name, group.layer, group.status) == ("Gårdens kor", "association", "pending")
    assert group.offerings.count() == 1 and not Resident.objects.exists()
    page.goto(f"{hamlet.home}register/group/")
    expect(page.locator("#id_name")).to_have_value("")
