"""A coordinator takes out what is kept about a resident, for her: with a reason, and logged."""

from django import forms
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from assetmap.areas.roles import may_export
from assetmap.areas.views import RightMixin
from assetmap.inventory.export_forms import ReasonForm
from assetmap.inventory.models import Export
from assetmap.inventory.single import CoordinatedMixin

from .models import Resident
from .mydata import as_csv, everything_about

FORMS = [("csv", _("for a spreadsheet (CSV)")), ("json", _("for other programs (JSON)"))]


def as_file(area, form, everything):
    """Return what is kept as a file to save."""
    if form == "csv":
        response = HttpResponse(as_csv(everything), content_type="text/csv; charset=utf-8")
    else:
        response = JsonResponse(everything, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{area.slug}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


class ExportForm(ReasonForm):
    form = forms.ChoiceField(
        label=_("As a file"), choices=FORMS, initial="csv", widget=forms.RadioSelect
    )


class ExportView(RightMixin, CoordinatedMixin, FormView):
    model = Resident
    right = staticmethod(may_export)
    context_object_name = "resident"
    template_name = "residents/export.html"
    form_class = ExportForm

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user).select_related("owner")

    def form_valid(self, form):
        resident, told = self.object, form.cleaned_data
        Export.objects.log(
            self.area, self.request.user, told["form"], told["reason"], [resident.asset_ptr]
        )
        return as_file(self.area, told["form"], everything_about(resident, hers=False))
