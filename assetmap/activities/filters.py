"""What one may ask of a week: a day, a time, for whom, in which language, what, for free."""

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.languages import language_choices
from assetmap.inventory.models import Gift

from .models import Activity
from .models.activity import OLDEST
from .recurrence import read_week, today, week_of

MeantFor = Activity.MeantFor
TIMES = {
    "morning": (_("in the morning"), 0, 12),
    "afternoon": (_("in the afternoon"), 12, 17),
    "evening": (_("in the evening"), 17, 24),
}
ANY = [("", _("any"))]


class WeekField(forms.CharField):
    """A week such as 2026-W49, as its Monday."""

    def to_python(self, value):
        text = super().to_python(value)
        try:
            return read_week(text) if text else None
        except ValueError:
            raise forms.ValidationError(_("Write a week as 2026-W49.")) from None


class WeekFilter(forms.Form):
    """What means nothing is said, and left out."""

    week = WeekField(label=_("Week"), required=False)
    day = forms.TypedChoiceField(label=_("Day"), required=False, coerce=int, empty_value=None)
    time = forms.ChoiceField(
        label=_("Time"),
        required=False,
        choices=[*ANY, *((name, words) for name, (words, _from, _to) in TIMES.items())],
    )
    meant_for = forms.ChoiceField(
        label=_("For"), required=False, choices=[*ANY, *MeantFor.choices]
    )
    age = forms.IntegerField(label=_("Age"), required=False, min_value=0, max_value=OLDEST)
    language = forms.ChoiceField(label=_("Language"), required=False)
    gift = forms.ModelChoiceField(
        Gift.objects.all(), required=False, to_field_name="code", widget=forms.HiddenInput
    )
    free = forms.BooleanField(label=_("Only what is free"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = [(number, capfirst(str(name))) for number, name in WEEKDAYS.items()]
        self.fields["day"].choices = [*ANY, *days]
        self.fields["language"].choices = [*ANY, *language_choices()]

    @property
    def chosen(self):
        """{name: what was asked for}, of all that is asked and means something."""
        self.is_valid()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value is not None and value is not False and value != ""  # Monday is 0
        }

    @property
    def monday(self):
        return self.chosen.get("week") or week_of(today())[0]

    @property
    def narrows(self):
        return set(self.chosen) - {"week"}

    def of(self, activities):
        """Those of some activities that could fit, as far as their columns say."""
        chosen = self.chosen
        if "gift" in chosen:
            activities = activities.filter(gifts=chosen["gift"])
        if "meant_for" in chosen:
            activities = activities.open_to(chosen["meant_for"])
        return activities.filter(price="") if "free" in chosen else activities

    def fits(self, occurrence):
        """Whether one of their occurrences does."""
        chosen, activity = self.chosen, occurrence.activity
        _words, first, last = TIMES.get(chosen.get("time"), ("", 0, 24))
        return (
            chosen.get("day", occurrence.day.weekday()) == occurrence.day.weekday()
            and first <= activity.begins.hour < last
            and ("age" not in chosen or activity.suits(chosen["age"]))
            and ("language" not in chosen or chosen["language"] in activity.languages)
        )
