from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.export_forms import ReasonForm

FORMS = {
    "csv": _("Spreadsheet (CSV)"),
    "xlsx": _("Workbook (XLSX), with ties and gifts"),
    "geojson": _("Map (GeoJSON)"),
    "json": _("For other programs (JSON)"),
}


class PeopleForm(ReasonForm):
    """Why somebody takes residents out, and as which file."""

    form = forms.ChoiceField(
        choices=list(FORMS.items()),
        error_messages={"required": _("Choose one of the four files.")},
    )
