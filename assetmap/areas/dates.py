"""Dates as people know them: a year, a month or a day, never made more exact than that."""

import re
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

_TYPED = {
    "%Y": "%Y",
    "%Y-%m": "%Y-%m",
    "%Y-%m-%d": "%Y-%m-%d",
    "%m-%Y": "%Y-%m",
    "%d-%m-%Y": "%Y-%m-%d",
}


def read_partial_date(text):
    """Return what was typed as "2013", "2013-05" or "2013-05-17"; raise ValidationError else."""
    plain = re.sub(r"[./ ]+", "-", str(text).strip())
    for typed, kept in _TYPED.items():
        try:
            when = datetime.strptime(plain, typed)
        except ValueError:
            continue
        if when.year >= 1000:  # fewer digits would not sort
            return when.strftime(kept)
    raise ValidationError(
        _("Write a year (2013), a month (5.2013) or a date (17.5.2013)."), code="date"
    )


def show_partial_date(text):
    """Return a kept date in words, in the language in use."""
    parts = [int(part) for part in (text or "").split("-") if part]
    if len(parts) == 3:
        return date_format(date(*parts))
    if len(parts) == 2:
        return f"{MONTHS[parts[1]]} {parts[0]}"
    return text or ""


def decimal_year(text):
    """Return a kept date as a number for the axis of a chart: "2013-07" is 2013.5."""
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return year + (month - 1) / 12 + (day - 1) / 365


class PartialDateFormField(forms.CharField):
    """Takes a date as typed in Danish or ISO order."""

    def clean(self, value):
        value = super().clean(value)
        return read_partial_date(value) if value else ""


class PartialDateField(models.CharField):
    """A date of which the day, or the month too, may be unknown; kept as ISO text that sorts."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        return read_partial_date(value) if value else ""

    def formfield(self, **kwargs):
        return super().formfield(
            **{"form_class": PartialDateFormField, "max_length": 20, **kwargs}
        )
