"""A librarian finds the association to fill a room with, writes to it, and is answered."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from assetmap.partners.contacts.mails import reply_link
from assetmap.partners.models import Aside, Contact
from tests.factories import make_user

from .test_keyboard import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.once]

ANSWER = "Ja, vi vil gerne synge torsdag"


@pytest.fixture
def librarian(town):
    return make_user("partner", town.area, name="Lone")


@pytest.mark.parametrize("script", [True, False])
def test_from_a_room_to_an_answer(town, librarian, visit, script):
    page = visit(f"{town.home}partners/", user=librarian, script=script, width=390)
    page.locator("#id_theme").fill("synge")
    page.locator("#id_day").select_option("3")
    page.locator("#finder > details summary").first.click()
    page.locator("#q-from").fill("solvang bibl")
    if not script:  # then what is typed is looked for by the button
        page.locator("#finder .searchbox button").click()
    page.locator("#ends-from input").first.check()
    page.locator("#finder .actions button").click()
    first = page.locator("#found ~ ol .card").first
    expect(first.locator("h3")).to_have_text("Stemmer fra Opgangen")
    expect(first.locator(".ticks")).to_contain_text("Meets on Monday, so Thursday is free.")
    first.get_by_role("link", name="Write to them").click()
    draft = page.locator("#id_text")
    expect(draft).to_have_value(_says("I write to you from Solvang Bibliotek."))
    page.get_by_role("link", name="Dansk").click()
    expect(draft).to_have_value(_says("Jeg skriver til jer fra Solvang Bibliotek."))
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".thread li.own")).to_have_count(1)
    contact = Contact.objects.get()
    page.goto(reply_link(contact).removeprefix(settings.SITE_URL))
    page.locator("#id_text").fill(ANSWER)
    page.get_by_role("button", name="Send the answer").click()
    page.goto(contact.get_absolute_url())
    expect(page.locator(".thread")).to_contain_text(ANSWER)
    page.get_by_role("button", name="We have met").click()
    page.goto(f"{town.home}partners/contacts/")
    expect(page.locator("#state-3 ~ ul")).to_contain_text("Stemmer fra Opgangen")


def _says(words):
    return re.compile(re.escape(words))


def test_with_the_keyboard_alone_one_is_put_aside(town, librarian, visit):
    page = visit(f"{town.home}partners/?theme=synge", user=librarian)
    tab_to(page, "#found ~ ol .card:first-child summary")
    page.keyboard.press("Enter")
    tab_to(page, "#because-1-busy")
    page.keyboard.press("Space")
    tab_to(page, "#text-1")
    page.keyboard.type("De har fulde hold")
    page.keyboard.press("Enter")
    expect(page.locator("#asides")).to_be_visible()
    assert Aside.objects.get().text == "De har fulde hold"


def test_after_asking_the_answer_is_what_one_sees_first_on_a_phone(town, visit):
    page = visit(f"{town.home}partners/", width=390)
    page.locator("#id_role").select_option("home")
    page.locator("#finder .actions button").click()
    expect(page.locator("#found")).to_be_in_viewport()
