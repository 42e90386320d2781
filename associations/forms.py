from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.forms import AssetForm
from assetmap.inventory.rows import RowFormSet

from .models import Association, Figure, Milestone


class BaseMilestoneFormSet(RowFormSet):
    title = _("The way so far")
    prefix_name = "milestones"


class BaseFigureFormSet(RowFormSet):
    title = _("Figures over time")
    prefix_name = "figures"


MilestoneFormSet = forms.inlineformset_factory(
    Association,
    Milestone,
    formset=BaseMilestoneFormSet,
    fields=["date", "text", "stage"],
    extra=1,
    max_num=100,
)
FigureFormSet = forms.inlineformset_factory(
    Association,
    Figure,
    formset=BaseFigureFormSet,
    fields=["date", "measure", "precision", "value", "unit"],
    extra=1,
    max_num=500,
)


OWN_FIELDS = [
    *["stage", "form", "audience", "meeting_times", "founded", "cvr"],
    *["website", "email", "phone", "reveals"],
]


class AssociationForm(AssetForm):
    """An activity, a group or an association, with its way and its figures."""

    inlines = [*AssetForm.inlines, MilestoneFormSet, FigureFormSet]
    own_fields = OWN_FIELDS

    class Meta:
        model = Association
        fields = [*AssetForm.Meta.fields, *OWN_FIELDS]
