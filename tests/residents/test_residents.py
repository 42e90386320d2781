import pytest
from django.db import IntegrityError
from django.urls import reverse

from assetmap.inventory.models import Asset
from assetmap.inventory.position import block_of
from residents.models import Resident
from tests import factories
from tests.contracts import LayerContract, as_shown, browser_of, form_data, text_of

DOOR = (55.648722, 12.595484)


class TestResident(LayerContract):
    model = Resident
    make = staticmethod(factories.make_resident)
    own_field, own_value = "availability", "Thursday evenings"
    own_shown = "Thursday evenings"
    usual_visibility = "private"
    status_when_added = "unconfirmed"


@pytest.fixture
def owner(area):
    return factories.make_user("resident", area)


@pytest.fixture
def resident(area, owner):
    return factories.make_resident(
        area, "Fatma", owner=owner, visibility="public", contact="20 30 40 50", age_band="65+"
    )


def add(client, area, **fields):
    data = form_data(name="Fatma", visibility="private", **fields)
    return client.post(reverse("residents:add", args=[area.slug]), data, follow=True)


# Where she lives


def test_resident_stands_in_the_middle_of_her_block(client, area, coordinator):
    client.force_login(coordinator)
    add(client, area, latitude=DOOR[0], longitude=DOOR[1])
    kept = Resident.objects.get()
    assert (kept.latitude, kept.longitude) == block_of(*DOOR)
    assert (kept.latitude, kept.longitude) != DOOR


def test_address_finds_the_block_and_is_not_kept(client, area, coordinator):
    address = factories.make_address(area)
    client.force_login(coordinator)
    page = add(client, area, address=address.text)
    kept = Resident.objects.get()
    assert (kept.latitude, kept.longitude) == block_of(address.latitude, address.longitude)
    assert kept.address == ""
    assert address.text not in text_of(page)
    assert not Asset.objects.search("Remisevej").exists()


def test_unknown_address_is_not_kept_either(client, area, coordinator):
    client.force_login(coordinator)
    page = add(client, area, address="Ukendtvej 7")
    assert "The address is not in the area&#x27;s list." in text_of(page)
    assert Resident.objects.get().address == ""
    assert "Ukendtvej" not in text_of(page)


def test_block_does_not_wander_when_saved_again(client, area, coordinator):
    client.force_login(coordinator)
    add(client, area, latitude=DOOR[0], longitude=DOOR[1])
    edit = Resident.objects.get().url("edit")
    for _ in range(2):
        client.post(edit, as_shown(client.get(edit)))
    kept = Resident.objects.get()
    assert kept.version == 3
    assert (kept.latitude, kept.longitude) == block_of(*DOOR)


@pytest.mark.parametrize(
    "door", [{"address": "Remisevej 14"}, {"outline": {"type": "Polygon", "coordinates": []}}]
)
def test_database_keeps_no_door_of_a_resident(area, door):
    with pytest.raises(IntegrityError):
        factories.make_resident(area, **door)


# What only she and the coordinators see


@pytest.mark.parametrize("who", ["owner", "coordinator"])
def test_private_contact_and_age_show_to_her_and_the_coordinator(request, client, resident, who):
    client.force_login(request.getfixturevalue(who))
    page = text_of(client.get(resident.url("detail")))
    assert "20 30 40 50" in page
    assert "65 or older" in page


@pytest.mark.parametrize("who", [None, "neighbour", "partner", "stranger"])
def test_private_contact_and_age_show_to_nobody_else(request, client, resident, who):
    if who:
        client.force_login(request.getfixturevalue(who))
    page = client.get(resident.url("detail"))
    assert page.status_code == 200
    assert "20 30 40 50" not in text_of(page)
    assert "65 or older" not in text_of(page)


def test_private_contact_finds_nobody(client, area, coordinator, resident):
    client.force_login(coordinator)
    explore = reverse("explore:explore", args=[area.slug])
    assert "Fatma" in text_of(client.get(explore, {"q": "fatma"}))
    assert "Fatma" not in text_of(client.get(explore, {"q": "30 40"}))


