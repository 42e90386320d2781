"""A coordinator takes out what is kept about a resident, for her: with a reason, and logged."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from assetmap.areas.roles import may_export
from assetmap.areas.validators import refuse_cpr
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


class ExportForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you take it out?"),
        max_length=200,
        validators=[refuse_cpr],
        help_text=_("It shows on the person’s page, with the day. For example: asked for a copy."),
    )
    form = forms.ChoiceField(
        label=_("As a file"), choices=FORMS, initial="csv", widget=forms.RadioSelect
    )


class ExportView(CoordinatedMixin, FormView):
    """Taking data out is a right of its own, beside the role."""

    model = Resident
    context_object_name = "resident"
    template_name = "residents/export.html"
    form_class = ExportForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may_export(request.user, self.area):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user).select_related("owner")

    def form_valid(self, form):
        resident, told = self.object, form.cleaned_data
        Export.objects.log(
            self.area, self.request.user, told["form"], told["reason"], [resident.asset_ptr]
        )
        return as_file(self.area, told["form"], everything_about(resident, hers=False))
