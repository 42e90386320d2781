"""Every reason that is shown is true, whatever the area: held against the rows themselves."""

import re
from collections import Counter

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from assetmap.network.ideas.cards import cards_of
from assetmap.network.ideas.ideas import EACH, SHOWN, best, ideas_of
from assetmap.network.store import Seen
from tests.network.ideas.town import FIELDS, TIMES, Town
from tests.network.ideas.truths import is_true

a_gift = some.tuples(
    some.sampled_from(["MS1", "EA6"]), some.sampled_from(["can", "teach", "learn", "join"])
)
an_asset = some.fixed_dictionaries(
    {
        "layer": some.sampled_from(sorted(FIELDS)),
        "north": some.sampled_from([None, 0, 3, 60, 120, 400]),
        "times": some.sampled_from(sorted(TIMES)),
        "willing": some.booleans(),
        "kind": some.sampled_from(["room", "park"]),
        "sector": some.sampled_from(["public", "private", "civil"]),
        "gifts": some.lists(a_gift, unique=True, max_size=3),
    }
)
a_tie = some.tuples(some.integers(0, 8), some.integers(0, 8), some.sampled_from(["", "2001"]))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(assets=some.lists(an_asset, min_size=2, max_size=9), ties=some.lists(a_tie, max_size=20))
def test_every_reason_shown_is_true(area, coordinator, assets, ties):
    with transaction.atomic():
        town = Town(area, assets, ties)
        ideas = best(ideas_of(Seen.by(coordinator, area)), SHOWN, EACH)
        cards = cards_of(ideas, area, coordinator)
        assert len(cards) == len(ideas)
        for card in cards:
            check(card, town)
        ends = Counter(end.key for card in cards for end in (card.one, card.other))
        assert max(ends.values(), default=0) <= EACH
        transaction.set_rollback(True)


def check(card, town):
    one, other = town.made[card.one.name], town.made[card.other.name]
    assert not town.has_tie(one, other)
    assert {one.layer, other.layer} != {"place"}
    assert card.reasons
    for sentence in card.reasons:
        assert is_true(sentence, town, one, other), sentence
        assert all(town.may_be_named(name) for name in re.findall(r"Asset\d", sentence))
