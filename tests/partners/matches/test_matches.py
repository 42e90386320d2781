"""Offers against wishes: as the coordinators' board, and on an asset's own page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmap.inventory.models import Asset, Gift
from assetmap.partners.matches.board import sentence
from assetmap.partners.matches.matching import Match, matches_in
from assetmap.partners.matches.own import matches_of
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
from tests.partners.words import words_of

URL = "/urbanplanen/partners/matches/"
NOBODY = AnonymousUser()


def key(code):
    return Gift.objects.get(code=code).pk


def the_match(area, code="FG3", user=NOBODY):
    return next((m for m in matches_in(area, user) if m.what == key(code)), None)


# The matching --------------------------------------------------------------------------------


def test_who_wishes_meets_who_gives(area):
    wishes, gives = make_association(area), make_association(area)
    make_offering(wishes, "FG3", "learn")
    make_offering(gives, "FG3", "teach")
    match = the_match(area)
    assert (match.wishes, match.gives) == ([wishes.pk], [gives.pk])
    assert match.is_open


def test_one_asset_is_no_match_for_itself(area):
    both = make_association(area)
    make_offering(both, "FG3", "can")
    make_offering(both, "FG3", "join")
    assert not the_match(area).is_open
    make_offering(make_association(area), "FG3", "join")
    assert the_match(area).is_open


def test_a_wish_alone_or_an_offer_alone_is_no_match(area):
    make_offering(make_association(area), "FG3", "join")
    make_offering(make_association(area), "MS1", "can")
    assert not the_match(area).is_open
    assert not the_match(area, "MS1").is_open


def test_own_words_meet_however_they_are_written(area):
    make_offering(make_association(area), None, text="Græsk dans", mode="learn")
    make_offering(make_association(area), None, text=" græsk DANS ", mode="can")
    (match,) = matches_in(area, NOBODY)
    assert match.is_open


def test_a_wish_for_a_room_is_met_by_a_room(area):
    make_offering(make_association(area), "EA6", "join")
    hall = make_place(area, kind="room")
    make_place(area, kind="park")
    assert the_match(area, "EA6").gives == [hall.pk]


def test_the_most_wished_for_goes_first(area):
    for code, number in (("FG3", 1), ("MS1", 3), ("HR7", 2)):
        for _ in range(number):
            make_offering(make_association(area), code, "join")
    assert [m.what for m in matches_in(area, NOBODY)] == [key(c) for c in ("MS1", "HR7", "FG3")]


@pytest.mark.parametrize(
    "hide",
    [
        lambda area: make_offering(make_association(area, visibility="private"), "FG3", "join"),
        lambda area: make_offering(make_association(area, status="archived"), "FG3", "join"),
        lambda area: make_offering(make_association(area), "FG3", "join", waiting=True),
        lambda area: make_offering(make_association(make_area("naboby")), "FG3", "join"),
        lambda area: make_offering(make_resident(area, visibility="partners"), "FG3", "join"),
    ],
)
def test_what_is_hidden_waits_or_is_elsewhere_is_in_no_match(area, hide):
    hide(area)
    assert the_match(area) is None


def test_a_gift_that_reveals_something_is_on_no_board(area, coordinator):
    resident = make_resident(area, visibility="public")
    make_offering(resident, "LA1", "join")
    make_offering(make_association(area), "LA1", "can")
    assert the_match(area, "LA1", coordinator).wishes == []


@pytest.mark.parametrize(
    ("match", "said"),
    [
        (
            Match(1, wishes=[1], gives=[2], learners=1, teachers=1),
            "1 wants to learn it, and 1 can teach it.",
        ),
        (
            Match(1, wishes=[1, 3, 4], gives=[2, 5], learners=3, teachers=2),
            "3 want to learn it, and 2 can teach it.",
        ),
        (
            Match(1, wishes=[1, 3], gives=[2], learners=1, teachers=1),
            "2 wish for it, and 1 can give it.",
        ),
        (Match(1, wishes=[1], gives=[2, 3]), "1 wishes for it, and 2 can give it."),
    ],
)
def test_a_match_is_said_in_a_sentence(match, said):
    assert sentence(match) == said


# The board -----------------------------------------------------------------------------------


@pytest.fixture
def coordinating(client, coordinator):
    client.force_login(coordinator)
    return client


def test_the_board_names_both_sides(coordinating, area):
    make_offering(make_association(area, "Bagerne"), "FG3", "teach")
    make_offering(make_resident(area, "Ida"), "FG3", "learn")
    page = words_of(coordinating.get(URL))
    for said in ("Bagerne", "Ida", "1 wants to learn it, and 1 can teach it."):
        assert said in page


def test_what_nobody_offers_yet_is_an_opportunity(coordinating, area):
    make_offering(make_association(area, "Drømmerne"), "MS4", "learn")
    response = coordinating.get(URL)
    assert [row.called for row in response.context["wanting"]] == [
        str(Gift.objects.get(code="MS4"))
    ]
    assert "Each of these is an opportunity" in words_of(response)
    assert response.context["matched"] == []


def test_what_nobody_has_wished_for_is_listed_by_gift(coordinating, area):
    make_offering(make_association(area), "MS4", "can")
    response = coordinating.get(URL)
    assert "?gift=MS4&amp;mode=gives" in response.content.decode()


def test_those_tied_already_are_marked(coordinating, area):
    one, other = make_association(area), make_association(area)
    make_offering(one, "FG3", "teach")
    make_offering(other, "FG3", "learn")
    assert "Some of them are tied already." not in words_of(coordinating.get(URL))
    make_link(one, other)
    assert "Some of them are tied already." in words_of(coordinating.get(URL))


@pytest.mark.parametrize(("query", "number"), [("FG", 1), ("MS", 0), ("nonsense", 1), ("", 1)])
def test_a_group_of_gifts_narrows_it(coordinating, area, query, number):
    make_offering(make_association(area), "FG3", "teach")
    make_offering(make_association(area), "FG3", "learn")
    response = coordinating.get(f"{URL}?group={query}")
    assert len(response.context["matched"]) == number


def test_of_many_some_are_named_and_the_rest_counted(coordinating, area):
    make_offering(make_association(area), "FG3", "teach")
    for _ in range(11):
        make_offering(make_association(area), "FG3", "learn")
    assert "and 3 more" in words_of(coordinating.get(URL))


def test_an_empty_area_reads_sensibly(coordinating, area):
    page = words_of(coordinating.get(URL))
    assert "No wish meets an offer just now." in page
    assert "Every wish that is written down meets an offer." in page


@pytest.mark.parametrize("who", ["neighbour", "partner", "stranger"])
def test_the_board_is_for_the_coordinators(client, area, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, area):
    assert "/account/" in client.get(URL).url


def test_more_matches_take_no_more_queries(coordinating, area, django_assert_num_queries):
    def some(codes):
        for code in codes:
            make_offering(make_association(area), code, "teach")
            make_offering(make_association(area), code, "learn")

    some(["FG3", "EA6"])
    coordinating.get(URL)
    with django_assert_num_queries(13):
        coordinating.get(URL)
    some(["MS1", "HR7", "LK1"])
    with django_assert_num_queries(13):
        coordinating.get(URL)


# On one's own page ---------------------------------------------------------------------------


@pytest.fixture
def ida(area):
    user = make_user("resident", area)
    ida = make_resident(area, "Ida", owner=user)
    make_offering(ida, "FG3", "learn")
    make_offering(ida, "MS1", "can")
    return ida


def test_she_sees_who_gives_what_she_wishes_for_and_who_wishes_for_what_she_gives(
    client, area, ida
):
    make_offering(make_association(area, "Bagerne"), "FG3", "teach")
    make_offering(make_institution(area, "Skolen"), "MS1", "join")
    rows = matches_of(ida.asset_ptr, ida.owner)
    assert [[other.name for other in others] for _row, others, _more in rows] == [
        ["Bagerne"],
        ["Skolen"],
    ]
    client.force_login(ida.owner)
    page = words_of(client.get(ida.get_absolute_url()))
    assert "Can give “Bake”: Bagerne" in page
    assert "Can give “Bake”: Bagerne" in words_of(client.get("/urbanplanen/me/"))


def test_others_do_not_see_what_matches_her(client, area, ida, partner):
    make_offering(make_association(area, "Bagerne"), "FG3", "teach")
    type(ida).objects.filter(pk=ida.pk).update(visibility="public")
    for user in (None, partner):
        if user:
            client.force_login(user)
        page = words_of(client.get(ida.get_absolute_url()))
        assert "Offers and wishes that fit" not in page


def test_those_tied_to_her_go_first_and_many_are_counted(area, ida):
    last = make_association(area, "Ærø")
    make_offering(last, "FG3", "can")
    for letter in "ABCDEF":
        make_offering(make_association(area, letter), "FG3", "can")
    make_link(ida, last, "helps")
    ((_row, others, more),) = matches_of(ida.asset_ptr, ida.owner)
    assert [other.name for other in others] == ["Ærø", "A", "B", "C", "D"]
    assert more == 2


def test_what_she_may_not_see_is_no_match(area, ida):
    make_offering(make_association(area, visibility="private"), "FG3", "teach")
    make_offering(make_resident(area, visibility="partners"), "FG3", "teach")
    make_offering(make_association(area), "FG3", "teach", waiting=True)
    assert matches_of(ida.asset_ptr, ida.owner) == []


def test_a_room_is_a_match_for_who_wishes_for_one(area):
    group = make_association(area, owner=make_user("resident", area))
    make_offering(group, "EA6", "join")
    hall = make_place(area, "Salen", kind="room")
    ((_row, others, _more),) = matches_of(group.asset_ptr, group.owner)
    assert others == [hall.asset_ptr]


def test_more_gifts_take_no_more_queries(area, ida, django_assert_num_queries):
    def read():
        return matches_of(Asset.objects.select_related("area").get(pk=ida.pk), ida.owner)

    make_offering(make_association(area), "FG3", "teach")
    read()  # her roles are read once
    with CaptureQueriesContext(connection) as few:
        read()
    for code in ("HR7", "LK1", "FG7"):
        make_offering(ida, code, "learn")
        make_offering(make_association(area), code, "teach")
    with django_assert_num_queries(len(few)):
        read()
