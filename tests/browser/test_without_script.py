"""Where scripts do not run, the list, the forms and the filters do the same by buttons."""

import re

import pytest
from playwright.sync_api import expect

from places.models import Place
from residents.models import Approval, Resident
from tests import factories

from .test_record import ADDRESS, NAME, save

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def plain(visit):
    return lambda path, **more: visit(path, script=False, **more)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_stands_alone_without_an_empty_map(town, plain, width):
    page = plain(town.home, width=width)
    expect(page.locator(".card")).to_have_count(30)
    for box in (".mapbox", ".switch"):
        expect(page.locator(box)).not_to_be_visible()
    page.goto(town.library.get_absolute_url())
    expect(page.locator("h1")).to_have_text(town.library.name)
    expect(page.locator(".ties li").first).to_be_visible()
    expect(page.locator(".minimap")).not_to_be_visible()


def test_search_and_filters_work_by_button(town, plain):
    page = plain(town.home)
    page.locator("#q").fill("solvang")
    page.locator(".searchbox button").click()
    expect(page.locator(".card")).to_have_count(3)
    page.locator("#more summary").click()
    page.locator("#layer-institution").check()
    page.locator("#more button").click()
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator("#q")).to_have_value("solvang")
    page.locator(".chip", has_text="solvang").click()
    expect(page.locator(".count strong")).to_have_text("60")
    expect(page.locator("#layer-institution")).to_be_checked()


def test_what_is_near_an_address_is_found_by_button(town, plain):
    page = plain(town.home)
    page.locator("#more summary").click()
    page.locator("#near").fill("Remisevej 14")
    page.locator("#more button").click()
    expect(page.locator(".card h2").first).to_have_text(town.library.name)


def test_pages_turn(town, plain):
    page = plain(f"{town.home}?layer=place")
    first = page.locator(".card h2").first.inner_text()
    page.locator("a[rel=next]").click()
    expect(page).to_have_url(re.compile("layer=place&page=."))
    expect(page.locator(".card h2").first).not_to_have_text(first)
    page.locator("a[rel=prev]").click()
    expect(page.locator(".card h2").first).to_have_text(first)


def test_a_place_is_added_edited_archived_and_restored(town, plain):
    page = plain(town.home, user=town.coordinator)
    page.locator(".tools a.button").click()
    page.locator("#name").fill(NAME)
    page.locator("button[value=place]").click()
    expect(page.locator(".pinmap")).not_to_be_visible()
    expect(page.locator("[data-add-row]").first).not_to_be_visible()
    page.locator("#id_address").fill(ADDRESS)
    save(page)
    expect(page.locator("h1")).to_have_text(NAME)
    place = Place.objects.get(name=NAME)
    assert (place.latitude, place.longitude) == (55.64872, 12.595484)

    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("#id_summary").fill("Sol hele dagen.")
    save(page)
    expect(page.locator("article")).to_contain_text("Sol hele dagen.")

    page.locator(".actions summary").click()
    page.locator(".actions details button").click()
    expect(page.locator(".notice")).to_be_visible()
    page.locator(".notice button").click()
    expect(page.locator(".notice")).to_have_count(0)


def test_a_likely_duplicate_is_refused_until_ticked(hamlet, plain):
    factories.make_place(hamlet.area, "Solvang Bibliotek")
    page = plain(f"{hamlet.home}places/add/?name=Solvang Biblotek", user=hamlet.coordinator)
    save(page)
    expect(page.locator("#similar")).to_contain_text("Solvang Bibliotek")
    page.locator("#id_is_new").check()
    save(page)
    expect(page.locator("h1")).to_have_text("Solvang Biblotek")


def test_a_tie_is_added_with_the_search_button(hamlet, plain):
    place = factories.make_place(hamlet.area, "Gården")
    factories.make_association(hamlet.area, "Koret")
    page = plain(place.get_absolute_url(), user=hamlet.coordinator)
    page.locator(".ties a.button").click()
    page.locator("#id_note").fill("Hver torsdag")
    page.locator("#id_q").fill("kor")
    page.locator("button[name=find]").click()
    expect(page.locator("#id_note")).to_have_value("Hver torsdag")
    page.locator("#ends label", has_text="Koret").click()
    page.locator("#id_tie").select_option("works_with:out")
    save(page)
    expect(page.locator(".ties li", has_text="Koret")).to_contain_text("Hver torsdag")


def test_a_resident_registers_and_opens_her_page_by_the_typed_code(hamlet, plain):
    page = plain(f"{hamlet.home}register/", width=390)
    page.locator("[name=way][value=quick]").click()
    page.locator("[name=gifts-gifts][value=LA1]").check()
    page.locator("[name=gifts-words]").fill("Kurdiske danse")
    page.locator("#find").fill("honning")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#find")).to_have_value("honning")
    expect(page.locator("[name=gifts-gifts][value=LA1]")).to_be_checked()
    expect(page.locator(".pick")).to_have_count(2)
    page.locator("[name=gifts-gifts][value=FG7]").check()
    save(page)
    page.locator("[name=who-called]").fill("Amina")
    save(page)
    page.locator("[name=finish-keep]").check()
    page.locator(".save .button:not(.quiet)").dblclick()
    code = page.locator(".code").inner_text()
    resident = Resident.objects.get()
    assert {str(row) for row in resident.offerings.all()} >= {"Kurdiske danse"}
    assert resident.offerings.count() == 3

    page = plain(f"{hamlet.home}me/open/", width=390)
    page.locator("[name=code]").fill(code.lower().replace("-", " "))
    save(page)
    expect(page.locator("h1")).to_have_text("What is kept about you")
    expect(page.locator("main")).to_contain_text("Kurdiske danse")


def test_a_search_for_a_gift_that_is_not_there_says_so(hamlet, plain):
    page = plain(f"{hamlet.home}register/")
    page.locator("[name=way][value=quick]").click()
    page.locator("#find").fill("xyzzy")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".picks")).to_contain_text("Nothing is called that")


def test_a_guardian_says_yes(hamlet, plain):
    resident = factories.make_resident(hamlet.area, "Ali", status="unconfirmed")
    code = Approval.objects.ask(resident, Approval.Who.GUARDIAN)
    page = plain(f"{hamlet.home}register/approve/#{code}", width=390)
    page.locator("[name=code]").fill(code)
    save(page)
    expect(page.locator("h1")).to_contain_text("Ali would like to be found")
    page.get_by_role("button", name="Yes, keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("Without this tick")
    page.locator("[name=keep]").check()
    page.get_by_role("button", name="Yes, keep it").click()
    expect(page.locator(".messages")).to_contain_text("Thank you")
    assert Resident.objects.get().status == "active"
