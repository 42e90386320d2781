"""The finder: assets in the order of how well they fit what is asked, with why."""

import heapq
from dataclasses import dataclass
from operator import itemgetter

from .parts import audience, free, gift, language, near, role, ties, wish
from .parts.value import Value
from .reading import Reading

PARTS = {
    "gift": gift.values,
    "wish": wish.values,
    "role": role.values,
    "audience": audience.values,
    "language": language.values,
    "free": free.values,
    "near": near.values,
    "new": ties.new,
    "known": ties.known,
}
NOTHING = Value(0)
SHOWN = 20
FIRST = 100  # of whom everything is worked out before the others are looked at


@dataclass(frozen=True)
class Found:
    """An asset that fits. score: 0 to 1. parts: {name: Value}, of those asked for."""

    key: int
    score: float
    parts: dict


@dataclass(frozen=True)
class Answer:
    """The best of those who fit, and how many fit in all."""

    found: list
    number: int


def find(asked, user, number=SHOWN):
    """Return the Answer: up to `number` assets that a user may see, the best first.

    Score: the mean of the parts asked for, each counting as much as its weight:
    Σ weight × value / Σ weight. Whoever has 0 in all parts that are looked for is left out, and
    where only a time is asked, whoever is taken then. Of those with the same score the nearest
    goes first, then the one that was written down first.
    """
    if asked.is_empty:
        return Answer([], 0)
    reading = Reading(asked, user)
    values = {name: PARTS[name](reading) for name in asked.main}
    sums = _sums(asked, values)
    fitting = {key: sums[key] for key in reading.to_be_found(sums.keys())}
    sums = _in_full(reading, values, fitting, number)
    best = heapq.nsmallest(number, _ordered(asked, values, sums))
    return Answer([_found(key, -minus, values) for minus, _near, key in best], len(fitting))


def _in_full(reading, values, fitting, number):
    """{asset: Σ weight × value of all parts}, of whoever could be among the best.

    First of those who have most in the parts looked for; then of the others who could still have
    as much as the last of the best.
    """
    first = dict(heapq.nlargest(FIRST, fitting.items(), key=itemgetter(1)))
    sums = _with_lesser(reading, values, first, 0)
    others = {key: weighed for key, weighed in fitting.items() if key not in first}
    least = heapq.nlargest(number, sums.values())[-1] if len(sums) >= number else 0
    return sums | _with_lesser(reading, values, others, least)


def _with_lesser(reading, values, sums, least):
    """Add the lesser parts to the sums, and to the values, of whom they could bring to `least`."""
    weights, lesser = reading.asked.weights, reading.asked.lesser
    more = sum(weights[name] for name in lesser)
    for name in lesser:
        sums = _could_be_best(sums, more, least)
        if not sums:
            break
        reading.keep(sums.keys())
        part, weight = PARTS[name](reading), weights[name]
        values.setdefault(name, {}).update(part)
        sums = {k: n + weight * part[k].number if k in part else n for k, n in sums.items()}
        more -= weight
    return sums


def _could_be_best(sums, more, least):
    """Leave out whoever has less than others have in full, even with all that may come yet."""
    return {key: weighed for key, weighed in sums.items() if weighed + more >= least}


def _sums(asked, values):
    """{asset: Σ weight × value}, of whoever has more than 0 in one of the parts."""
    sums = {}
    for name, part in values.items():
        weight = asked.weights[name]
        for key, value in part.items():
            if value.number:
                sums[key] = sums.get(key, 0) + weight * value.number
    return sums


def found_of(asked, asset, user):
    """Return the Found of one asset, fitting or not; None if the user may not be shown it."""
    reading = Reading(asked, user, only=asset.pk)
    if asset.pk not in reading.assets:
        return None
    values = {name: PARTS[name](reading) for name in asked.parts}
    sums = {asset.pk: _sums(asked, values).get(asset.pk, 0)}
    ((minus, _near, key),) = _ordered(asked, values, sums)
    return _found(key, -minus, values)


def _ordered(asked, values, sums):
    """(-score, -nearness, key) of each, to be sorted."""
    whole = sum(asked.weights[name] for name in asked.parts) or 1
    near = values.get("near", {})
    for key, weighed in sums.items():
        yield -weighed / whole, -near.get(key, NOTHING).number, key


def _found(key, score, values):
    parts = {name: part[key] for name, part in values.items() if key in part}
    return Found(key, score, parts)
