from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.forms import AssetForm
from assetmap.inventory.rows import RowFormSet

from .models import Institution, RoleOffer


class BaseRoleOfferFormSet(RowFormSet):
    title = _("What it offers in its two roles")
    prefix_name = "roles"


RoleOfferFormSet = forms.inlineformset_factory(
    Institution,
    RoleOffer,
    formset=BaseRoleOfferFormSet,
    fields=["field", "text"],
    extra=1,
    max_num=len(RoleOffer.Field),
)

OWN_FIELDS = [
    *["kind", "sector", "opening_hours", "website", "email"],
    *["phone", "cvr", "outreach", "facilitating", "reveals"],
]


class InstitutionForm(AssetForm):
    """An institution, with what it offers in its roles; an offer takes the role."""

    inlines = [*AssetForm.inlines, RoleOfferFormSet]
    own_fields = OWN_FIELDS

    class Meta:
        model = Institution
        fields = [*AssetForm.Meta.fields, *OWN_FIELDS]

    @transaction.atomic
    def save(self):
        institution = super().save()
        offered = set(institution.role_offers.values_list("field", flat=True))
        institution.outreach |= bool(offered & set(RoleOffer.A))
        institution.facilitating |= bool(offered & set(RoleOffer.B))
        institution.save(update_fields=["outreach", "facilitating"])
        return institution
