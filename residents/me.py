"""A resident's own page: see what is kept about her, take it away, correct, pause, erase it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from assetmap.areas.roles import Role
from assetmap.areas.views import AreaMixin
from assetmap.inventory.erasure import erase

from .models import Resident
from .mydata import as_csv, everything_about


class OwnMixin(LoginRequiredMixin, AreaMixin):
    """Pages about the one record in the area that belongs to the user."""

    def own_records(self):
        own = Resident.objects.filter(area=self.area, owner=self.request.user)
        return own.select_related("area", "owner").prefetch_related("languages").order_by("pk")

    def get_resident(self):
        resident = self.own_records().first()
        if resident is None:
            raise Http404
        return resident


class MeView(OwnMixin, TemplateView):
    template_name = "residents/me.html"

    def get_context_data(self, **kwargs):
        resident = self.own_records().first()
        everything = everything_about(resident) if resident else None
        return super().get_context_data(resident=resident, everything=everything, **kwargs)


class DownloadView(OwnMixin, View):
    """What is kept, as a file: for a spreadsheet (CSV) or for other programs (JSON)."""

    form = "csv"

    def get(self, request):
        response = getattr(self, self.form)(everything_about(self.get_resident()))
        response["Content-Disposition"] = f'attachment; filename="{self.area.slug}.{self.form}"'
        response["Cache-Control"] = "no-store"
        return response

    def csv(self, everything):
        return HttpResponse(as_csv(everything), content_type="text/csv; charset=utf-8")

    def json(self, everything):
        return JsonResponse(everything, json_dumps_params={"ensure_ascii": False, "indent": 1})


class EraseView(OwnMixin, View):
    """Erase every record of hers in the area, and the sign-in too if it was only for that."""

    http_method_names = ["post"]

    @transaction.atomic
    def post(self, request):
        if "sure" not in request.POST:
            messages.warning(request, _("Tick the box if you want all of it erased."))
            return redirect("me:me", self.area.slug)
        user = request.user
        for resident in self.own_records():
            erase(resident)
        if self._was_only_for_this(user):
            logout(request)
            user.delete()
        messages.success(request, _("All that was kept about you here is erased."))
        return redirect(self.area)

    def _was_only_for_this(self, user):
        elsewhere = set(user.roles) - {self.area.pk} or user.owned_assets.exists()
        here = user.roles.get(self.area.pk, Role.RESIDENT)
        return not (elsewhere or user.is_staff or user.is_superuser) and here == Role.RESIDENT
