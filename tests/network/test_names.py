"""A neighbour is named in what is worked out from ties only after her own yes."""

import pytest
from django.contrib.auth.models import AnonymousUser

from assetmap.network.names import may_be_named, named_residents, names_of, number_of_residents
from residents.models import Consent
from tests import factories


@pytest.fixture
def she(area):
    return factories.make_user("resident", area)


@pytest.fixture
def record(area, she):
    return factories.make_resident(area, "Ida", owner=she, visibility="public")


def agree(record):
    return Consent.objects.give(record, ["connect"], language="da", channel="web")


def named(record, user):
    return names_of([record.pk], record.area, user)[record.pk]


@pytest.mark.parametrize("role", [None, "resident", "partner", "coordinator"])
def test_without_her_yes_she_is_a_neighbour_to_everybody(area, record, role):
    user = factories.make_user(role, area) if role else AnonymousUser()
    one = named(record, user)
    assert (one.name, one.url, one.uid, one.is_named) == ("a neighbour", "", "", False)
    assert not may_be_named(record, user)
    assert named_residents(area, user) == set()


def test_with_her_yes_she_is_named_until_she_takes_it_back(area, record):
    agree(record)
    one = named(record, AnonymousUser())
    assert (one.name, one.url, one.uid) == ("Ida", record.get_absolute_url(), str(record.uid))
    assert may_be_named(record, AnonymousUser())
    assert named_residents(area, AnonymousUser()) == {record.pk}
    Consent.objects.withdraw(record, "connect")
    assert not named(record, AnonymousUser()).is_named
    assert not may_be_named(record, AnonymousUser())


def test_she_reads_her_own_name(area, record, she):
    assert named(record, she).name == "Ida" and may_be_named(record, she)
    assert named_residents(area, she) == {record.pk}


def test_what_is_no_person_is_named(area):
    place = factories.make_place(area, "Haven")
    assert named(place, AnonymousUser()).name == "Haven"
    assert may_be_named(place, AnonymousUser())


def test_what_the_user_may_not_see_is_not_there_at_all(area, other_area, record):
    agree(record)
    hidden = factories.make_place(area, visibility="private")
    there = factories.make_place(other_area)
    keys = [hidden.pk, there.pk, record.pk]
    assert set(names_of(keys, area, AnonymousUser())) == {record.pk}


def test_names_are_read_in_few_queries(area, django_assert_num_queries):
    records = [factories.make_resident(area, visibility="public") for _number in range(4)]
    agree(records[0])
    with django_assert_num_queries(2):
        found = names_of([one.pk for one in records], area, AnonymousUser())
    assert sum(one.is_named for one in found.values()) == 1


@pytest.mark.once
@pytest.mark.parametrize(("number", "said"), [(0, "fewer than 5"), (4, "fewer than 5"), (5, "5")])
def test_few_neighbours_are_not_counted(number, said):
    assert number_of_residents(number) == said
