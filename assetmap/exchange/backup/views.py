"""A coordinator takes a backup of the area out: with a reason, and logged."""

from tempfile import TemporaryFile

from django.http import FileResponse
from django.utils import timezone
from django.views.generic import FormView

from assetmap.areas.roles import may_export
from assetmap.areas.views import RightMixin
from assetmap.inventory.export_forms import ReasonForm
from assetmap.inventory.models import Asset, Export, Layer

from .writing import write_backup


class BackupView(RightMixin, FormView):
    template_name = "exchange/backup/backup.html"
    form_class = ReasonForm
    right = staticmethod(may_export)

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
