import pytest

from assetmap.network.ideas import cells
from assetmap.network.ideas.ideas import find
from tests.network.ideas.rows import facts_of
from tests.network.made import made

pytestmark = pytest.mark.once

LAYERS = ["association"] * 3 + ["institution"]
SECTORS = ["civil"] * 3 + ["public"]
TIES = [(0, 1), (1, 2), (0, 2)]


def facts_with(spots):
    return facts_of(made(4, TIES, layers=LAYERS, sectors=SECTORS), spots=spots)


def test_an_empty_cell_brings_together_those_who_are_close():
    facts = facts_with([(0.0, 0.0), (900.0, 0.0), (1000.0, 0.0), (30.0, 40.0)])
    (idea,) = find(facts)
    assert (idea.one, idea.other) == (100, 103)
    (reason,) = [reason for reason in idea.reasons if reason.kind == "cells"]
    assert reason.facts == ("sector", "civil", "public", True)
    assert reason.score == pytest.approx(0.5 + 0.5 * (1 - 50 / 150))


def test_who_lies_nowhere_gets_no_idea_from_an_empty_cell_alone():
    facts = facts_with([None] * 4)
    assert not find(facts)
    assert cells.reason(facts, 0, 3).score == 0.5


def test_a_cell_with_ties_enough_is_no_reason():
    facts = facts_with([(0.0, 0.0)] * 4)
    assert cells.reason(facts, 0, 1) is None


def test_reason_is_the_same_from_both_ends():
    facts = facts_with([(0.0, 0.0)] * 4)
    assert cells.reason(facts, 0, 3) == cells.reason(facts, 3, 0)


def test_a_place_has_no_sector_to_be_missed_in():
    network = made(2, [], layers=["association", "place"], sectors=["civil", ""])
    assert cells.reason(facts_of(network), 0, 1).facts[0] == "layer"
