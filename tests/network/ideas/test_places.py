import pytest

from assetmap.network.ideas import places
from tests import factories
from tests.network.ideas.rows import ideas_in, make_willing, metres_north, reasons_in

WEDNESDAY = 2


@pytest.fixture
def hall(area):
    """A hall, in an area where a group has a tie to a place already."""
    club = factories.make_association(area, "Klubben")
    field = factories.make_place(area, "Banen", latitude=None, longitude=None)
    factories.make_link(club, field, "uses")
    return factories.make_place(area, "Hallen", opening_hours="Hverdage 10-18")


def near_guild(area, metres, times="Onsdage kl. 16.30"):
    return factories.make_association(
        area, "Bylauget", meeting_times=times, **metres_north(metres)
    )


def test_close_by_and_on_the_same_day_is_an_idea(area, hall):
    near_guild(area, 118)
    facts = reasons_in(area, "places")
    assert facts == {("Hallen", "Bylauget"): (120, (WEDNESDAY,), ())}


def test_close_by_is_not_enough_by_itself(area, hall):
    near_guild(area, 10, "Søndage")
    assert not ideas_in(area)


def test_at_other_hours_of_the_same_day_is_not_at_the_same_time(area, hall):
    near_guild(area, 10, "Onsdage kl. 19")
    assert not ideas_in(area)


def test_too_far_apart_is_no_reason(area, hall):
    near_guild(area, 160)
    assert not ideas_in(area)


def test_what_lies_nowhere_is_close_to_nothing(area, hall):
    factories.make_association(area, "Bylauget", meeting_times="Onsdage kl. 16.30")
    assert not ideas_in(area)


def test_tied_to_the_same_place_is_a_reason_wherever_they_lie(area, hall):
    for name, times in (("Koret", "Onsdage"), ("Bylauget", "Onsdage")):
        group = factories.make_association(area, name, meeting_times=times)
        factories.make_link(group, hall, "meets_at")
    facts = reasons_in(area, "places")
    assert facts == {("Koret", "Bylauget"): (-1, (WEDNESDAY,), (hall.pk,))}


def test_two_places_are_not_brought_together(area, hall):
    factories.make_place(area, "Salen", opening_hours="Altid åbent")
    assert not ideas_in(area)


def test_when_it_suits_a_neighbour_counts(area, hall):
    make_willing(area, "Fatma", availability="Onsdage", visibility="public", **metres_north(0))
    assert ("Hallen", "Fatma") in ideas_in(area)


def test_the_nearer_the_more_it_weighs(area, hall):
    near_guild(area, 10)
    near_guild(area, 140).name = "Fjernt"
    near, far = [idea.score for idea in ideas_in_order(area)][:2]
    assert near > far


def ideas_in_order(area):
    found = ideas_in(area, by=lambda asset: asset.pk).values()
    return sorted(found, key=lambda idea: (idea.one, idea.other))


def test_score_never_leaves_its_bounds(area, hall):
    near_guild(area, 0)
    (idea,) = ideas_in(area).values()
    assert idea.reasons[0].score == pytest.approx(0.8)
    assert idea.reasons[0].kind == places.KIND
