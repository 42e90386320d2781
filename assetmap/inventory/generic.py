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

from assetmap.areas.roles import may_coordinate
from assetmap.areas.views import CoordinatorMixin

from .audience import Status
from .erasure import erase
from .mapconfig import map_config
from .models import Asset, Gift, Layer, Link, Offering
from .moderation import proposals_shown
from .moderation_views import KnowMoreView
from .single import AssetMixin
from .versions import HoldMixin


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
            waits=proposals_shown(asset, self.request.user),
            shows_photo=asset.shows_photo_to(self.request.user),
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
        if form.waits:
            messages.warning(self.request, form.waits)
        return response

    def get_context_data(self, **kwargs):
        waits = proposals_shown(self.object, self.request.user)
        return super().get_context_data(waits=waits, **kwargs)


class AssetActionView(EditableMixin, View):
    """A button on an asset's page that sets a few columns and says what happened."""

    http_method_names = ["post"]
    columns = {}
    said = ""

    def post(self, request, *args, **kwargs):
        asset = self.get_object()
        self.act(asset)
        messages.success(request, self.said % asset)
        return HttpResponseRedirect(asset.get_absolute_url())

    def act(self, asset):
        columns = {**self.columns, "updated_at": timezone.now()}
        Asset.objects.filter(pk=asset.pk).update(**columns)


class StatusView(AssetActionView):
    """Taking an asset out of use and back; one that waits is let in by a coordinator alone.

    What waits for the person herself is let in by nobody else.
    """

    def get_queryset(self):
        assets = super().get_queryset().exclude(status=Status.UNCONFIRMED)
        if may_coordinate(self.request.user, self.area):
            return assets
        return assets.exclude(status=Status.PENDING)


class ArchiveView(StatusView):
    """What waits for a coordinator is decided in the queue, and put away from there."""

    columns = {"status": Status.ARCHIVED}

    def get_queryset(self):
        return super().get_queryset().exclude(status=Status.PENDING)

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

    def act(self, asset):
        asset.confirm(self.request.user)


class EraseView(EditableMixin, View):
    """For coordinators, and only what is not in use, so that a slip erases nothing."""

    http_method_names = ["post"]
    erase = staticmethod(erase)

    def get_queryset(self):
        if not may_coordinate(self.request.user, self.area):
            return self.model.objects.none()
        gone = [Status.ARCHIVED, Status.UNCONFIRMED]
        return super().get_queryset().filter(status__in=gone)

    def post(self, request, *args, **kwargs):
        asset = self.get_object()
        self.erase(asset)
        messages.success(request, _("“%s” is erased.") % asset)
        return redirect("inventory:archive", self.area.slug)


def layer_urls(form, **own):
    """Return the pages of a layer: the list of path()s for the layer's urls.py.

    A layer may bring a view of its own for a page, by the page's name: detail=….
    """
    model = form._meta.model
    views = {
        "detail": LayerDetailView,
        "edit": LayerUpdateView,
        "archive": ArchiveView,
        "restore": RestoreView,
        "erase": EraseView,
        "confirm": ConfirmView,
        "know-more": KnowMoreView,
    } | own
    made = {"edit": {"form_class": form}}
    add = LayerCreateView.as_view(model=model, form_class=form)
    return [path("add/", add, name="add")] + [
        path(
            "<uuid:uid>/" if name == "detail" else f"<uuid:uid>/{name}/",
            view.as_view(model=model, **made.get(name, {})),
            name=name,
        )
        for name, view in views.items()
    ]
