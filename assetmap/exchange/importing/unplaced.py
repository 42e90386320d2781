"""The work list of assets that stand nowhere on the map yet."""

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from assetmap.explore.paging import Stretch, page_of
from assetmap.inventory.models import Asset
from assetmap.inventory.position import cell_of

from ..leaving import without_residents
from .pages import ImporterMixin
from .position import Placer

PAGE = 100
BY_NAME = (Stretch(("name_order", "pk")),)


def unplaced(area, user):
    """Assets in use without a position. Where residents are is theirs to say, and no work."""
    assets = Asset.objects.visible_to(user).active().filter(area=area, latitude=None)
    return without_residents(assets)


class UnplacedView(ImporterMixin, TemplateView):
    template_name = "exchange/importing/unplaced.html"

    def get_context_data(self, **kwargs):
        assets = unplaced(self.area, self.request.user)
        page = page_of(assets, BY_NAME, self.request.GET.get("page", ""), PAGE)
        placer = Placer(self.area)
        for asset in page.rows:
            asset.area = self.area
            asset.edit_url = asset.url("edit")
            asset.is_known = bool(placer.at_address(asset.address))
        return super().get_context_data(
            assets=page.rows,
            mark=page,
            number=assets.count(),
            any_known=any(asset.is_known for asset in page.rows),
            **kwargs,
        )


class PlaceView(ImporterMixin, View):
    """A button that places all whose address the area's list knows by now."""

    http_method_names = ["post"]

    def post(self, request):
        placed = place_known(self.area, request.user)
        text = ngettext("%d is on the map now.", "%d are on the map now.", placed) % placed
        nothing = _("No address of theirs is in the area’s list.")
        messages.success(request, text if placed else nothing)
        return redirect("import:unplaced", self.area.slug)


@transaction.atomic
def place_known(area, user):
    """Give what can be found by its address a position; return how many that were."""
    placer, rows = Placer(area), unplaced(area, user).exclude(address="").order_by("pk")
    found = [
        (key, where)
        for key, address in rows.values_list("pk", "address")
        if (where := placer.at_address(address))
    ]
    return sum(_place(key, **where) for key, where in found)


def _place(key, latitude, longitude):
    rows = Asset.objects.filter(pk=key, latitude=None)
    return rows.update(
        latitude=latitude,
        longitude=longitude,
        cell=cell_of(latitude, longitude),
        version=F("version") + 1,
        updated_at=timezone.now(),
    )
