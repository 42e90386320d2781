"""Changing who sees what: at once, for the better; new words wait where the area has it so."""

import pytest
from django.urls import reverse

from assetmap.inventory.models import Asset, Proposal
from assetmap.inventory.position import block_of
from residents.models import Resident
from tests.contracts import CPR, as_shown, browser_of, text_of
from tests.factories import make_address, make_resident, make_user
from tests.residents.registering import only_record

SAVED = "Saved."
WAITS = "A coordinator looks at your words"


@pytest.fixture
def owner(area):
    return make_user("resident", area)


@pytest.fixture
def record(area, owner):
    return make_resident(area, "Ida", owner=owner, visibility="neighbours")


@pytest.fixture
def hers(owner):
    return browser_of(owner)


def url(area):
    return reverse("me:who", args=[area.slug])


def change(browser, area, **changes):
    """Send the page as it stands but for the changes; None leaves a field out."""
    sent = as_shown(browser.get(url(area)), **changes)
    sent = {name: value for name, value in sent.items() if value is not None}
    return browser.post(url(area), sent, follow=True)


# At once


def test_the_page_shows_how_it_stands(area, hers, record):
    page = hers.get(url(area))
    form = page.context["form"]
    assert form["name_shown"].value() == "first"
    assert (form["called"].value(), form["visibility"].value()) == ("Ida", "neighbours")
    assert len(page.context["seen"]) == 4


def test_sending_it_as_it_stands_changes_nothing_but_the_version(area, hers, record):
    before = Resident.objects.values().get()
    assert SAVED in text_of(change(hers, area))
    after = Resident.objects.values().get()
    apart = {name for name in before if before[name] != after[name]}
    assert apart == {"version", "updated_at"}


def test_what_is_chosen_holds_at_once_and_shows_at_once(area, hers, record):
    chosen = {"contact": "20 30 40 50", "contact_visibility": "partners"}
    page = change(hers, area, visibility="partners", photo_visibility="partners", **chosen)
    kept = only_record()
    assert (kept.visibility, kept.photo_visibility) == ("partners", "partners")
    assert (kept.contact, kept.contact_visibility) == ("20 30 40 50", "partners")
    assert [bool(view.resident) for view in page.context["seen"]] == [False, False, True, True]
    assert (kept.version, kept.status) == (2, "active")


def test_an_edit_that_began_before_is_refused(hers, area, record):
    stale = as_shown(hers.get(record.url("edit")), summary="From before")
    change(hers, area, visibility="private")
    assert "Somebody else changed this" in text_of(hers.post(record.url("edit"), stale))
    assert only_record().visibility == "private"


def test_the_name_may_be_taken_away_at_once(area, hers, record):
    assert WAITS not in text_of(change(hers, area, name_shown="none"))
    assert only_record().name == "A neighbour"
    assert Asset.objects.search("neighbour").exists()
    assert not Asset.objects.search("ida").exists()
    assert hers.get(url(area)).context["form"]["called"].value() == ""


# On the map


def test_going_on_the_map_keeps_the_block_alone(area, hers, record):
    address = make_address(area)
    change(hers, area, on_map="on", address=address.text)
    kept = only_record()
    assert (kept.latitude, kept.longitude) == block_of(address.latitude, address.longitude)
    assert kept.address == ""


def test_staying_on_the_map_asks_for_no_address_again(area, hers, record):
    Asset.objects.filter(pk=record.pk).update(latitude=55.65, longitude=12.6, cell=1)
    assert SAVED in text_of(change(hers, area, visibility="partners"))
    kept = only_record()
    assert (kept.latitude, kept.longitude) == block_of(55.65, 12.6)


def test_going_off_the_map_forgets_the_block(area, hers, record):
    Asset.objects.filter(pk=record.pk).update(latitude=55.65, longitude=12.6, cell=1)
    change(hers, area, on_map=None)
    kept = only_record()
    assert (kept.latitude, kept.longitude, kept.cell) == (None, None, None)


# What waits


