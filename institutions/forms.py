from assetmap.inventory.forms import AssetForm

from .models import Institution

OWN_FIELDS = [
    *["kind", "sector", "opening_hours", "website", "email"],
    *["phone", "cvr", "outreach", "facilitating", "reveals"],
]


class InstitutionForm(AssetForm):
    own_fields = OWN_FIELDS

    class Meta:
        model = Institution
        fields = [*AssetForm.Meta.fields, *OWN_FIELDS]
