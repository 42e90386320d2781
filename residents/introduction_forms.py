"""Asking to be introduced, and saying yes to it."""

from datetime import timedelta

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .models import Introduction

PERIOD = timedelta(hours=24)
BY_ONE_ASKER = 5  # new introductions in the period, in one area
TO_ONE_RESIDENT = 3  # new introductions in the period, from everybody together


class WordsForm(forms.ModelForm):
    """Words of an introduction: none may be left out while it is open."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._meta.fields:
            self.fields[name].required = True
            self.fields[name].widget.attrs["dir"] = "auto"


class AskForm(WordsForm):
    """What the asker would like to do together, and what she shows of herself after a yes."""

    agrees = forms.BooleanField(
        label=_("My name and number may be seen if the answer is yes"),
        error_messages={"required": _("Tick the box: both must agree before names are shown.")},
    )

    class Meta:
        model = Introduction
        fields = ["message", "asker_name", "asker_contact"]
        labels = {"message": _("What would you like to do together?")}
        widgets = {"asker_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def clean(self):
        cleaned = super().clean()
        resident, everything = self.instance.resident, Introduction.objects.all()
        self._refuse_at(
            again_at(everything.filter(resident=resident), TO_ONE_RESIDENT),
            _("This neighbour has been asked by several people today. Try again after %(when)s."),
        )
        own = everything.filter(asker=self.instance.asker, resident__area=resident.area_id)
        self._refuse_at(
            again_at(own, BY_ONE_ASKER),
            _("You have asked several people today. Try again after %(when)s."),
        )
        return cleaned

    def _refuse_at(self, again, sentence):
        if again:
            when = date_format(timezone.localtime(again), "DATETIME_FORMAT")
            self.add_error(NON_FIELD_ERRORS, sentence % {"when": when})

    def _get_validation_exclusions(self):
        """Who asks whom is set by the page, so the constraint on it holds here too."""
        return super()._get_validation_exclusions() - {"resident", "asker", "state"}


def again_at(introductions, limit):
    """Return when one more may be asked, or None if it may be now."""
    recent = introductions.filter(created_at__gt=timezone.now() - PERIOD)
    times = recent.order_by("-created_at").values_list("created_at", flat=True)
    full = times[limit - 1 : limit].first()
    return full + PERIOD if full else None


class AnswerForm(WordsForm):
    """Her yes: the name and the number that she wants to show to this one person."""

    class Meta:
        model = Introduction
        fields = ["resident_name", "resident_contact"]
        widgets = {"resident_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args, closed, **kwargs):
        super().__init__(*args, **kwargs)
        self.closed = closed

    def clean(self):
        if self.closed:
            raise forms.ValidationError(self.closed)
        if self.data.get("answer") != "yes":
            raise forms.ValidationError(_("Say yes or no."))
        return super().clean()
