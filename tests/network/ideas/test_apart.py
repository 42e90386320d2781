import math

import pytest

from assetmap.network.ideas import apart
from assetmap.network.ideas.facts import HUB
from assetmap.network.ideas.ideas import find
from tests.network.ideas.rows import facts_of
from tests.network.made import clique, made, star

pytestmark = pytest.mark.once

SQUARE = [(0, 2), (0, 3), (1, 2), (1, 3)]  # 0 and 1 have 2 and 3 in common, and the other way


def pairs_of(facts):
    keys = facts.network.vertex
    return {(keys[idea.one], keys[idea.other]) for idea in find(facts)}


def test_two_others_in_common_are_a_reason():
    facts = facts_of(made(4, SQUARE))
    assert pairs_of(facts) == {(0, 1), (2, 3)}
    assert apart.reason(facts, 0, 1).facts == (2, (102, 103))


def test_one_in_common_is_too_few():
    facts = facts_of(made(3, [(0, 1), (1, 2)]))
    assert apart.reason(facts, 0, 2) is None
    assert not find(facts)


def test_score_is_that_of_adamic_and_adar():
    facts = facts_of(made(6, [*SQUARE, (3, 4), (3, 5)]))
    total = 1 / math.log(2) + 1 / math.log(4)
    assert apart.reason(facts, 0, 1).score == pytest.approx(total / (1 + total))
    assert apart.reason(facts, 0, 1) == apart.reason(facts, 1, 0)


def test_the_less_known_are_named_first():
    facts = facts_of(made(7, [*SQUARE, (2, 5), (2, 6), (0, 4), (1, 4)]))
    assert apart.reason(facts, 0, 1).facts == (3, (103, 104))


def test_who_may_not_be_suggested_is_neither_an_end_nor_in_between():
    network = made(4, SQUARE, layers=["association", "association", "resident", "association"])
    facts = facts_of(network, open=[True, True, False, True])
    assert apart.reason(facts, 0, 1) is None
    assert not find(facts)


def test_what_reveals_about_a_person_is_nothing_to_have_in_common():
    layers = ["resident", "association", "institution", "association"]
    reveals = [False, False, True, False]
    facts = facts_of(made(4, SQUARE, layers=layers), reveals=reveals)
    assert apart.reason(facts, 0, 1) is None
    without_people = facts_of(made(4, SQUARE), reveals=reveals)
    assert apart.reason(without_people, 0, 1) is not None


def test_what_all_are_tied_to_is_nothing_to_have_in_common():
    hub = [(0, other) for other in range(3, HUB + 3)]
    facts = facts_of(made(HUB + 3, [*hub, (3, 1), (4, 1), (3, 2), (4, 2), (1, 0)]))
    assert apart.reason(facts, 1, 2).facts[0] == 2
    assert facts.common(3, 5) == []


def test_a_place_in_common_is_told_elsewhere():
    network = made(4, SQUARE, layers=["association", "association", "place", "place"])
    assert apart.reason(facts_of(network), 0, 1) is None


@pytest.mark.parametrize("network", [clique(6), star(1), made(0, []), made(1, []), made(5, [])])
def test_nothing_is_apart_where_all_or_none_are_tied(network):
    assert apart.KIND not in {r.kind for idea in find(facts_of(network)) for r in idea.reasons}
