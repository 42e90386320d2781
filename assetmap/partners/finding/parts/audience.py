"""It does something for the people who are looked for."""

from functools import lru_cache

from assetmap.activities.models import Activity
from assetmap.areas.text import fold
from associations.models import Association

from .value import Value

MeantFor = Activity.MeantFor
RIGHT_FOR, OPEN_TO = 1, 0.5
COLUMNS = ("organiser", "pk", "meant_for", "age_from", "age_to")
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
    asked, best = reading.asked, {}
    for organiser, pk, *meant in _open(reading).values_list(*COLUMNS):
        grade = graded(*meant, asked.audience, asked.age)
        if grade > best.get(organiser, (0, None))[0]:
            best[organiser] = grade, pk
    found = {key: Value(grade, (("activity", pk),)) for key, (grade, pk) in best.items()}
    if asked.audience and asked.age is None:
        found |= {key: Value(RIGHT_FOR, (("says", key),)) for key in _say_so(reading)}
    return found


def _open(reading):
    asked, rows = reading.asked, reading.activities
    rows = rows.open_to(asked.audience) if asked.audience else rows
    return rows if asked.age is None else rows.for_age(asked.age)


@lru_cache(4096)
def graded(meant_for, first, last, audience, age):
    """Return 1, 0.5 or 0 for an activity and what was asked; ages are years, None for no bound."""
    grades = []
    if audience:
        open_ = OPEN_TO if meant_for == MeantFor.EVERYBODY else 0
        grades.append(RIGHT_FOR if meant_for == audience else open_)
    if age is not None:
        fits = (first or 0) <= age <= (age if last is None else last)
        grades.append(0 if not fits else OPEN_TO if first is last is None else RIGHT_FOR)
    return min(grades)


def _say_so(reading):
    rows = Association.objects.filter(area=reading.area).exclude(audience="")
    told = rows.order_by("pk").values_list("pk", "audience")
    return [key for key, text in told if reading.asked.audience in meant_by(text)]


@lru_cache(4096)
def meant_by(text):
    """Return which of Activity.MeantFor a free text such as "Girls and women" speaks of."""
    folded = fold(text)
    return {meant for meant, words in WORDS.items() if any(word in folded for word in words)}
