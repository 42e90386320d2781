"""Each part of the score by itself: what it is worth, and what it says of it."""

from datetime import time

import pytest
from django.contrib.auth.models import AnonymousUser

from assetmap.inventory.models import Gift, SpokenLanguage
from assetmap.partners.finding.asked import Asked
from assetmap.partners.finding.parts import audience, free, gift, language, near, role, ties, wish
from assetmap.partners.finding.parts.audience import meant_by
from assetmap.partners.finding.reading import Reading, Row
from institutions.models import RoleOffer
from residents.models import Consent
from tests.activities.rows import WEDNESDAY, make_activity
from tests.factories import (
    make_association,
    make_institution,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

THURSDAY = 3
EVENING = (17 * 60, 24 * 60)


def key(code):
    return Gift.objects.get(code=code).pk


def read(area, user=None, **asked):
    return Reading(Asked(area=area, **asked), user or AnonymousUser())


def number(values, asset):
    return values[asset.pk].number if asset.pk in values else None


# Gives what is looked for --------------------------------------------------------------------


@pytest.mark.parametrize(("mode", "worth"), [("teach", 1), ("can", 0.9), ("learn", None)])
def test_teaching_is_worth_most_and_wishing_nothing(area, mode, worth):
    asset = make_association(area)
    make_offering(asset, "FG3", mode)
    assert number(gift.values(read(area, wanted=(key("FG3"),))), asset) == worth


def test_a_gift_of_the_same_group_is_worth_a_little(area):
    cook = make_association(area)
    make_offering(cook, "FG1", "teach")
    values = gift.values(read(area, wanted=(key("FG3"),)))
    assert values[cook.pk].number == pytest.approx(0.3)
    assert values[cook.pk].facts == (("close", key("FG1")),)


def test_what_an_activity_practises_counts(area):
    club = make_association(area)
    held = make_activity(club, gifts=["HR7"])
    values = gift.values(read(area, wanted=(key("HR7"),)))
    assert values[club.pk].number == pytest.approx(0.8)
    assert values[club.pk].facts == (("practised", key("HR7"), held.pk),)


def test_it_is_the_mean_over_all_that_is_looked_for(area):
    asset = make_association(area, "Bagerne", summary="Vi synger")
    make_offering(asset, "FG3", "teach")
    values = gift.values(read(area, wanted=(key("FG3"), key("HR7")), words=("synger",)))
    assert values[asset.pk].number == pytest.approx((1 + 0 + 0.6) / 3)


def test_a_room_gives_a_room(area):
    hall, park = make_place(area, kind="room"), make_place(area, kind="park")
    values = gift.values(read(area, wanted=(key("EA6"),)))
    assert values[hall.pk].facts == (("room",),)
    assert park.pk not in values


def test_gifts_that_reveal_or_wait_say_nothing_of_anybody(area):
    resident = make_resident(area, visibility="public")
    make_offering(resident, "LA1", "can")  # reveals where she may come from
    make_offering(resident, "FG3", "can", waiting=True)
    wanted = (key("LA1"), key("FG3"))
    coordinator = make_user("coordinator", area)
    for user in (None, coordinator):
        assert resident.pk not in gift.values(read(area, user, wanted=wanted))


# Wishes for what is offered ------------------------------------------------------------------


def test_a_wish_for_anything_offered_counts_whole(area):
    asset, giver = make_association(area), make_association(area)
    make_offering(asset, "EA6", "join")
    make_offering(giver, "EA6", "can")
    values = wish.values(read(area, offered=(key("EA6"), key("FG3"))))
    assert values[asset.pk].number == 1
    assert values[asset.pk].facts == (("wish", key("EA6")),)
    assert giver.pk not in values


# Fills a role --------------------------------------------------------------------------------


@pytest.mark.parametrize(("codes", "worth"), [(["OT4"], 0.5), (["OT4", "DM9"], 0.75)])
def test_each_gift_of_the_field_halves_what_is_missing(area, codes, worth):
    asset = make_association(area)
    for code in codes:
        make_offering(asset, code)
    assert number(role.values(read(area, role="home")), asset) == worth


def test_an_institution_that_marks_the_field_and_a_kind_made_for_it_count(area):
    marks = make_institution(area)
    RoleOffer.objects.create(institution=marks, field="home", text="Gratis lokaler")
    hall = make_place(area, kind="room")
    values = role.values(read(area, role="home"))
    assert (number(values, marks), number(values, hall)) == (0.75, 0.5)
    assert number(values, make_place(area, kind="park")) is None


# Is for the right people ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meant", "asked", "worth"),
    [
        (("women", None, None), ("women", None), 1),
        (("everybody", None, None), ("women", None), 0.5),
        (("men", None, None), ("women", None), 0),
        (("everybody", None, None), ("everybody", None), 1),
        (("everybody", None, None), ("", 12), 0.5),
        (("everybody", 10, 15), ("", 12), 1),
        (("everybody", 10, 15), ("", 16), 0),
        (("everybody", 0, None), ("", 0), 1),
        (("everybody", None, 5), ("", 5), 1),
        (("women", 10, None), ("women", 12), 1),
        (("everybody", 10, None), ("women", 12), 0.5),
        (("women", 13, None), ("women", 12), 0),
    ],
)
def test_an_activity_counts_by_whom_it_is_for(area, meant, asked, worth):
    club, (meant_for, first, last), (sex, age) = make_association(area), meant, asked
    make_activity(club, meant_for=meant_for, age_from=first, age_to=last)
    values = audience.values(read(area, audience=sex, age=age))
    assert number(values, club) == (worth or None)


