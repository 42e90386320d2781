"""What happens, as a part of the list's filter: on which day, when on it, and for whom."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from assetmap.activities.filters import TIMES
from assetmap.activities.models import Activity
from assetmap.activities.recurrence import today

DAYS = [(str(number), name) for number, name in WEEKDAYS.items()]
TIMES_OF_DAY = [(name, words) for name, (words, _first, _last) in TIMES.items()]
AUDIENCES = Activity.MeantFor.choices
QUESTIONS = [
    ("day", _("Day"), DAYS),
    ("time", _("Time"), TIMES_OF_DAY),
    ("audience", _("For"), AUDIENCES),
]
ASKED = {"day", "time", "audience", "age"}


def happening(chosen, user, area):
    """Return the activities that a user sees and that fit all that was chosen of them.

    chosen: the filter's parameters. area=None looks in all areas. None if nothing was asked.
    """
    if not ASKED & set(chosen):
        return None
    rows = Activity.objects.visible_to(user).going_on(today()).order_by()
    rows = rows.filter(area=area) if area else rows
    if "day" in chosen:
        rows = rows.on_weekday(int(chosen["day"]))
    if "time" in chosen:
        _said, first, last = TIMES[chosen["time"]]
        rows = rows.begin_between(first, last)
    if "audience" in chosen:
        rows = rows.open_to(chosen["audience"])
    return rows.for_age(chosen["age"]) if "age" in chosen else rows


def questions(chosen, area, user):
    """Return what a page asks: [(parameter, label, [(value, words, whether it is chosen), …]), …].

    Nothing where nothing happens, unless it was asked for.
    """
    if not (ASKED & set(chosen) or Activity.objects.visible_to(user).filter(area=area).exists()):
        return []
    return [
        (name, label, [(value, words, chosen.get(name) == value) for value, words in choices])
        for name, label, choices in QUESTIONS
    ]
