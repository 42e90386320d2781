"""Not this one, because: what somebody does not want to be suggested again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.models import Asset, Layer

from ..models import Aside

LATEST = 50


class AsideForm(forms.ModelForm):
    """Why not this one. Of a resident no words are kept."""

    class Meta:
        model = Aside
        fields = ["because", "text"]
        error_messages = {"because": {"required": _("Say why: choose one of the reasons.")}}

    def __init__(self, *args, asset, **kwargs):
        super().__init__(*args, **kwargs)
        self.asset = asset

    def keep(self, user):
        kept = dict(self.cleaned_data)
        if self.asset.layer == Layer.RESIDENT:
            kept["text"] = ""
        Aside.objects.update_or_create(by=user, asset=Asset(pk=self.asset.pk), defaults=kept)


def asides_of(area, user):
    """What a user has put aside of an area's assets that she still sees, the latest first."""
    if not user.is_authenticated:
        return []
    rows = list(Aside.objects.filter(by=user.pk, asset__area=area)[:LATEST])
    seen = Asset.objects.visible_to(user).in_bulk({row.asset_id for row in rows})
    for row in (row for row in rows if row.asset_id in seen):
        row.asset = seen[row.asset_id]
        row.asset.area = area
    return [row for row in rows if row.asset_id in seen]
