"""How the filter reads its parameters: each bad value gets a sentence, the rest still holds."""

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assetmap.activities.models.activity import OLDEST
from assetmap.areas.text import fold, words_in
from assetmap.inventory.models import Asset

NO_AGE = _("Write an age as a whole number of years, such as 12.")


class FacetField(forms.MultipleChoiceField):
    """The values of a facet; those that mean nothing are left out, and said by the form."""

    def clean(self, value):
        values = [value for value in value or [] if value]
        self.unknown = [value for value in values if not self.valid_value(value)]
        return [value for value in values if value not in self.unknown]


class FacetFilter(filters.MultipleChoiceFilter):
    field_class = FacetField

    def __init__(self, *args, **kwargs):
        # One row a hit whichever facet is chosen, so DISTINCT would only cost time.
        super().__init__(*args, **{"distinct": False, **kwargs})


class BBoxField(forms.CharField):
    """A box as west,south,east,north in degrees."""

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            west, south, east, north = map(float, value.split(","))
        except ValueError:
            raise self.refusal() from None
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise self.refusal()
        return west, south, east, north

    @staticmethod
    def refusal():
        return ValidationError(_("The map section is not west,south,east,north in degrees."))


class BBoxFilter(filters.Filter):
    field_class = BBoxField


class AgeFilter(filters.Filter):
    """Years of age, as a whole number."""

    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        wrong = dict.fromkeys(("invalid", "min_value", "max_value"), NO_AGE)
        super().__init__(
            *args, min_value=0, max_value=OLDEST, error_messages=wrong, label=_("Age"), **kwargs
        )


class AssetFilterForm(forms.Form):
    """Reads `near` as an asset's uid, as latitude,longitude or as an address of the area."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("q") and not words_in(cleaned["q"]):
            self.add_error("q", _("Search for words: there are no letters in what was typed."))
        for unknown in (getattr(field, "unknown", []) for field in self.fields.values()):
            for value in unknown:
                self.add_error(None, _("“%s” is not one of the choices.") % value[:50])
        if cleaned.get("near"):
            cleaned["near"] = self._read_near(cleaned["near"].strip())
        return cleaned

    def _read_near(self, typed):
        for read in (self._as_point, self._as_asset, self._as_address):
            if found := read(typed):
                return found
        self.add_error("near", _("No such point was found. Type an address of the area."))
        return None

    def _as_point(self, typed):
        try:
            latitude, longitude = map(float, typed.split(","))
        except ValueError:
            return None
        on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
        return (latitude, longitude, _("a point on the map")) if on_earth else None

    def _as_asset(self, typed):
        try:
            asset = self.assets.placed().get(uid=typed)
        except (Asset.DoesNotExist, ValidationError):
            return None
        return asset.latitude, asset.longitude, asset.name

    def _as_address(self, typed):
        if not self.area or not fold(typed).strip():
            return None
        found = self.area.addresses.filter(folded__startswith=fold(typed)).first()
        return (found.latitude, found.longitude, found.text) if found else None
