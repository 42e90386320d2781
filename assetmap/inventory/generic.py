"""The pages that every layer has; a layer's urls.py says with which model and form."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DetailView, UpdateView, View
from django.views.generic.detail import SingleObjectMixin

from assetmap.areas.roles import may_coordinate
from assetmap.areas.views import AreaMixin, CoordinatorMixin

from .audience import Status
from .erasure import erase
from .mapconfig import map_config
from .models import Asset, Gift, Layer, Link, Offering
from .versions import HoldMixin


class AssetMixin(AreaMixin, SingleObjectMixin):
    """A page about one asset of the area, found by its uid."""

    slug_field = slug_url_kwarg = "uid"
    context_object_name = "asset"

    def get_queryset(self):
        return self.model.objects.filter(area=self.area).select_related("area")


class LayerDetailView(AssetMixin, DetailView):
    """An asset's page: what it is, its gifts and wishes, and its ties from both ends."""

    template_name = "inventory/asset_detail.html"

    def get_queryset(self):
        user = self.request.user
        offerings = Offering.objects.visible_to(user).select_related("gift")
        return (
            super()
            .get_queryset()
            .visible_to(user)
            .prefetch_related("languages", Prefetch("offerings", offerings))
        )

    def get_context_data(self, **kwargs):
        asset = self.object
        offerings = asset.offerings.all()
        return super().get_context_data(
            may_edit=asset.is_editable_by(self.request.user),
            facts=f"{asset.layer}s/_facts.html",
            gives=[row for row in offerings if row.gives],
            seeks=[row for row in offerings if not row.gives],
            ties=ties_by_kind(asset, self.request.user),
            map_config=map_config(self.area),
            back=self._back(),
            **kwargs,
        )

    def _back(self):
        """The list that the visitor came from, with its filter, else the whole list."""
        came_from = urlsplit(self.request.headers.get("referer", ""))
        explore = self.area.get_absolute_url()
        same_site = came_from.netloc == self.request.get_host() and came_from.path == explore
        return f"{explore}?{came_from.query}" if same_site and came_from.query else explore


def ties_by_kind(asset, user):
    """Return the asset's ties that the user may see, as {label: [(link, other end), …]}."""
    links = (
        Link.objects.visible_to(user)
        .of(asset)
        .select_related("source", "target")
        .order_by("kind", "pk")
    )
    groups = {}
    for link in links:
        label, other = link.seen_from(asset)
        link.source.area = link.target.area = asset.area
        groups.setdefault(str(label), []).append((link, other))
    for rows in groups.values():
        rows.sort(key=lambda row: (row[1].layer_choice.number, row[1].name_order))
    return groups


class LayerFormMixin:
    """Adding and editing share one page."""

    template_name = "inventory/asset_form.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "area": self.area, "user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            layer=Layer(self.model._meta.model_name),
            gifts=Gift.objects.select_related("group"),
            map_config=map_config(self.area),
            **kwargs,
        )

    def form_valid(self, form):
        response = super().form_valid(form)
        if form.cleaned_data.get("address") and self.object.latitude is None:
            messages.warning(
                self.request,
                _("The address is not in the area's list. Put a pin on the map to show where."),
            )
        return response


class LayerCreateView(LayerFormMixin, CoordinatorMixin, CreateView):
    def get_initial(self):
        given = ("name", "latitude", "longitude")
        return {name: self.request.GET.get(name, "") for name in given}

    def get_success_url(self):
        again = "again" in self.request.POST
        return self.object.url_to_add_another() if again else self.object.get_absolute_url()

    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, _("“%s” is in the inventory now.") % self.object)
        return response


class EditableMixin(LoginRequiredMixin, AssetMixin):
    """A page for those who may change the asset; for others it does not exist."""

    def get_queryset(self):
        return super().get_queryset().editable_by(self.request.user)


class LayerUpdateView(LayerFormMixin, HoldMixin, EditableMixin, UpdateView):
    held = Asset

    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, _("Saved."))
        return response


class AssetActionView(EditableMixin, View):
    """A button on an asset's page that sets a few columns and says what happened."""

    http_method_names = ["post"]
    columns = {}
    said = ""

    def post(self, request, *args, **kwargs):
        asset = self.get_object()
        Asset.objects.filter(pk=asset.pk).update(**self.columns, **self.now())
        messages.success(request, self.said % asset)
        return HttpResponseRedirect(asset.get_absolute_url())

    def now(self):
        return {"updated_at": timezone.now()}


class StatusView(AssetActionView):
    """Taking an asset out of use and back; one that waits is let in by a coordinator alone."""

    def get_queryset(self):
        assets = super().get_queryset()
        if may_coordinate(self.request.user, self.area):
            return assets
        return assets.exclude(status=Status.PENDING)


class ArchiveView(StatusView):
    columns = {"status": Status.ARCHIVED}

    @property
    def said(self):
        return _("“%s” is archived. It can be brought back from the archive.")


class RestoreView(StatusView):
    columns = {"status": Status.ACTIVE}

    @property
    def said(self):
        return _("“%s” is in use now.")


class ConfirmView(AssetActionView):
    @property
    def said(self):
        return _("Thank you: “%s” is still right as of today.")

    def now(self):
        return {"confirmed_at": timezone.now()}


class EraseView(EditableMixin, View):
    """For coordinators, and only from the archive, so that a slip erases nothing."""

    http_method_names = ["post"]

    def get_queryset(self):
        if not may_coordinate(self.request.user, self.area):
            return self.model.objects.none()
        return super().get_queryset().filter(status=Status.ARCHIVED)

    def post(self, request, *args, **kwargs):
        asset = self.get_object()
        erase(asset)
        messages.success(request, _("“%s” is erased.") % asset)
        return redirect("inventory:archive", self.area.slug)


def layer_urls(form):
    """Return the pages of a layer: the list of path()s for the layer's urls.py."""
    model = form._meta.model
    return [
        path("add/", LayerCreateView.as_view(model=model, form_class=form), name="add"),
        path("<uuid:uid>/", LayerDetailView.as_view(model=model), name="detail"),
        path(
            "<uuid:uid>/edit/", LayerUpdateView.as_view(model=model, form_class=form), name="edit"
        ),
        path("<uuid:uid>/archive/", ArchiveView.as_view(model=model), name="archive"),
        path("<uuid:uid>/restore/", RestoreView.as_view(model=model), name="restore"),
        path("<uuid:uid>/erase/", EraseView.as_view(model=model), name="erase"),
        path("<uuid:uid>/confirm/", ConfirmView.as_view(model=model), name="confirm"),
    ]
