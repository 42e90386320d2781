"""What may be asked of the picture: the filter of the list, and what is the picture's own."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.explore.fields import AssetFilterForm
from assetmap.explore.filters import AssetFilter

from ..names import may_be_named

SIZES = [
    ("ties", _("how many ties it has")),
    ("between", _("how often it stands between others")),
    ("reach", _("how much lies within two ties of it")),
]
STEPS = [("1", _("one step")), ("2", _("two steps"))]
NO_YEAR = _("Write a year with four digits, such as 2013.")


class YearFilter(filters.Filter):
    field_class = forms.IntegerField


class PictureForm(AssetFilterForm):
    """Reads `ego`, the uid of an asset that may be named, as that asset."""

    def clean(self):
        cleaned = super().clean()
        if uid := cleaned.get("ego"):
            asset = self.assets.filter(uid=uid).first()
            cleaned["ego"] = asset if asset and may_be_named(asset, self.user) else None
            if not cleaned["ego"]:
                self.add_error(None, _("Nothing that may be named here has that circle."))
        return cleaned


class PictureFilter(AssetFilter):
    """The filter of the list; what fits is drawn strong and stands in the table.

    ego and steps: whose circle is shown, and how many steps wide it is. year: when. size: the
    measure by which assets are drawn larger, and by which the table is ordered.
    """

    ego = filters.UUIDFilter(method="leave")
    steps = filters.ChoiceFilter(choices=STEPS, method="leave", empty_label=None)
    size = filters.ChoiceFilter(choices=SIZES, method="leave", empty_label=None)
    year = YearFilter(
        *(None, None),
        method="leave",
        label=_("Year"),
        min_value=1000,
        max_value=9999,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NO_YEAR),
    )

    class Meta(AssetFilter.Meta):
        form = PictureForm

    of_the_picture = {"ego", "steps", "size", "year"}

    def __init__(self, data, *, area, user, gifts=None):
        super().__init__(data, area=area, user=user, gifts=gifts)
        self.form.user = user

    @property
    def narrows(self):
        return super().narrows - self.of_the_picture

    def tied_to(self, queryset, name, value):
        """Nothing, for a neighbour who may not be named: her ties would point her out."""
        asset = self.visible.filter(uid=value).first()
        if asset and not may_be_named(asset, self.user):
            return queryset.none()
        return super().tied_to(queryset, name, value)
