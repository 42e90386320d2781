"""People are known by their e-mail and have at most one role in an area."""

import pytest
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assetmap.areas.models import Membership, User
from assetmap.areas.roles import Role, areas_as, may_coordinate
from tests.factories import make_admin, make_area, make_place, make_user


@pytest.mark.parametrize("name", ["username", "first_name", "last_name"])
def test_a_user_has_no_username_and_no_split_name(name):
    with pytest.raises(FieldDoesNotExist):
        User._meta.get_field(name)
    assert User.USERNAME_FIELD == "email"


def test_a_user_is_made_from_an_address_alone(db):
    user = User.objects.create_user("Anna@Example.ORG")
    assert user.email == "anna@example.org"
    assert not user.has_usable_password()
    assert not (user.is_staff or user.is_superuser)


def test_a_superuser_may_everything(db):
    user = User.objects.create_superuser("root@example.org", "a long password")
    assert user.is_staff
    assert user.is_superuser
    assert user.check_password("a long password")


def test_two_users_cannot_share_an_address(db):
    make_user(email="anna@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(email="ANNA@example.org")
    assert User.objects.count() == 1


def test_a_user_is_called_by_her_name_else_by_her_address(db):
    assert str(make_user(email="anna@example.org", name="Anna")) == "Anna"
    assert str(make_user(email="bo@example.org")) == "bo@example.org"
    assert make_user(email="ib@example.org", name="Ib").get_full_name() == "Ib"


def test_a_users_name_holds_no_cpr_number(db):
    with pytest.raises(ValidationError, match="CPR"):
        User(email="x@example.org", name="Anna 211062-5629", password="x").full_clean()


# The administration -----------------------------------------------------------------------

NO_ROLES = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


def add_in_admin(client, email):
    return client.post(
        "/admin/areas/user/add/", {"email": email, "usable_password": "false"} | NO_ROLES
    )


@pytest.fixture
def administrator(client, db):
    client.force_login(make_admin())
    return client


def test_an_administrator_adds_a_user_by_address(administrator):
    response = add_in_admin(administrator, "anna@example.org")
    assert response.status_code == 302
    assert not User.objects.get(email="anna@example.org").has_usable_password()


def test_an_administrator_cannot_add_one_address_twice_in_other_letters(administrator):
    add_in_admin(administrator, "anna@example.org")
    response = add_in_admin(administrator, "Anna@Example.org")
    assert response.status_code == 200
    assert User.objects.filter(email__iexact="anna@example.org").count() == 1


def test_an_address_is_kept_in_small_letters_however_the_administrator_writes_it(administrator):
    add_in_admin(administrator, "Anna.Hansen@Example.org")
    assert User.objects.filter(email="anna.hansen@example.org").exists()


def test_a_bad_address_is_refused(administrator):
    assert add_in_admin(administrator, "anna at home").status_code == 200
    assert not User.objects.filter(email__contains="anna").exists()


@pytest.mark.parametrize(
    "path", ["", "areas/user/", "areas/area/", "areas/address/", "places/place/"]
)
def test_the_administration_opens_for_administrators_alone(client, area, coordinator, path):
    make_place(area)
    assert client.get(f"/admin/{path}").status_code == 302
    client.force_login(coordinator)
    assert client.get(f"/admin/{path}").status_code in (302, 403)
    client.force_login(make_admin())
    assert client.get(f"/admin/{path}").status_code == 200


# Roles ------------------------------------------------------------------------------------


def test_one_user_has_one_role_in_an_area(area):
    user = make_user("partner", area)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, area=area, role="coordinator")
    assert user.memberships.get().role == "partner"


def test_a_user_has_roles_in_several_areas(area, other_area):
    user = make_user("partner", area)
    Membership.objects.create(user=user, area=other_area, role="coordinator")
    assert user.roles == {area.pk: "partner", other_area.pk: "coordinator"}


@pytest.mark.parametrize("role", ["", "king", "Coordinator"])
def test_the_database_takes_no_unknown_role(area, role):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user_with(area, role)
    assert not Membership.objects.exists()


def make_user_with(area, role):
    Membership.objects.create(user=make_user(), area=area, role=role)


def test_the_roles_are_read_once(area):
    user = User.objects.get(pk=make_user("partner", area).pk)
    with CaptureQueriesContext(connection) as captured:
        for _ in range(3):
            areas_as(user, Role.PARTNER)
            may_coordinate(user, area)
    assert len(captured) == 1


def test_only_coordinators_and_administrators_coordinate_and_only_their_own_area(
    area, other_area, coordinator, partner, neighbour, stranger
):
    assert may_coordinate(coordinator, area)
    assert may_coordinate(make_admin(), area)
    for user in (partner, neighbour, stranger):
        assert not may_coordinate(user, area)
    assert not may_coordinate(coordinator, other_area)


def test_a_user_who_goes_leaves_her_assets_and_takes_her_roles(area, coordinator):
    place = make_place(area, owner=coordinator, created_by=coordinator)
    coordinator.delete()
    place.refresh_from_db()
    assert place.owner is None
    assert not Membership.objects.exists()


def test_an_area_that_goes_must_be_empty(area):
    make_place(area)
    with pytest.raises(IntegrityError), transaction.atomic():
        area.delete()
    make_area("tom").delete()