def test_sensitive_gift_shows_only_to_her_and_the_coordinator(
    client, coordinator, partner, owner, resident
):
    factories.make_offering(resident, "LA1")
    factories.make_offering(resident, "FG7")
    for visitor in (client, browser_of(partner)):
        page = text_of(visitor.get(resident.url("detail")))
        assert "Keep bees" in page
        assert "Interpret between neighbours" not in page
    for user in (owner, coordinator):
        page = text_of(browser_of(user).get(resident.url("detail")))
        assert "Interpret between neighbours" in page


def test_private_resident_is_in_nobodys_list_but_the_coordinators(
    client, area, neighbour, coordinator
):
    factories.make_resident(area, "Hidden Hanne")
    explore = reverse("explore:explore", args=[area.slug])
    assert "Hidden Hanne" not in text_of(client.get(explore))
    assert "Hidden Hanne" not in text_of(browser_of(neighbour).get(explore))
    assert "Hidden Hanne" in text_of(browser_of(coordinator).get(explore))


# Her own record


def test_owner_can_edit_her_own(client, owner, resident):
    client.force_login(owner)
    page = client.get(resident.url("edit"))
    client.post(
        resident.url("edit"),
        as_shown(page, availability="Mornings", contact="", visibility="private"),
    )
    kept = Resident.objects.get()
    assert (kept.availability, kept.contact, kept.visibility) == ("Mornings", "", "private")
    assert (kept.owner, kept.version) == (owner, 2)


def test_owner_sees_her_own_private_record(client, owner, resident):
    Asset.objects.update(visibility="private")
    client.force_login(owner)
    page = client.get(resident.url("detail"))
    assert page.status_code == 200
    assert f"<dt>Seen by</dt><dd>{page.context['asset'].get_visibility_display()}" in text_of(page)


def test_owner_can_put_her_own_away_and_back(client, owner, resident):
    client.force_login(owner)
    client.post(resident.url("archive"))
    assert Asset.objects.get().status == "archived"
    client.post(resident.url("restore"))
    assert Asset.objects.get().status == "active"


def test_owner_cannot_let_her_own_waiting_record_in(client, owner, resident):
    Asset.objects.update(status="pending")
    client.force_login(owner)
    client.post(resident.url("restore"))
    assert Asset.objects.get().status == "pending"
    client.post(resident.url("archive"))
    client.post(resident.url("restore"))
    assert Asset.objects.get().status != "active"


def test_owner_cannot_edit_another_resident(client, area, owner, resident):
    other = factories.make_resident(area, "Bo", visibility="public")
    client.force_login(owner)
    posted = client.post(other.url("edit"), form_data(name="Taken", version=1))
    assert posted.status_code == 404
    assert Asset.objects.get(pk=other.pk).name == "Bo"


def test_owner_cannot_add_other_residents(client, area, owner, resident):
    client.force_login(owner)
    assert add(client, area).status_code == 403
    assert Resident.objects.count() == 1


# What she is proudest of


def test_what_she_is_proudest_of_stands_first_with_a_star(client, owner, resident):
    factories.make_offering(resident, "FG7")
    factories.make_offering(resident, "HR7")
    client.force_login(owner)
    page = client.get(resident.url("edit"))
    client.post(resident.url("edit"), as_shown(page, **{"gifts-1-proud": "on"}))
    rows = list(resident.offerings.all())
    assert [(row.gift.code, row.proud) for row in rows] == [("HR7", True), ("FG7", False)]
    shown = text_of(client.get(resident.url("detail")))
    assert shown.index("among the proudest") < shown.index("Sew, alter and mend")


def test_at_most_three_are_the_proudest(client, owner, resident):
    for code in ("FG7", "HR7", "LA9", "LK1"):
        factories.make_offering(resident, code)
    client.force_login(owner)
    proud = {f"gifts-{number}-proud": "on" for number in range(4)}
    refused = client.post(
        resident.url("edit"), as_shown(client.get(resident.url("edit")), **proud)
    )
    assert "Choose at most three to be proudest of." in text_of(refused)
    assert not resident.offerings.filter(proud=True).exists()
    proud["gifts-0-DELETE"] = "on"
    client.post(resident.url("edit"), as_shown(client.get(resident.url("edit")), **proud))
    assert resident.offerings.filter(proud=True).count() == 3
