"""Once a year somebody is asked whether it is still true, in one mail, and answers by a link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from assetmap.areas.models import Membership, User
from assetmap.inventory import freshness
from assetmap.inventory.models import Asset
from tests.factories import make_admin, make_place, make_user


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://kort.example.dk"


def make_old(area, name=None, days=400, **fields):
    """A place that nobody has looked at for so many days."""
    old = timezone.now() - timedelta(days=days)
    return make_place(area, name, created_at=old, confirmed_at=old, **fields)


def people():
    return set(freshness.people_to_ask(Asset.objects.all()))


def ask(user):
    freshness.ask(user, Asset.objects.all())
    return mail.outbox[-1]


# Who is asked -----------------------------------------------------------------------------


def test_the_owner_is_asked_after_a_year(area, neighbour):
    make_old(area, days=364, owner=neighbour)
    assert people() == set()
    make_old(area, days=366, owner=neighbour)
    assert people() == {neighbour}


def test_what_was_never_confirmed_counts_from_when_it_was_written(area, neighbour):
    make_place(area, owner=neighbour, created_at=timezone.now() - timedelta(days=364))
    assert people() == set()
    make_place(area, owner=neighbour, created_at=timezone.now() - timedelta(days=366))
    assert people() == {neighbour}


def test_what_nobody_owns_is_asked_of_the_coordinator_who_wrote_it(area, coordinator):
    make_old(area, created_by=coordinator)
    assert people() == {coordinator}


def test_an_administrator_is_asked_about_what_she_wrote(area):
    admin = make_admin()
    make_old(area, created_by=admin)
    assert people() == {admin}


def test_an_owner_without_an_address_is_asked_through_the_coordinator(area, coordinator):
    holder = User.objects.create_user(None)
    make_old(area, owner=holder, created_by=coordinator)
    assert people() == {coordinator}


def test_an_owner_who_was_let_go_is_not_asked(area, coordinator, neighbour):
    make_old(area, owner=neighbour, created_by=coordinator)
    User.objects.filter(pk=neighbour.pk).update(is_active=False)
    assert people() == {coordinator}


def test_the_coordinator_is_not_asked_beside_the_owner(area, coordinator, neighbour):
    make_old(area, owner=neighbour, created_by=coordinator)
    assert people() == {neighbour}


@pytest.mark.parametrize("role", ["resident", "partner", None])
def test_who_no_longer_coordinates_is_not_asked(area, coordinator, role):
    make_old(area, created_by=coordinator)
    members = Membership.objects.filter(user=coordinator)
    if role:
        members.update(role=role)
    else:
        members.delete()
    assert people() == set()


def test_a_coordinator_of_another_area_is_not_asked(area, stranger):
    make_old(area, created_by=stranger)
    assert people() == set()


@pytest.mark.parametrize("status", ["unconfirmed", "pending", "archived"])
def test_what_is_not_in_use_is_not_asked_about(area, neighbour, status):
    make_old(area, owner=neighbour, status=status)
    assert people() == set()


# The mail ---------------------------------------------------------------------------------


def test_one_mail_names_all_of_it_with_three_links_each(area, neighbour):
    for name in ("Haven", "Værkstedet"):
        make_old(area, name, owner=neighbour)
    message = ask(neighbour)
    assert len(mail.outbox) == 1
    assert message.to == [neighbour.email]
    assert "Haven" not in message.subject
    assert "Haven (Urbanplanen)" in message.body
    assert "Værkstedet (Urbanplanen)" in message.body
    links = re.findall(
        r"^ *(https://kort\.example\.dk/urbanplanen/still/\S+)$", message.body, re.M
    )
    assert [link.rpartition("=")[2] for link in links] == ["valid", "update", "archive"] * 2


def test_html_and_quotes_are_not_spoilt_in_a_plain_mail(area):
    user = make_user("resident", area, name="O'Hara & <Søn>")
    make_old(area, "Bo's <b>bed</b> & bænk", owner=user)
    body = ask(user).body
    assert "Hello O'Hara & <Søn>," in body
    assert "Bo's <b>bed</b> & bænk (Urbanplanen)" in body


def test_a_mail_holds_twenty_at_most_the_oldest_first(area, neighbour):
    for days in range(400, 425):
        make_old(area, f"Place {days}", days=days, owner=neighbour)
    named = re.findall(r"Place \d+", ask(neighbour).body)
    assert named == [f"Place {days}" for days in range(424, 404, -1)]


def test_nobody_is_asked_twice_in_a_month(area, neighbour):
    for _ in range(25):
        make_old(area, owner=neighbour)
    ask(neighbour)
    assert people() == set()
    Asset.objects.filter(asked_at__isnull=False).update(
        asked_at=timezone.now() - timedelta(days=31)
    )
    assert people() == {neighbour}
    assert ask(neighbour).body.count("?do=valid") == 5


def test_nothing_is_asked_about_twice_in_a_year(area, neighbour):
    place = make_old(area, owner=neighbour)
    ask(neighbour)
    Asset.objects.filter(pk=place.pk).update(asked_at=timezone.now() - timedelta(days=364))
    assert people() == set()
    Asset.objects.filter(pk=place.pk).update(asked_at=timezone.now() - timedelta(days=366))
    assert people() == {neighbour}


def test_a_mail_that_cannot_be_queued_leaves_nobody_asked(area, neighbour, settings):
    settings.EMAIL_BACKEND = "no.such.backend.Backend"
    make_old(area, owner=neighbour)
    with pytest.raises(ImportError):
        ask(neighbour)
    assert people() == {neighbour}


def test_a_long_mail_takes_no_more_queries(area, neighbour):
    counts = []
    for number in (1, 19):
        for _ in range(number):
            make_old(area, owner=neighbour)
        with CaptureQueriesContext(connection) as queries:
            ask(neighbour)
        counts.append(len(queries))
        Asset.objects.update(asked_at=None)
    assert counts[0] == counts[1]
