import pytest

from assetmap.network.ideas import offers
from tests import factories
from tests.network.ideas.rows import facts_in, facts_of, ideas_in, make_willing, reasons_in
from tests.network.made import made


def test_a_gift_meets_a_wish(area, guild, library):
    (match,) = reasons_in(area, "offers")["Bylauget", "Solvang Bibliotek"]
    wish, gift = guild.offerings.get(), library.offerings.get()
    assert match == (guild.pk, wish.pk, library.pk, gift.pk)


@pytest.mark.parametrize("gives", ["can", "teach"])
@pytest.mark.parametrize("seeks", ["learn", "join"])
def test_either_way_to_give_meets_either_way_to_wish(area, gives, seeks):
    factories.make_offering(factories.make_association(area, "Koret"), "MS1", gives)
    factories.make_offering(factories.make_association(area, "Skolen"), "MS1", seeks)
    assert reasons_in(area, "offers")


@pytest.mark.parametrize(("one", "other"), [("can", "teach"), ("learn", "join"), ("join", "join")])
def test_two_who_give_or_two_who_wish_do_not_meet(area, one, other):
    factories.make_offering(factories.make_association(area), "MS1", one)
    factories.make_offering(factories.make_association(area), "MS1", other)
    assert not reasons_in(area, "offers")


def test_another_gift_does_not_meet_a_wish(area, guild):
    factories.make_offering(factories.make_association(area), "MS1", "can")
    assert not reasons_in(area, "offers")


def test_the_same_own_words_meet(area):
    for mode, text in (("can", "Strikke huer"), ("join", " strikke HUER")):
        factories.make_offering(factories.make_association(area), None, mode, text=text)
    assert len(reasons_in(area, "offers")) == 1


def test_teaching_is_told_before_doing(area, guild, library):
    factories.make_offering(library, "HR7", "can")
    (match,) = reasons_in(area, "offers")["Bylauget", "Solvang Bibliotek"]
    assert match[3] == library.offerings.get(mode="teach").pk


def test_a_room_meets_the_wish_for_a_room(area, guild):
    wish = factories.make_offering(guild, "EA6", "join")
    room = factories.make_place(area, "Salen", kind="room")
    factories.make_place(area, "Parken", kind="park")
    found = reasons_in(area, "offers")
    assert found == {("Bylauget", "Salen"): ((guild.pk, wish.pk, room.pk, 0),)}


@pytest.mark.parametrize("hidden", [{"waiting": True}, {"reveals": True}])
def test_what_waits_or_reveals_is_no_reason(area, guild, library, hidden):
    guild.offerings.update(**hidden)
    assert not reasons_in(area, "offers")


def test_only_neighbours_who_said_yes_are_in_an_idea(area, guild):
    shy = factories.make_resident(area, "Shy", visibility="public")
    factories.make_offering(shy, "HR7", "teach")
    factories.make_offering(make_willing(area, "Fatma", visibility="public"), "HR7", "teach")
    assert list(ideas_in(area)) == [("Bylauget", "Fatma")]


def test_nobody_meets_herself(area, guild):
    factories.make_offering(guild, "HR7", "can")
    assert not ideas_in(area)


def test_more_matches_weigh_more_and_both_ways_count(area, guild, library):
    first = ideas_in(area)["Bylauget", "Solvang Bibliotek"].score
    factories.make_offering(library, "FG7", "join")
    factories.make_offering(guild, "FG7", "can")
    facts = facts_in(area)
    assert offers.reason(facts, 0, 1).score == 0.75
    assert ideas_in(area)["Bylauget", "Solvang Bibliotek"].score > first


@pytest.mark.once
def test_of_many_who_give_the_nearest_few_are_named():
    network = made(1000, [])
    facts = facts_of(
        network,
        spots=[(float(number), 0.0) for number in range(1000)],
        seeks=[{7: 1}, *({} for _ in range(999))],
        gives=[{}, *({7: number} for number in range(2, 1001))],
    )
    assert offers.candidates(facts, 0, facts.near(0)) == list(range(1, 7))
