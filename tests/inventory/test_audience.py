"""The one gate: who may see an asset, a tie, a gift. The tables below are the whole rule."""

import pytest
from django.contrib.auth.models import AnonymousUser

from assetmap.inventory.audience import Status, Visibility
from assetmap.inventory.models import Asset, Gift, Link, Offering
from tests.factories import (
    make_admin,
    make_area,
    make_association,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

VISITOR, NEIGHBOUR, PARTNER = "visitor", "neighbour", "partner"
OWNER, COORDINATOR, ADMINISTRATOR = "owner", "coordinator", "administrator"
OTHER_NEIGHBOUR, OTHER_PARTNER = "neighbour elsewhere", "partner elsewhere"
OTHER_COORDINATOR, SIGNED_IN = "coordinator elsewhere", "signed in without a role"

EVERYBODY = {
    *(VISITOR, SIGNED_IN, NEIGHBOUR, PARTNER, OWNER, COORDINATOR, ADMINISTRATOR),
    *(OTHER_NEIGHBOUR, OTHER_PARTNER, OTHER_COORDINATOR),
}
KEEPERS = {OWNER, COORDINATOR, ADMINISTRATOR}

# Who sees an asset, by its visibility and its status.
MAY_SEE = {
    ("public", "active"): EVERYBODY,
    ("public", "pending"): KEEPERS,
    ("public", "archived"): KEEPERS,
    ("neighbours", "active"): KEEPERS | {NEIGHBOUR, PARTNER},
    ("neighbours", "pending"): KEEPERS,
    ("neighbours", "archived"): KEEPERS,
    ("partners", "active"): KEEPERS | {PARTNER},
    ("partners", "pending"): KEEPERS,
    ("partners", "archived"): KEEPERS,
    ("private", "active"): KEEPERS,
    **{(visibility, "unconfirmed"): KEEPERS for visibility in Visibility.values},
    ("private", "pending"): KEEPERS,
    ("private", "archived"): KEEPERS,
}


@pytest.fixture
def people(area):
    """One user for every role, by name."""
    elsewhere = make_area("naboby")
    return {
        VISITOR: AnonymousUser(),
        SIGNED_IN: make_user(),
        NEIGHBOUR: make_user("resident", area),
        PARTNER: make_user("partner", area),
        OWNER: make_user("resident", area),
        COORDINATOR: make_user("coordinator", area),
        ADMINISTRATOR: make_admin(),
        OTHER_NEIGHBOUR: make_user("resident", elsewhere),
        OTHER_PARTNER: make_user("partner", elsewhere),
        OTHER_COORDINATOR: make_user("coordinator", elsewhere),
    }


def who_sees(people, queryset, row):
    return {name for name, user in people.items() if row in queryset.visible_to(user)}


# Assets -----------------------------------------------------------------------------------


def test_the_table_holds_every_visibility_and_status():
    assert set(MAY_SEE) == {(v, s) for v in Visibility.values for s in Status.values}


@pytest.mark.parametrize("make", [make_place, make_resident])
@pytest.mark.parametrize(("visibility", "status"), MAY_SEE)
def test_an_asset_shows_to_those_in_the_table_and_nobody_else(
    area, people, make, visibility, status
):
    asset = make(area, visibility=visibility, status=status, owner=people[OWNER])
    assert who_sees(people, Asset.objects, asset.asset_ptr) == MAY_SEE[visibility, status]
    assert who_sees(people, type(asset).objects, asset) == MAY_SEE[visibility, status]


@pytest.mark.parametrize(("visibility", "status"), MAY_SEE)
def test_the_page_of_an_asset_opens_for_those_in_the_table(
    client, area, people, visibility, status
):
    asset = make_place(area, visibility=visibility, status=status, owner=people[OWNER])
    opened = set()
    for name, user in people.items():
        client.logout()
        if user.is_authenticated:
            client.force_login(user)
        if client.get(asset.get_absolute_url()).status_code == 200:
            opened.add(name)
    assert opened == MAY_SEE[visibility, status]


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("visibility", Visibility.values)
def test_only_its_owner_and_the_areas_coordinators_may_change_an_asset(
    area, people, visibility, status
):
    asset = make_place(area, visibility=visibility, status=status, owner=people[OWNER])
    may = {n for n, u in people.items() if asset.asset_ptr in Asset.objects.editable_by(u)}
    assert may == KEEPERS
    assert {name for name, user in people.items() if asset.is_editable_by(user)} == KEEPERS


def test_owning_one_asset_opens_no_other(area, people):
    make_resident(area, owner=people[OWNER])
    other = make_resident(area)
    assert who_sees(people, Asset.objects, other.asset_ptr) == {COORDINATOR, ADMINISTRATOR}


def test_an_asset_that_nobody_owns_is_nobodys(area, people):
    asset = make_place(area, visibility="private", owner=None)
    assert who_sees(people, Asset.objects, asset.asset_ptr) == {COORDINATOR, ADMINISTRATOR}


def test_a_role_lost_is_sight_lost(area, people):
    asset = make_place(area, visibility="private")
    people[COORDINATOR].memberships.all().delete()
    user = type(people[COORDINATOR]).objects.get(pk=people[COORDINATOR].pk)
    assert asset.asset_ptr not in Asset.objects.visible_to(user)


def test_a_resident_is_private_and_the_other_layers_public_unless_somebody_chose(area):
    assert make_resident(area).visibility == "private"
    assert make_place(area).visibility == make_association(area).visibility == "public"


# Ties -------------------------------------------------------------------------------------

LEVELS = {
    "public": EVERYBODY,
    "neighbours": KEEPERS | {NEIGHBOUR, PARTNER},
    "partners": KEEPERS | {PARTNER},
    "private": KEEPERS,
}


@pytest.mark.parametrize("tie", LEVELS)
@pytest.mark.parametrize("target", LEVELS)
@pytest.mark.parametrize("source", LEVELS)
def test_a_tie_shows_only_where_both_ends_and_the_tie_itself_do(area, people, source, target, tie):
    one = make_place(area, visibility=source, owner=people[OWNER])
    other = make_association(area, visibility=target, owner=people[OWNER])
    link = make_link(one, other, "supports", visibility=tie)
    assert who_sees(people, Link.objects, link) == LEVELS[source] & LEVELS[target] & LEVELS[tie]


@pytest.mark.parametrize("status", ["pending", "archived"])
@pytest.mark.parametrize("hidden_end", ["source", "target"])
def test_a_tie_to_what_waits_or_is_put_away_shows_to_coordinators_alone(
    area, people, status, hidden_end
):
    ends = {"source": make_place(area), "target": make_association(area)}
    Asset.objects.filter(pk=ends[hidden_end].pk).update(status=status)
    link = make_link(ends["source"], ends["target"], "supports")
    assert who_sees(people, Link.objects, link) == {COORDINATOR, ADMINISTRATOR}


@pytest.mark.parametrize("owned_end", [0, 1])
def test_an_owner_sees_her_private_ties_but_not_a_hidden_other_end(area, people, owned_end):
    mine = make_resident(area, owner=people[OWNER])
    open_, hidden = make_association(area), make_association(area, visibility="private")
    for other, sees in ((open_, True), (hidden, False)):
        ends = (mine, other) if owned_end == 0 else (other, mine)
        link = make_link(*ends, "supports", visibility="private")
        assert (OWNER in who_sees(people, Link.objects, link)) is sees


def test_a_private_tie_between_two_public_assets_is_seen_by_coordinators_alone(area, people):
    link = make_link(make_place(area), make_association(area), "supports", visibility="private")
    assert who_sees(people, Link.objects, link) == {COORDINATOR, ADMINISTRATOR}


def test_a_tie_that_reveals_something_about_a_person_is_private_unless_somebody_chose(area):
    parish = make_association(area, reveals=True)
    nabo, club = make_resident(area), make_association(area)
    assert make_link(nabo, parish, "member_of").visibility == Visibility.PRIVATE
    assert make_link(parish, nabo, "supports").visibility == Visibility.PRIVATE
    assert make_link(nabo, club, "member_of").visibility == Visibility.PUBLIC
    assert make_link(club, parish, "supports").visibility == Visibility.PUBLIC
    assert make_link(nabo, parish, "helps", visibility="public").visibility == Visibility.PUBLIC


# Gifts ------------------------------------------------------------------------------------


def test_there_are_sensitive_gifts_to_keep(db):
    assert {"LA1", "WB5"} <= set(
        Gift.objects.filter(sensitive=True).values_list("code", flat=True)
    )
    assert not Gift.objects.get(code="FG7").sensitive


@pytest.mark.parametrize("mode", ["can", "teach", "learn", "join"])
def test_a_residents_sensitive_gift_shows_only_to_those_who_keep_her_record(area, people, mode):
    resident = make_resident(area, visibility="public", owner=people[OWNER])
    offering = make_offering(resident, "LA1", mode)
    assert who_sees(people, Offering.objects, offering) == KEEPERS


def test_a_residents_other_gifts_show_as_she_does(area, people):
    for visibility, may in LEVELS.items():
        resident = make_resident(area, visibility=visibility, owner=people[OWNER])
        known = make_offering(resident, "FG7")
        own = make_offering(resident, None, text="Flødeboller")
        assert who_sees(people, Offering.objects, known) == may
        assert who_sees(people, Offering.objects, own) == may


def test_a_sensitive_gift_of_a_group_is_no_secret(area, people):
    offering = make_offering(make_association(area), "LA1")
    assert who_sees(people, Offering.objects, offering) == EVERYBODY


def test_a_gift_of_a_hidden_asset_is_hidden(area, people):
    place = make_place(area, status="pending")
    offering = make_offering(place, "FG7")
    assert who_sees(people, Offering.objects, offering) == {COORDINATOR, ADMINISTRATOR}


@pytest.mark.parametrize("typed", ["tolke", "interpreter", "tolkning"])
def test_nobody_finds_a_resident_by_searching_for_a_sensitive_gift(area, typed):
    resident = make_resident(area, visibility="public")
    make_offering(resident, "LA1")
    assert not Asset.objects.search(typed).filter(pk=resident.pk).exists()


def test_changing_a_gift_to_a_sensitive_one_hides_it(area, people):
    resident = make_resident(area, visibility="public")
    offering = make_offering(resident, "FG7")
    offering.gift = Gift.objects.get(code="LA1")
    offering.save()
    assert who_sees(people, Offering.objects, offering) == {COORDINATOR, ADMINISTRATOR}
