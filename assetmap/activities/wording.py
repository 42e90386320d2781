"""When an activity happens and whom it is for, in words."""

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmap.inventory.languages import language_name

from .models import Activity
from .recurrence import LAST, which_of_month

Repeats, MeantFor = Activity.Repeats, Activity.MeantFor
RULES = {
    Repeats.WEEKLY: gettext_lazy("every %(day)s"),
    Repeats.FORTNIGHTLY: gettext_lazy("every second %(day)s"),
}
OF_MONTH = {
    1: gettext_lazy("the first %(day)s of each month"),
    2: gettext_lazy("the second %(day)s of each month"),
    3: gettext_lazy("the third %(day)s of each month"),
    4: gettext_lazy("the fourth %(day)s of each month"),
    LAST: gettext_lazy("the last %(day)s of each month"),
}


def when(activity):
    """Say when it happens: “Every Wednesday, 16.30–18.00, until 17 December 2026”."""
    said = _("%(rule)s, %(begins)s–%(ends)s") % {
        "rule": _rule(activity),
        "begins": clock(activity.begins),
        "ends": clock(activity.ends),
    }
    if activity.last_day and activity.repeats != Repeats.ONCE:
        until = date_format(activity.last_day, "DATE_FORMAT")
        said = _("%(when)s, until %(day)s") % {"when": said, "day": until}
    return capfirst(said)


def _rule(activity):
    if activity.repeats == Repeats.ONCE:
        return date_format(activity.first_day, "l j. F Y")
    text = RULES.get(activity.repeats) or OF_MONTH[which_of_month(activity.first_day)]
    return text % {"day": str(WEEKDAYS[activity.first_day.weekday()])}


def clock(time):
    return time_format(time, "H.i")


def whom(activity):
    """Say whom it is for, in a few short words each."""
    said = [str(activity.get_meant_for_display())]
    if years := _years(activity.age_from, activity.age_to):
        said.append(years)
    if activity.languages:
        said.append(", ".join(language_name(code) for code in activity.languages))
    return said


def _years(first, last):
    words = {"first": first, "last": last}
    if first is not None and last is not None:
        return _("%(first)s to %(last)s years") % words
    if first is not None:
        return _("from %(first)s years") % words
    return _("up to %(last)s years") % words if last is not None else ""
