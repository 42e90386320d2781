from django.utils.translation import gettext_lazy as _

from assetmap.inventory.forms import AssetForm

from .models import Resident

OWN_FIELDS = ["availability", "contact", "age_band", "may_connect"]


class ResidentForm(AssetForm):
    """A resident; the address only finds the block and is not kept."""

    own_fields = OWN_FIELDS

    class Meta:
        model = Resident
        fields = [*(name for name in AssetForm.Meta.fields if name != "address"), *OWN_FIELDS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name to show")
        self.fields["name"].help_text = _("A first name or a nickname is enough.")
        self.fields["address"].help_text = _(
            "Only finds the block: the address is not kept, and nothing more exact is shown."
        )
