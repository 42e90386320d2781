"""Ties worth making: the reasons joined, weighed and put in order."""

import hashlib
from collections import Counter

from assetmap.inventory.models import Offering

from ..models import Verdict
from . import apart, cells, offers, places
from .facts import load_facts, willing_in
from .reasons import Idea

# An idea's score is the sum of its reasons' scores (each 0 to 1), weighed like this.
WEIGHTS = {offers: 0.4, apart: 0.3, places: 0.2, cells: 0.1}
LEAST = 0.09  # what weighs less, such as to live close by and nothing else, is no idea
SHOWN = 50
EACH = 3  # ideas with the same asset, so that one does not fill the list
KEPT, KEPT_EACH = 500, 12  # so many more are worked out, for those that are put aside


def ideas_of(seen):
    """Return the best ideas for an area, the best first; kept as keys and numbers.

    Those put aside are still among them, so that taking one back shows it at once.
    """
    willing = willing_in(seen.area)
    mark = _mark(seen.area, willing)

    def work():
        return mark, best(find(load_facts(seen, willing)), KEPT + _put_aside(seen), KEPT_EACH)

    # What residents agree to changes no asset, so a page kept from before may be out of date.
    kept, found = seen.kept("ideas", work)
    return found if kept == mark else seen.kept(f"ideas {mark}", work)[1]


def ideas_about(seen, key):
    """Return the ideas with one asset, by its primary key, the best first; kept likewise."""
    willing = willing_in(seen.area)

    def work():
        facts = load_facts(seen, willing)
        vertex = facts.network.vertex.get(key)
        found = [] if vertex is None else find(facts, [vertex])
        return best(found, SHOWN + _put_aside(seen), None)

    return seen.kept(f"ideas about {key} {_mark(seen.area, willing)}", work)


def find(facts, vertices=None):
    """Return the Ideas of some vertices, or of all, in no order."""
    looked, found = set(), []
    for vertex in range(len(facts.network)) if vertices is None else vertices:
        for other in _candidates(facts, vertex) if facts.open[vertex] else ():
            pair = (min(vertex, other), max(vertex, other))
            if pair not in looked and facts.may_meet(*pair):
                found.append(weigh(facts, *pair))
            looked.add(pair)
    return [idea for idea in found if idea.score >= LEAST]


def _candidates(facts, vertex):
    near = facts.near(vertex)
    return {other for module in WEIGHTS for other in module.candidates(facts, vertex, near)}


def weigh(facts, one, other):
    """Return the Idea of tying two vertices, with every reason that holds; its score is 0 to 1."""
    weighed = [(weight, module.reason(facts, one, other)) for module, weight in WEIGHTS.items()]
    weighed = [(weight * reason.score, reason) for weight, reason in weighed if reason]
    weighed.sort(key=lambda row: (-row[0], row[1].kind))
    keys = facts.network.keys
    score = sum(score for score, _reason in weighed)
    return Idea(keys[one], keys[other], score, tuple(reason for _score, reason in weighed))


def best(ideas, number, each):
    """Return the best, at most `number`, and `each` with the same asset (None: any number)."""
    taken, counts = [], Counter()
    for idea in sorted(ideas, key=lambda idea: (-idea.score, idea.one, idea.other)):
        if each is None or max(counts[idea.one], counts[idea.other]) < each:
            taken.append(idea)
            counts.update((idea.one, idea.other))
        if len(taken) == number:
            break
    return taken


def _put_aside(seen):
    return Verdict.objects.in_force().filter(one__area=seen.area).count()


def _mark(area, willing):
    """A short text that changes with what the stamp of the area does not see: who said yes to
    being suggested, and words that a coordinator lets through."""
    waiting = Offering.objects.filter(waiting=True, asset__area=area).count()
    return hashlib.sha256(repr((sorted(willing), waiting)).encode()).hexdigest()[:16]
