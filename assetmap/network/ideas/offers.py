"""What one gives and the other wishes for."""

from .reasons import FEW, Reason

KIND = "offers"
MANY = 200  # who give or wish for the same; of more, those close by are looked at
SAID = 3  # matches that are told


def candidates(facts, vertex, near):
    """Vertices that give what this one wishes for or wish for what it gives, the nearest few."""
    found = set()
    for whats, whose in ((facts.seeks, facts.givers), (facts.gives, facts.seekers)):
        for what in whats[vertex]:
            others = _fewer(whose.get(what, ()), near)
            found.update(facts.nearest(vertex, others, FEW))
    return facts.nearest(vertex, found - {vertex}, FEW)


def _fewer(others, near):
    if len(others) <= MANY:
        return others
    close = {other for _metres, other in near}
    return [other for other in others if other in close] or others[:MANY]


def reason(facts, one, other):
    """Return the Reason, or None. score: 1 - 1/2^k for k gifts that match either way.

    facts: (vertex that wishes, its offering, vertex that gives, its offering) of each match, as
    primary keys; the offering of a place that is itself the room is 0.
    """
    matches = [*_matches(facts, one, other), *_matches(facts, other, one)]
    if not matches:
        return None
    return Reason(KIND, 1 - 0.5 ** len(matches), tuple(matches[:SAID]))


def _matches(facts, seeker, giver):
    seeks, gives, keys = facts.seeks[seeker], facts.gives[giver], facts.network.keys
    both = [(seeks[what], gives[what]) for what in seeks if what in gives]
    return [(keys[seeker], wish, keys[giver], gift) for wish, gift in sorted(both)]
