from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.forms import AssetForm
from assetmap.inventory.rows import BaseOfferingFormSet, OfferingForm, offering_rows

from .contact import check_shown_contact
from .models import Resident
from .steps import MOST_PROUD

OWN_FIELDS = ["availability", "would_start", "contact", "age_band"]


class ProudForm(OfferingForm):
    """A gift or wish of a resident, who may be proud of it."""

    class Meta(OfferingForm.Meta):
        fields = [*OfferingForm.Meta.fields, "proud"]


class ProudFormSet(BaseOfferingFormSet):
    def clean(self):
        super().clean()
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        proud = [row for row in rows if row.get("proud") and not row.get("DELETE")]
        if len(proud) > MOST_PROUD:
            raise forms.ValidationError(_("Choose at most three to be proudest of."))


class ResidentForm(AssetForm):
    """A resident; the address only finds the block and is not kept."""

    inlines = [offering_rows(ProudForm, ProudFormSet)]
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

    def clean_contact(self):
        contact = self.cleaned_data["contact"]
        check_shown_contact(contact, self.instance.contact_visibility)
        return contact
