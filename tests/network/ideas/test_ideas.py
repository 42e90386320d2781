import pickle
import random
from collections import Counter

import pytest

from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Offering
from assetmap.network.ideas import ideas
from assetmap.network.ideas.cells import NEAREST
from assetmap.network.ideas.ideas import WEIGHTS, best, find, ideas_about, ideas_of, weigh
from assetmap.network.ideas.reasons import FEW, Idea, Reason
from assetmap.network.models import Verdict
from assetmap.network.store import Seen
from residents.models import Consent
from tests import factories
from tests.network.ideas.rows import (
    agree,
    facts_of,
    ideas_in,
    make_willing,
    metres_north,
)
from tests.network.made import clique, islands, made


def of(area):
    return ideas_of(Seen(area, "coordinator"))


def pairs(area):
    return [(idea.one, idea.other) for idea in of(area)]


@pytest.fixture
def sewing(guild, library):
    """The pair that has an idea."""
    return guild.pk, library.pk


# Which pairs


def test_who_gives_and_who_wishes_are_an_idea(area, sewing):
    assert pairs(area) == [sewing]


@pytest.mark.parametrize("tie", [{}, {"until": "2001"}, {"since": "2099"}])
def test_who_has_or_had_or_will_have_a_tie_is_no_idea(area, guild, library, tie):
    factories.make_link(guild, library, **tie)
    assert pairs(area) == []


def test_who_is_archived_is_no_idea(area, guild, library, sewing):
    assert pairs(area) == [sewing]
    Asset.objects.filter(pk=library.pk).update(status=Status.ARCHIVED)
    assert pairs(area) == []


def test_another_area_is_no_idea(area, other_area, guild):
    factories.make_offering(factories.make_association(other_area), "HR7", "can")
    assert pairs(area) == []


def test_a_tie_that_would_reveal_something_about_a_person_is_no_idea(area, guild):
    church = factories.make_institution(area, "Kirken", reveals=True, opening_hours="Altid åbent")
    factories.make_offering(church, "HR7", "can")
    fatma = make_willing(area, "Fatma", visibility="public", availability="Altid")
    factories.make_offering(fatma, "HR7", "learn")
    assert list(ideas_in(area)) == [("Bylauget", "Kirken")]


def test_saying_yes_or_no_to_being_suggested_counts_at_once(area, guild):
    fatma = factories.make_resident(area, "Fatma", visibility="public")
    factories.make_offering(fatma, "HR7", "can")
    assert pairs(area) == []
    agree(fatma)
    assert pairs(area) == [(guild.pk, fatma.pk)]
    Consent.objects.withdraw(fatma, Consent.Purpose.CONNECT)
    assert pairs(area) == []


def test_words_that_a_coordinator_lets_through_count_at_once(area, guild, library, sewing):
    guild.offerings.update(waiting=True)
    assert pairs(area) == []
    Offering.objects.update(waiting=False)
    assert pairs(area) == [sewing]


def test_those_put_aside_stay_for_when_they_are_taken_back(area, guild, library, sewing):
    Verdict.objects.create(one=guild.asset_ptr, other=library.asset_ptr)
    assert pairs(area) == [sewing]


@pytest.mark.once
@pytest.mark.parametrize("network", [made(0, []), made(1, []), made(5, []), clique(6)])
def test_an_area_in_which_nothing_can_be_tied_has_no_idea(network):
    assert find(facts_of(network)) == []


@pytest.mark.once
def test_many_islands_have_no_idea_without_a_reason():
    assert find(facts_of(islands(500))) == []


def test_an_empty_area_has_no_idea(area):
    assert of(area) == []


# In which order


def test_score_is_the_sum_of_the_parts(area, guild, library):
    hall = factories.make_place(area, "Hallen", opening_hours="Onsdag 16-18")
    factories.make_link(library, hall, "uses")
    for asset in (guild, library):
        Asset.objects.filter(pk=asset.pk).update(cell=1, **metres_north(75))
    (idea,) = [idea for idea in ideas_in(area).values() if idea.other == library.pk]
    parts = {module.KIND: weight for module, weight in WEIGHTS.items()}
    assert idea.score == pytest.approx(sum(parts[r.kind] * r.score for r in idea.reasons))
    assert {r.kind for r in idea.reasons} >= {"offers", "places"}


