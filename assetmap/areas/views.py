from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import View

from .models import Area
from .roles import Role, areas_as, may_coordinate
from .text import fold


class AreaMixin:
    """A page inside an area, named by the first part of its address."""

    def setup(self, request, *args, area, **kwargs):
        self.area = get_object_or_404(Area, slug=area)
        super().setup(request, *args, **kwargs)

    def dispatch(self, request, *args, area, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def frame(self):
        """Return what the frame around every page of an area needs."""
        user = self.request.user
        return {
            "area": self.area,
            "coordinator": may_coordinate(user, self.area),
            "has_own_page": self.area.pk in areas_as(user, Role.RESIDENT) or self.has_record(),
        }

    def has_record(self):
        """Whether somebody is signed in whose own record the area holds."""
        user, own = self.request.user, {"area": self.area, "layer": "resident"}
        return user.is_authenticated and user.owned_assets.filter(**own).exists()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.frame(), **kwargs)


class CoordinatorMixin(AreaMixin):
    """A page for the area's coordinators alone; visitors are asked to sign in."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_coordinate(request.user, self.area):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RightMixin(CoordinatorMixin):
    """A page for coordinators who also hold a right beside their role, such as may_export."""

    right = None  # a function of assetmap.areas.roles

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not self.right(request.user, self.area):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AddressView(AreaMixin, View):
    """Addresses that begin as typed, as a list of {"text", "latitude", "longitude"}."""

    def get(self, request):
        typed = request.GET.get("q", "")
        enough = len(fold(typed).strip()) > 1
        found = self.area.addresses.starting_with(typed)[:8] if enough else []
        rows = [{"text": a.text, "latitude": a.latitude, "longitude": a.longitude} for a in found]
        return JsonResponse(rows, safe=False)


def healthz(request):
    """Say that this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def csrf_failure(request, reason=""):
    """Say in words that a form was refused because its token was missing or old."""
    return render(request, "403_csrf.html", status=403)