def test_the_best_of_its_activities_counts(area):
    club = make_association(area)
    make_activity(club)
    best = make_activity(club, meant_for="women")
    make_activity(club, meant_for="men")
    values = audience.values(read(area, audience="women"))
    assert values[club.pk].facts == (("activity", best.pk),)
    assert values[club.pk].number == 1


def test_what_is_over_is_for_nobody(area):
    club = make_association(area)
    make_activity(club, meant_for="women", first_day=WEDNESDAY.replace(year=2020), repeats="once")
    assert audience.values(read(area, audience="women")) == {}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Piger og kvinder på Amager", {"women"}),
        ("MÆND og drenge", {"men"}),
        ("Åben for alle", {"everybody"}),
        ("Ældre", set()),
    ],
)
def test_whom_an_association_says_it_is_for_is_understood(text, meant):
    assert meant_by(text) == meant


def test_a_text_says_nothing_of_ages(area):
    club = make_association(area, audience="Piger")
    assert number(audience.values(read(area, audience="women")), club) == 1
    assert audience.values(read(area, audience="women", age=12)) == {}


# Speaks the language -------------------------------------------------------------------------


def test_speaking_counts_more_than_holding_something_in_it(area):
    speaks, holds, other = (make_association(area) for _ in range(3))
    SpokenLanguage.objects.create(asset=speaks, code="so")
    held = make_activity(holds, languages=["da", "so"])
    make_activity(other, languages=["da"])
    values = language.values(read(area, language="so"))
    assert (number(values, speaks), number(values, holds)) == (1, 0.8)
    assert values[holds.pk].facts == (("activity", held.pk),)
    assert other.pk not in values


# Is free -------------------------------------------------------------------------------------


def is_free(area, asset, day=THURSDAY, span=EVENING):
    return free.values(read(area, day=day, span=span))[asset.pk]


@pytest.mark.parametrize(
    ("text", "worth", "kind"),
    [
        ("Onsdage kl. 17-19", 1, "meets"),
        ("Torsdage kl. 17-19", 0, "taken"),
        ("Torsdage kl. 10-12", 1, "meets"),
        ("Torsdage", 0, "taken"),
        ("efter aftale", 0.5, "unknown"),
        ("", 0.5, "unknown"),
    ],
)
def test_an_association_is_free_when_it_does_not_meet(area, text, worth, kind):
    value = is_free(area, make_association(area, meeting_times=text))
    assert (value.number, value.facts[0][0]) == (worth, kind)


@pytest.mark.parametrize(
    ("fields", "worth"),
    [
        ({}, 1),  # Wednesdays at 16
        ({"first_day": WEDNESDAY.replace(day=3)}, 0),
        ({"first_day": WEDNESDAY.replace(day=3), "repeats": "monthly"}, 0),
        ({"first_day": WEDNESDAY.replace(day=3), "repeats": "once"}, 0.5),
        ({"first_day": WEDNESDAY.replace(day=3), "begins": time(9), "ends": time(11)}, 1),
        ({"first_day": WEDNESDAY.replace(day=3), "begins": time(22), "ends": time(1)}, 0),
    ],
)
def test_an_association_is_free_when_it_holds_nothing(area, fields, worth):
    club = make_association(area)
    make_activity(club, **{"begins": time(17), "ends": time(19)} | fields)
    assert is_free(area, club).number == worth


@pytest.mark.parametrize(
    ("text", "worth", "kind"),
    [
        ("Torsdag 16-21", 1, "open"),
        ("Torsdag", 1, "open"),
        ("Torsdag 9-16", 0, "taken"),
        ("Fredag 16-21", 0, "closed"),
        ("", 0.5, "unknown"),
    ],
)
def test_a_place_is_free_when_it_is_open(area, text, worth, kind):
    value = is_free(area, make_place(area, opening_hours=text))
    assert (value.number, value.facts[0][0]) == (worth, kind)