@pytest.mark.once
def test_weights_sum_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def an_idea(one, other, score):
    return Idea(one, other, score, (Reason("offers", score, ()),))


@pytest.mark.once
def test_the_best_come_first_and_equals_in_the_order_of_their_keys():
    rows = [an_idea(3, 4, 0.2), an_idea(1, 2, 0.2), an_idea(5, 6, 0.9), an_idea(1, 4, 0.2)]
    ranked = [(idea.one, idea.other) for idea in best(rows, 10, None)]
    assert ranked == [(5, 6), (1, 2), (1, 4), (3, 4)]
    assert best(rows[::-1], 10, None) == best(rows, 10, None)


@pytest.mark.once
def test_one_asset_does_not_fill_the_list():
    rows = [an_idea(1, other, 0.9) for other in range(2, 40)] + [an_idea(50, 51, 0.1)]
    found = best(rows, 50, 3)
    assert [(idea.one, idea.other) for idea in found] == [(1, 2), (1, 3), (1, 4), (50, 51)]


@pytest.mark.once
def test_the_list_is_bounded():
    rows = [an_idea(2 * n, 2 * n + 1, 0.5) for n in range(200)]
    assert len(best(rows, 50, 3)) == 50


# About one asset


def test_ideas_about_an_asset_are_all_of_it_and_no_others(area, guild, library):
    singers = [factories.make_association(area, name) for name in ("Koret", "Orkestret")]
    for singer, mode in zip(singers, ("can", "join"), strict=True):
        factories.make_offering(singer, "MS1", mode)
    seen = Seen(area, "coordinator")
    assert len(ideas_of(seen)) == 2
    (idea,) = ideas_about(seen, guild.pk)
    assert (idea.one, idea.other) == (guild.pk, library.pk)
    assert idea in ideas_of(seen)
    assert ideas_about(seen, -1) == []


def test_a_neighbour_who_did_not_say_yes_has_no_ideas(area, guild):
    fatma = factories.make_resident(area, "Fatma")
    factories.make_offering(fatma, "HR7", "can")
    assert ideas_about(Seen(area, "coordinator"), fatma.pk) == []


# Kept


def test_ideas_are_worked_out_once(area, sewing, monkeypatch):
    first = of(area)
    monkeypatch.setattr(ideas, "find", None)
    assert of(area) == first


def test_no_word_is_kept(area, sewing):
    kept = pickle.dumps(of(area))
    for word in ("Bylauget", "Solvang", "Onsdage", "HR7"):
        assert word.encode() not in kept


@pytest.mark.once
def test_only_a_few_pairs_are_weighed_for_each_asset(monkeypatch):
    weighed = Counter()

    def count(facts, one, other):
        weighed[one] += 1
        return weigh(facts, one, other)

    monkeypatch.setattr(ideas, "weigh", count)
    assert len(best(find(a_town(600, 1800)), 500, 12)) == 500
    assert sum(weighed.values()) <= 600 * (4 * FEW + NEAREST)


def a_town(number, ties):
    """Facts as in a neighbourhood: all willing, two kilometres across, each with a few gifts."""
    draw = random.Random(6)  # noqa: S311
    layers = draw.choices(
        ["resident", "association", "institution", "place"], (50, 20, 10, 20), k=number
    )
    ends = [tuple(draw.sample(range(number), 2)) for _ in range(ties)]
    hours = [{}, {2: ()}, dict.fromkeys(range(5), ((540, 960),)), {5: ((600, 690),)}]
    return facts_of(
        made(number, ends, layers=layers),
        spots=[(draw.uniform(0, 2000), draw.uniform(0, 2000)) for _ in range(number)],
        hours=draw.choices(hours, k=number),
        gives=[dict.fromkeys(draw.sample(range(90), 2), n + 1) for n in range(number)],
        seeks=[dict.fromkeys(draw.sample(range(90), 1), n + 1) for n in range(number)],
    )