@pytest.mark.parametrize("level", ["partners", "neighbours", "public"])
def test_showing_what_was_private_waits_for_a_coordinator(area, hers, record, level):
    Asset.objects.update(visibility="private")
    assert WAITS in text_of(change(hers, area, visibility=level))
    assert (only_record().status, only_record().visibility) == ("pending", level)


def test_nothing_waits_where_the_area_lets_words_through(area, hers, record):
    type(area).objects.update(moderated=False)
    Asset.objects.update(visibility="private")
    change(hers, area, visibility="public", name_shown="nickname", called="Queen of Knots")
    assert (only_record().status, only_record().name) == ("active", "Queen of Knots")


def test_a_new_name_waits_and_the_rest_is_changed_now(area, hers, record):
    new = {"name_shown": "nickname", "called": "Queen of Knots"}
    assert WAITS in text_of(change(hers, area, visibility="partners", **new))
    kept, held = only_record(), Proposal.objects.get()
    assert (kept.name, kept.visibility, kept.status) == ("Ida", "partners", "active")
    assert (held.field, held.text, held.by) == ("name", "Queen of Knots", record.owner)


def test_a_name_that_waits_stays_when_something_else_is_changed(area, hers, record):
    change(hers, area, name_shown="nickname", called="Queen of Knots")
    change(hers, area, visibility="partners")
    assert Proposal.objects.get().text == "Queen of Knots"


@pytest.mark.parametrize("before", ["Ida", "A neighbour"])
def test_a_name_that_waits_goes_when_none_is_to_be_shown(area, hers, record, before):
    Asset.objects.update(name=before)
    change(hers, area, name_shown="nickname", called="Queen of Knots")
    change(hers, area, name_shown="none")
    assert (only_record().name, only_record().name_shown) == ("A neighbour", "none")
    assert not Proposal.objects.exists()


def test_less_of_a_name_does_not_wait(area, hers, record):
    Asset.objects.update(name="Ida Marie")
    Resident.objects.update(name_shown="nickname")
    assert WAITS not in text_of(change(hers, area, name_shown="first", called="Ida Marie"))
    assert only_record().name == "Ida"
    assert not Proposal.objects.exists()


def test_a_name_that_only_she_sees_waits_for_nobody(area, hers, record):
    Asset.objects.update(visibility="private")
    change(hers, area, name_shown="nickname", called="Queen of Knots")
    assert only_record().name == "Queen of Knots"


# Refusals


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"called": ""}, "called"),
        ({"called": f"Ida {CPR}"}, "called"),
        ({"called": "x" * 10_000}, "called"),
        ({"called": "a\x00b"}, "called"),
        ({"visibility": "everybody"}, "visibility"),
        ({"contact_visibility": ""}, "contact_visibility"),
        ({"photo_visibility": "x"}, "photo_visibility"),
        ({"contact": f"{CPR}"}, "contact"),
        ({"contact": "Ring twice", "contact_visibility": "public"}, "contact"),
        ({"on_map": "on"}, "address"),
        ({"on_map": "on", "address": "Ukendtvej 7"}, "address"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(area, hers, record, wrong, field):
    make_address(area)
    before = Resident.objects.values().get()
    refused = change(hers, area, **wrong)
    assert field in refused.context["form"].errors
    assert Resident.objects.values().get() == before


def test_a_visitor_is_led_to_the_code(client, area, record):
    for send in (client.get, client.post):
        assert send(url(area)).url == reverse("me:open", args=[area.slug])


@pytest.mark.parametrize("who", ["neighbour", "partner", "coordinator", "stranger"])
def test_nobody_else_changes_it(request, area, record, who):
    browser = browser_of(request.getfixturevalue(who))
    sent = {"name_shown": "nickname", "called": "Taken", "visibility": "public"}
    sent |= {"contact_visibility": "public", "photo_visibility": "public"}
    assert browser.get(url(area)).status_code == 404
    assert browser.post(url(area), sent).status_code == 404
    assert (only_record().name, only_record().version) == ("Ida", 1)


def test_a_record_in_another_area_is_not_changed_here(area, other_area, hers, record):
    sent = as_shown(hers.get(url(area)), visibility="public")
    assert hers.post(url(other_area), sent).status_code == 404
    assert only_record().visibility == "neighbours"
