"""What a coordinator asks of the list of ideas."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.models import Asset, Layer

from ..names import willing_among

REASONS = [
    ("offers", _("a gift that the other wishes for")),
    ("places", _("the same place and hours")),
    ("apart", _("both tied to the same others")),
    ("cells", _("kinds that hardly anything ties together")),
]


class IdeaFilter(forms.Form):
    """Which ideas to show; what means nothing is said, and left out."""

    reason = forms.ChoiceField(
        label=_("Because of"), required=False, choices=[("", _("any reason")), *REASONS]
    )
    about = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, area, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.assets = Asset.objects.visible_to(user).active().filter(area=area)

    def clean_about(self):
        """The asset, None for all; a resident must have said yes to being suggested."""
        uid = self.cleaned_data["about"]
        if not uid:
            return None
        asset = self.assets.filter(uid=uid).first()
        if asset is None:
            raise forms.ValidationError(_("It is not in use here, so here are all ties."))
        if asset.layer == Layer.RESIDENT and not willing_among([asset.pk]):
            raise forms.ValidationError(
                _("Neighbours are suggested only if they said yes to it. Here are all ties.")
            )
        return asset

    @property
    def chosen(self):
        """The parameters that are set and mean something."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
