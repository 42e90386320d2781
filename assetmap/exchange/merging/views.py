"""Two records of one thing become one: find the other one, choose field by field, undo."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from assetmap.areas.views import CoordinatorMixin
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Layer, layer_models
from assetmap.inventory.similar import find_similar
from assetmap.inventory.views import LONGEST

from .forms import MergeForm
from .merge import hold, refuse_pair, undo
from .rows import rows_between

PAGE = 50
FOUND = 20


class MergingMixin(CoordinatorMixin):
    """A page about assets that can be merged at all; residents cannot."""

    def find(self, uid, **which):
        """Return an asset of the area as its own layer's model, or raise Http404."""
        found = get_object_or_404(self.assets(), uid=uid, **which)
        asset = layer_models()[found.layer].objects.get(pk=found.pk)
        asset.area = self.area
        return asset

    def assets(self):
        assets = Asset.objects.visible_to(self.request.user).filter(area=self.area)
        return assets.exclude(layer=Layer.RESIDENT)


class ChooseView(MergingMixin, TemplateView):
    """The other record: likely ones first, or those that match what is typed."""

    template_name = "exchange/merging/choose.html"

    def get_context_data(self, uid, **kwargs):
        asset, typed = self.find(uid), self.request.GET.get("q", "").strip()[:LONGEST]
        others = self._named(asset, typed) if typed else self._likely(asset)
        pairs = [(other, _address(asset, other, self.area)) for other in others]
        return super().get_context_data(asset=asset, typed=typed, pairs=pairs, **kwargs)

    def _likely(self, asset):
        where = asset.latitude, asset.longitude
        similar = find_similar(self.area, self.request.user, asset.name, *where)
        return [
            other
            for other in (*similar.likely, *similar.close_by)
            if other.layer == asset.layer and other.pk != asset.pk and not other.is_archived
        ]

    def _named(self, asset, typed):
        others = self.assets().filter(layer=asset.layer).exclude(status=Status.ARCHIVED)
        found = others.exclude(pk=asset.pk).search(typed, self.area).names_first(typed)
        return found[:FOUND]


def _address(asset, other, area):
    """The page of the pair, on which the one that is in use is kept."""
    pair = (asset, other) if asset.status == Status.ACTIVE else (other, asset)
    return reverse("merge:merge", args=[area.slug, *(one.uid for one in pair)])


class MergeView(MergingMixin, FormView):
    """The two side by side, with a choice where they differ."""

    template_name = "exchange/merging/merge.html"
    form_class = MergeForm

    @cached_property
    def kept(self):
        return self.find(self.kwargs["uid"])

    @cached_property
    def gone(self):
        return self.find(self.kwargs["other"], layer=self.kept.layer)

    def get(self, request, *args, **kwargs):
        return self.refusal() or super().get(request, *args, **kwargs)

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        hold(area=self.area, uid__in=[kwargs["uid"], kwargs["other"]])
        return self.refusal() or super().post(request, *args, **kwargs)

    def refusal(self):
        """Lead back with a sentence where the two cannot be merged."""
        try:
            refuse_pair(self.kept, self.gone)
        except ValidationError as refused:
            messages.error(self.request, refused.message)
            return redirect(self.kept)

    def get_form_kwargs(self):
        pair = {"kept": self.kept, "gone": self.gone, "user": self.request.user}
        return super().get_form_kwargs() | pair

    def get_context_data(self, **kwargs):
        rows = [rows for rows in rows_between(self.gone, self.kept) if rows.moving or rows.left]
        return super().get_context_data(
            kept=self.kept, gone=self.gone, rows=rows, metres=self._metres_apart(), **kwargs
        )

    def _metres_apart(self):
        if self.kept.cell is None:
            return None
        near = Asset.objects.filter(pk=self.gone.pk).near(self.kept.latitude, self.kept.longitude)
        return near.values_list("distance", flat=True).first()

    def form_valid(self, form):
        done = form.save()
        if done is None:
            return self.form_invalid(form)
        said = _("“%(gone)s” is merged into this one, and is in the archive.") % {
            "gone": self.gone
        }
        undoing = f"{reverse('merge:list', args=[self.area.slug])}#merge-{done.pk}"
        link = format_html('{} <a href="{}">{}</a>', said, undoing, _("Undo it"))
        messages.success(self.request, link)
        return redirect(self.kept)


class MergeListView(CoordinatorMixin, TemplateView):
    """What has been merged in the area, the latest first, a page at a time."""

    template_name = "exchange/merging/list.html"

    def get_context_data(self, **kwargs):
        merges = self.area.merges.select_related("kept", "gone", "user")
        before = self.request.GET.get("before", "")
        if before.isdecimal() and len(before) < 18:
            merges = merges.filter(pk__lt=int(before))
        rows = list(merges[: PAGE + 1])
        more = rows[PAGE - 1].pk if len(rows) > PAGE else None
        return super().get_context_data(merges=rows[:PAGE], more=more, **kwargs)


class UndoView(CoordinatorMixin, View):
    http_method_names = ["post"]

    @transaction.atomic
    def post(self, request, pk):
        done = get_object_or_404(self.area.merges.select_for_update(), pk=pk)
        try:
            left = undo(done)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("merge:list", self.area.slug)
        messages.success(
            request,
            _("“%(kept)s” and “%(gone)s” are two records again.")
            % {"kept": done.kept, "gone": done.gone},
        )
        if left:
            messages.warning(
                request,
                _("This was changed since and stays as it is now: %s.") % ", ".join(left),
            )
        return redirect(done.kept.url("detail"))
