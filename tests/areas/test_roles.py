"""What somebody may do in an area, and that a right beside the role needs the role too."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.areas.models import Membership, User
from assetmap.areas.roles import (
    Role,
    Stranger,
    areas_as,
    may_coordinate,
    may_export,
    may_import,
)
from tests.factories import make_admin, make_user

RIGHTS = {"may_export": may_export, "may_import": may_import}


def with_right(role, area, right):
    user = make_user(role, area)
    Membership.objects.filter(user=user).update(**{right: True})
    return user


def test_visitors_have_no_role(area):
    visitor = AnonymousUser()
    assert areas_as(visitor, *Role) == []
    assert not may_coordinate(visitor, area)
    assert not may_export(visitor, area)
    assert not may_import(visitor, area)


def test_a_role_holds_in_its_own_area(area, other_area, coordinator, stranger):
    assert areas_as(coordinator, Role.COORDINATOR) == [area.pk]
    assert may_coordinate(coordinator, area)
    assert not may_coordinate(coordinator, other_area)
    assert not may_coordinate(stranger, area)


@pytest.mark.parametrize("role", ["resident", "partner"])
def test_lesser_roles_do_not_coordinate(area, role):
    user = make_user(role, area)
    assert areas_as(user, role) == [area.pk]
    assert areas_as(user, Role.COORDINATOR) == []
    assert not may_coordinate(user, area)


@pytest.mark.parametrize("right", RIGHTS)
def test_the_role_of_coordinator_alone_takes_nothing_out_or_in(area, coordinator, right):
    assert not RIGHTS[right](coordinator, area)


@pytest.mark.parametrize("right", RIGHTS)
def test_a_coordinator_with_the_right_may(area, other_area, right):
    user = with_right("coordinator", area, right)
    assert RIGHTS[right](user, area)
    assert not RIGHTS[right](user, other_area)
    (other,) = set(RIGHTS) - {right}
    assert not RIGHTS[other](user, area)


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("role", ["resident", "partner"])
def test_the_right_without_the_role_is_none(area, role, right):
    assert not RIGHTS[right](with_right(role, area, right), area)


@pytest.mark.parametrize("right", RIGHTS)
def test_the_right_in_one_area_is_none_in_another(area, other_area, coordinator, right):
    Membership.objects.create(
        user=coordinator, area=other_area, role="coordinator", **{right: True}
    )
    assert RIGHTS[right](coordinator, other_area)
    assert not RIGHTS[right](coordinator, area)


def test_administrators_hold_every_right_everywhere(area, other_area):
    admin = make_admin()
    for where in (area, other_area):
        assert may_coordinate(admin, where)
        assert may_export(admin, where)
        assert may_import(admin, where)


def test_who_only_helps_with_the_admin_pages_coordinates_nothing(area):
    assert not may_coordinate(make_user(is_staff=True), area)


def test_somebody_in_particular_to_look_as_has_the_role_and_owns_nothing(area, other_area):
    partner = Stranger(area.pk, Role.PARTNER)
    assert areas_as(partner, Role.PARTNER) == [area.pk]
    assert not may_coordinate(partner, area)
    assert may_coordinate(Stranger(area.pk, Role.COORDINATOR), area)
    assert not may_coordinate(Stranger(area.pk, Role.COORDINATOR), other_area)
    assert not User.objects.filter(pk=partner.pk).exists()


def test_asking_for_roles_often_takes_one_query(area, other_area, coordinator):
    user = User.objects.get(pk=coordinator.pk)
    with CaptureQueriesContext(connection) as queries:
        for where in (area, other_area) * 5:
            may_coordinate(user, where)
            areas_as(user, Role.PARTNER)
    assert len(queries) == 1
