"""An asset's page says its place in the whole in two sentences, or nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory

from assetmap.network.readings import place as place_module
from assetmap.network.readings.place import place_in_whole
from residents.models import Consent
from tests.factories import (
    make_area,
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

VISITOR = AnonymousUser()

pytestmark = pytest.mark.once


def first(asset, user=VISITOR):
    return place_in_whole(asset, user)[0]


def make_triangle(area):
    one, two, three = [make_association(area) for _ in range(3)]
    for a, b in ((one, two), (two, three), (one, three)):
        make_link(a, b)
    return one, two, three


def test_whoever_holds_groups_together_is_said_to(area):
    middle = make_institution(area)
    make_link(middle, make_triangle(area)[0])
    make_link(middle, make_triangle(area)[0])
    assert first(middle) == (
        "It is tied to 2 others and holds 2 groups together that would not meet without it."
    )


def test_whose_only_tie_it_is_is_counted(area):
    one, _two, _three = make_triangle(area)
    make_link(one, make_place(area))
    assert first(one) == "It is tied to 3 others, and for 1 of them it is the only tie."


def test_within_one_group_the_ties_are_counted(area):
    assert first(make_triangle(area)[0]) == (
        "It is tied to 2 others, who belong to the same group."
    )


def test_two_ties_to_the_same_are_one_other(area):
    one, other = make_association(area), make_place(area)
    make_link(one, other)
    make_link(one, other, "uses")
    assert first(one) == "It is tied to 1 other."


def test_the_second_sentence_says_what_it_reaches(area):
    one, other, hall = make_association(area), make_association(area), make_place(area)
    make_link(one, other)
    make_link(other, hall)
    make_offering(other)
    assert place_in_whole(one, VISITOR)[1] == (
        "Within two ties it reaches 1 gift and 1 room or place."
    )


def test_one_that_stands_alone_is_invited_in(area):
    alone = make_place(area)
    assert place_in_whole(alone, VISITOR) == []
    make_triangle(area)
    assert place_in_whole(alone, VISITOR) == [
        "It stands on its own so far: a first tie could join it to 3 others."
    ]


def test_a_tie_that_the_visitor_may_not_see_is_not_counted(area, coordinator):
    one, other = make_association(area), make_place(area)
    make_link(one, other, visibility="private")
    assert place_in_whole(one, VISITOR) == []
    assert first(one, coordinator) == "It is tied to 1 other."


def test_what_is_not_in_use_has_no_place(area, coordinator):
    one = make_association(area, status="archived")
    assert place_in_whole(one, coordinator) == []


def test_of_a_resident_it_says_nothing_unless_she_said_yes(area, partner, coordinator):
    resident = make_resident(area, status="active", visibility="neighbours")
    make_link(resident, make_place(area), "uses")
    for user in (partner, coordinator, VISITOR):
        assert place_in_whole(resident, user) == []
    Consent.objects.give(resident, [Consent.Purpose.CONNECT], language="da", channel="web")
    assert first(resident, partner) == "It is tied to 1 other."
    assert place_in_whole(resident, VISITOR) == []


def test_she_reads_her_own(area, neighbour):
    resident = make_resident(area, status="active", owner=neighbour)
    make_link(resident, make_place(area), "uses")
    assert first(resident, neighbour) == "It is tied to 1 other."


def test_in_a_large_area_the_page_does_not_even_look(area, monkeypatch, django_assert_num_queries):
    one, _two, _three = make_triangle(area)
    monkeypatch.setattr(place_module, "LARGE", 3)
    assert len(place_in_whole(one, VISITOR)) == 2
    monkeypatch.setattr(place_module, "LARGE", 2)
    with django_assert_num_queries(1):
        assert place_in_whole(one, VISITOR) == []


def test_the_tag_shows_it_on_a_page(area, partner):
    one, _two, _three = make_triangle(area)
    request = RequestFactory().get("/")
    request.user = partner
    template = Template("{% load network %}{% place_in_whole asset %}")
    text = template.render(Context({"request": request, "asset": one, "area": area}))
    assert "It is tied to 2 others" in text
    make_resident(area)
    two = make_resident(area, status="active", visibility="public")
    assert template.render(Context({"request": request, "asset": two})).strip() == ""


@pytest.mark.parametrize("kept", [False, True])
def test_the_number_of_queries_does_not_grow(
    area, django_assert_max_num_queries, django_assert_num_queries, kept
):
    big = make_area("storby")
    few = make_triangle(area)[0]
    many = [make_triangle(big) for _ in range(8)][0][0]
    for _n in range(9):
        make_link(many, make_place(big), "uses")
    partners = [make_user("partner", where) for where in (area, big)]
    if kept:
        place_in_whole(few, partners[0])
        place_in_whole(many, partners[1])
    with django_assert_max_num_queries(16) as count:
        place_in_whole(few, partners[0])
    with django_assert_num_queries(len(count)):
        place_in_whole(many, partners[1])
