"""A coordinator takes a backup of the area out: with a reason, and logged."""

from tempfile import TemporaryFile

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from assetmap.areas.roles import may_export
from assetmap.areas.validators import refuse_cpr
from assetmap.areas.views import CoordinatorMixin
from assetmap.inventory.models import Asset, Export, Layer

from .writing import write_backup


class BackupForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you take it out?"),
        max_length=200,
        validators=[refuse_cpr],
        help_text=_("Every resident sees it on her own page, with the day."),
    )


class BackupView(CoordinatorMixin, FormView):
    """Taking data out is a right of its own, beside the role."""

    template_name = "exchange/backup/backup.html"
    form_class = BackupForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may_export(request.user, self.area):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        user = self.request.user
        file = TemporaryFile()  # noqa: SIM115 (the response closes it)
        write_backup(self.area, file, complete=user.is_superuser)
        people = Asset.objects.filter(area=self.area, layer=Layer.RESIDENT)
        about = list(people.values_list("pk", flat=True))
        Export.objects.log(self.area, user, "backup", form.cleaned_data["reason"], about)
        return self.as_file(file)

    def as_file(self, file):
        file.seek(0)
        name = f"{self.area.slug}-{timezone.localdate():%Y-%m-%d}.zip"
        response = FileResponse(file, as_attachment=True, filename=name)
        response["Cache-Control"] = "no-store"
        return response
