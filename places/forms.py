from assetmap.inventory.forms import AssetForm

from .models import Place

OWN_FIELDS = [
    *["kind", "facilities", "capacity", "wheelchair", "opening_hours"],
    *["booking_url", "website", "email", "phone"],
]


class PlaceForm(AssetForm):
    own_fields = OWN_FIELDS

    class Meta:
        model = Place
        fields = [*AssetForm.Meta.fields, *OWN_FIELDS]
