"""It does something for the people who are looked for."""

from functools import lru_cache

from django.db.models import Min, Q

from assetmap.activities.models import Activity
from assetmap.areas.text import fold
from associations.models import Association

from .value import Value

MeantFor = Activity.MeantFor
RIGHT_FOR, OPEN_TO = 1, 0.5
# Parts of words by which an association says whom it is for, folded.
WORDS = {
    MeantFor.WOMEN: ("kvind", "pige", "moedre", "women", "girl", "mothers"),
    MeantFor.MEN: ("maend", "dreng", "faedre", "boys", "fathers"),
    MeantFor.EVERYBODY: ("alle", "everybody", "everyone"),
}


def values(reading):
    """The best of its activities that suits: for each thing asked (sex, age) it counts 1 if the
    activity is meant for just that, 0.5 if it is open to all, and the lower of the two holds.
    An association that says in words that it is for them counts 1, if no age is asked.

    facts: ("activity", activity) or ("says", association).
    """
    asked = reading.asked
    rows = _open(reading).values_list("organiser")
    rows = rows.annotate(right=Min("pk", filter=_meant_for_just(asked)), first=Min("pk"))
    found = {key: _value(right, first) for key, right, first in rows}
    if asked.audience and asked.age is None:
        found |= {key: Value(RIGHT_FOR, (("says", key),)) for key in _say_so(reading)}
    return found


def _open(reading):
    asked, rows = reading.asked, reading.held
    rows = rows.open_to(asked.audience) if asked.audience else rows
    return rows if asked.age is None else rows.for_age(asked.age)


def _meant_for_just(asked):
    """Of those that are open to whom is asked for: which are not so merely as open to all."""
    sex = Q(meant_for=asked.audience) if asked.audience else Q()
    return sex if asked.age is None else sex & ~Q(age_from=None, age_to=None)


def _value(right, first):
    """right: the first activity meant for just that, if any; first: the first of all."""
    grade, activity = (RIGHT_FOR, right) if right else (OPEN_TO, first)
    return Value(grade, (("activity", activity),))


def _say_so(reading):
    rows = Association.objects.filter(area=reading.area).exclude(audience="")
    told = rows.values_list("pk", "audience").order_by()
    return [key for key, text in told if reading.asked.audience in meant_by(text)]


@lru_cache(4096)
def meant_by(text):
    """Return which of Activity.MeantFor a free text such as "Girls and women" speaks of."""
    folded = fold(text)
    return {meant for meant, words in WORDS.items() if any(word in folded for word in words)}
