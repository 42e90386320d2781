from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr

FORMS = {
    "csv": _("Spreadsheet (CSV)"),
    "xlsx": _("Workbook (XLSX), with ties and gifts"),
    "geojson": _("Map (GeoJSON)"),
    "json": _("For other programs (JSON)"),
}


class PeopleForm(forms.Form):
    """Why somebody takes residents out, and as which file."""

    reason = forms.CharField(
        label=_("Why do you take it out?"),
        max_length=200,
        validators=[refuse_cpr],
        help_text=_("It shows on the page of each of them, with the day."),
    )
    form = forms.ChoiceField(
        choices=list(FORMS.items()),
        error_messages={"required": _("Choose one of the four files.")},
    )
