from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr


class ReasonForm(forms.Form):
    """Why somebody takes residents' data out; each of them reads it."""

    reason = forms.CharField(
        label=_("Why do you take it out?"),
        max_length=200,
        validators=[refuse_cpr],
        help_text=_("Each resident in the file sees it on their page, with the day."),
    )
