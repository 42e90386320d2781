"""Columns that several models share."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from stdnum.dk import cvr

from .validators import check_cvr


class Latitude(models.FloatField):
    """Degrees north, -90 to 90."""

    default_validators = [MinValueValidator(-90), MaxValueValidator(90)]


class Longitude(models.FloatField):
    """Degrees east, -180 to 180."""

    default_validators = [MinValueValidator(-180), MaxValueValidator(180)]


class Website(models.URLField):
    """A web address; one typed without https:// gets it."""

    def formfield(self, **kwargs):
        return super().formfield(assume_scheme="https", **kwargs)


class CvrNumber(models.CharField):
    """A Danish company number: eight digits, kept without the spaces that people type."""

    default_validators = [check_cvr]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 8, "blank": True, **kwargs})

    def to_python(self, value):
        return cvr.compact(super().to_python(value) or "")

    def formfield(self, **kwargs):
        return super().formfield(**{"max_length": 11, **kwargs})