@pytest.mark.parametrize(
    ("hours", "worth"), [((17, 21), 0), ((17, 19), 1), ((20, 21), 1), ((9, 12), 1)]
)
def test_a_place_is_free_when_an_hour_is_left(area, hours, worth):
    hall = make_place(area, opening_hours="Torsdag 17-21")
    begins, ends = hours
    day = WEDNESDAY.replace(day=3)
    make_activity(
        make_association(area), place=hall, first_day=day, begins=time(begins), ends=time(ends)
    )
    assert is_free(area, hall).number == worth


def test_a_room_shared_by_two_is_taken_by_both(area):
    hall, day = make_place(area, opening_hours="Torsdag 17-21"), WEDNESDAY.replace(day=3)
    for begins, ends in ((17, 19), (19, 21)):
        club = make_association(area)
        make_activity(club, place=hall, first_day=day, begins=time(begins), ends=time(ends))
    assert is_free(area, hall).facts == (("taken",),)


def test_an_archived_organiser_takes_no_room(area):
    hall, club = make_place(area), make_association(area, status="archived")
    day = WEDNESDAY.replace(day=3)
    make_activity(club, place=hall, first_day=day, begins=time(17), ends=time(19))
    assert is_free(area, hall).facts == (("unknown",),)


@pytest.mark.parametrize(
    ("text", "worth", "kind"),
    [("Torsdag aften", 1, "says"), ("Mandag", 0, "taken"), ("sjældent", 0.5, "unknown")],
)
def test_a_resident_is_free_when_she_says_so(area, text, worth, kind):
    value = is_free(area, make_resident(area, visibility="public", availability=text))
    assert (value.number, value.facts[0][0]) == (worth, kind)


def test_an_institution_is_free_when_it_is_open_and_holds_nothing(area):
    school = make_institution(area, opening_hours="Hverdage 8-20")
    assert is_free(area, school).facts == (("open",),)
    make_activity(school, first_day=WEDNESDAY.replace(day=3), begins=time(17), ends=time(20))
    assert is_free(area, school).facts == (("taken",),)


def test_of_a_layer_that_the_part_does_not_know_nothing_is_known(area):
    reading = read(area, day=THURSDAY, span=EVENING)
    reading.assets = {1: Row(1, "event", None, None)}
    assert free.values(reading)[1].facts == (("unknown",),)


# Close, new, known ---------------------------------------------------------------------------


@pytest.fixture
def asker(area):
    return make_institution(area, latitude=55.65, longitude=12.59).asset_ptr


def test_nearness_falls_evenly_to_nothing(area, asker):
    here = make_place(area, latitude=55.65, longitude=12.59)
    half = make_place(area, latitude=55.65 + 750 / 111_320, longitude=12.59)
    far = make_place(area, latitude=55.65 + 1501 / 111_320, longitude=12.59)
    nowhere = make_association(area)
    values = near.values(read(area, asker=asker))
    assert number(values, here) == 1
    assert number(values, half) == pytest.approx(0.5, abs=0.001)
    assert values[half.pk].facts == (("metres", 750),)
    assert far.pk not in values
    assert nowhere.pk not in values


def test_who_is_tied_is_not_new_and_who_is_tied_to_the_tied_is_known(area, asker):
    tied, known, strange = (make_association(area) for _ in range(3))
    make_link(asker, tied)
    make_link(known, tied, "supports")
    reading = read(area, asker=asker)
    new, through = ties.new(reading), ties.known(reading)
    assert set(new) == {known.pk, strange.pk}
    assert through[tied.pk].facts == (("tied",),)
    assert through[known.pk].facts == (("through", tied.pk),)
    assert strange.pk not in through


def test_of_several_ways_the_strongest_is_told(area, asker):
    loose, strong, known = (make_association(area) for _ in range(3))
    for middle, strength in ((loose, 1), (strong, 3)):
        make_link(asker, middle, strength=strength)
        make_link(known, middle, "supports", strength=strength)
    assert ties.known(read(area, asker=asker))[known.pk].facts == (("through", strong.pk),)


@pytest.mark.parametrize("hides", [{"until": "2013"}, {"visibility": "private"}])
def test_a_tie_that_ended_or_is_hidden_ties_nobody(area, asker, hides):
    tied = make_association(area)
    make_link(asker, tied, **hides)
    reading = read(area, asker=asker)
    assert tied.pk in ties.new(reading)
    assert tied.pk not in ties.known(reading)


def test_a_resident_is_told_of_and_through_only_after_her_own_yes(area, asker):
    resident = make_resident(area, visibility="public")
    beyond = make_association(area)
    make_link(resident, asker, "helps")
    make_link(resident, beyond, "helps")
    reading = read(area, asker=asker)
    assert resident.pk not in ties.new(reading)
    assert not {resident.pk, beyond.pk} & set(ties.known(reading))
    Consent.objects.give(resident, ["connect"], language="da", channel="web")
    known = ties.known(read(area, asker=asker))
    assert known[resident.pk].facts == (("tied",),)
    assert known[beyond.pk].facts == (("through", resident.pk),)
