"""The work list of what is not on the map yet."""

import pytest

from assetmap.exchange.importing import unplaced
from assetmap.inventory.models import Asset
from assetmap.inventory.position import cell_of
from tests.factories import make_address, make_association, make_place, make_resident, make_user

from .made import queries

LIST = "/urbanplanen/import/unplaced/"
PLACE = f"{LIST}place/"
KNOWN = "Remisevej 14, 2300 København S"


def shown(browser, query=""):
    return browser.get(f"{LIST}?{query}").content.decode()


def test_it_holds_what_is_in_use_and_stands_nowhere(browser, area, other_area):
    found = make_association(area, "Koret")
    make_place(area, "På kortet")
    make_association(area, "Arkiveret", status="archived")
    make_association(other_area, "Naboens kor")
    text = shown(browser)
    assert "Koret" in text and found.url("edit") in text
    for other in ("På kortet", "Arkiveret", "Naboens kor"):
        assert other not in text


def test_where_residents_are_is_no_work_of_others(browser, area):
    make_resident(area, "Anes", address="")
    assert "Anes" not in shown(browser)


def test_an_empty_list_says_so(browser):
    assert "All are on the map." in shown(browser)


def test_it_comes_in_pages(browser, area, monkeypatch):
    monkeypatch.setattr(unplaced, "PAGE", 3)
    for number in range(5):
        make_association(area, f"Kor {number}")
    first = browser.get(LIST)
    assert first.context["number"] == 5
    rest = shown(browser, f"page={first.context['mark'].next}")
    assert "Kor 4" in rest and "Kor 2" not in rest


def test_the_list_asks_no_more_for_more_of_them(browser, area):
    make_association(area, address=KNOWN)
    few = queries(browser, LIST)
    for _number in range(8):
        make_association(area, address=KNOWN)
    assert queries(browser, LIST) == few


def test_addresses_that_the_areas_list_knows_are_placed_together(browser, area):
    there = make_address(area, KNOWN)
    short, whole = (make_association(area, address=text) for text in ("remisevej 14", KNOWN))
    other = make_association(area, address="Ukendt vej 1")
    assert "Place all that can be found" in shown(browser)
    page = browser.post(PLACE, follow=True)
    assert "2 are on the map now." in page.content.decode()
    for asset in (short, whole):
        asset.refresh_from_db()
        assert (asset.latitude, asset.longitude) == (there.latitude, there.longitude)
        assert asset.cell == cell_of(there.latitude, there.longitude)
        assert asset.version == 2
    other.refresh_from_db()
    assert (other.latitude, other.version) == (None, 1)


def test_nothing_that_can_be_found_offers_no_button(browser, area):
    make_association(area, address="Ukendt vej 1")
    make_association(area)
    assert PLACE not in shown(browser)
    page = browser.post(PLACE, follow=True)
    assert "No address of theirs" in page.content.decode()


def test_a_placed_asset_stays_findable_by_its_own_words(browser, area):
    make_address(area, KNOWN)
    choir = make_association(area, "Koret", address=KNOWN, audience="sangfugle")
    browser.post(PLACE)
    assert Asset.objects.search("sangfugle", area).get().pk == choir.pk


@pytest.mark.parametrize("role", ["resident", "partner", "coordinator"])
def test_the_right_to_import_is_needed(client, area, role):
    client.force_login(make_user(role, area))
    assert client.get(LIST).status_code == 403
    assert client.post(PLACE).status_code == 403
