import math

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DeleteView, ListView, TemplateView, UpdateView, View

from assetmap.areas.roles import may_import
from assetmap.areas.views import AreaMixin, CoordinatorMixin

from .audience import Status
from .link_forms import LinkForm, NewLinkForm
from .models import Asset, Layer, Link
from .photos import SIZES
from .similar import find_similar
from .versions import HoldMixin

LONGEST = 100  # letters that are looked for; a database takes no condition of endless words


class AddView(CoordinatorMixin, TemplateView):
    """Name and layer first: then straight on to the layer's form."""

    template_name = "inventory/add.html"

    def get(self, request, *args, **kwargs):
        layer = request.GET.get("layer")
        if layer in Layer.values:
            form = reverse(f"{layer}s:add", args=[self.area.slug])
            return HttpResponseRedirect(f"{form}?{request.GET.urlencode()}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        may = may_import(self.request.user, self.area)
        return super().get_context_data(layers=list(Layer), may_import=may, **kwargs)


class SimilarView(CoordinatorMixin, TemplateView):
    """What may be the same, or is near: asked for while a new asset is being written."""

    template_name = "inventory/_similar.html"

    def get_context_data(self, **kwargs):
        query = self.request.GET
        place = [_number(query.get(name)) for name in ("latitude", "longitude")]
        similar = find_similar(self.area, self.request.user, query.get("name", ""), *place)
        return super().get_context_data(similar=similar, **kwargs)


def _number(text):
    try:
        number = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


class ArchiveListView(CoordinatorMixin, ListView):
    """What has been put away, to bring back."""

    template_name = "inventory/archive.html"
    paginate_by = 50

    def get_queryset(self):
        archived = Asset.objects.visible_to(self.request.user).filter(status=Status.ARCHIVED)
        return archived.filter(area=self.area).select_related("area").order_by("name_order", "pk")


class PhotoView(AreaMixin, View):
    """An asset's photo, for those who may see the asset."""

    def get(self, request, uid, size):
        if size not in SIZES:
            raise Http404
        assets = Asset.objects.visible_to(request.user).filter(area=self.area)
        asset = get_object_or_404(assets.select_related("area"), uid=uid)
        photo = getattr(asset, size)
        if not asset.shows_photo_to(request.user) or not photo.storage.exists(photo.name):
            raise Http404
        response = FileResponse(photo.open(), content_type="image/webp")
        response["Cache-Control"] = "private, max-age=86400"
        return response


class FromAssetMixin(CoordinatorMixin):
    """A page about a tie to be, read from the asset named by ?source=."""

    @cached_property
    def asset(self):
        assets = Asset.objects.visible_to(self.request.user).filter(area=self.area)
        try:
            asset = assets.get(uid=self.request.GET.get("source"))
        except (Asset.DoesNotExist, ValidationError):
            raise Http404 from None
        asset.area = self.area
        return asset

    def get_context_data(self, **kwargs):
        return super().get_context_data(asset=self.asset, **kwargs)


class LinkFormMixin:
    """Adding and editing a tie share one page."""

    template_name = "inventory/link_form.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "asset": self.asset, "user": self.request.user}

    def get_success_url(self):
        return self.asset.get_absolute_url()


class LinkCreateView(LinkFormMixin, FromAssetMixin, CreateView):
    model = Link
    form_class = NewLinkForm

    def post(self, request, *args, **kwargs):
        if "find" in request.POST:  # the search button, where there is no script
            self.object = None
            typed = request.POST.dict()
            form = NewLinkForm(initial=typed, asset=self.asset, user=request.user)
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        typed = self.request.POST.get("q", "")
        return super().get_context_data(
            ends=find_ends(self.asset, self.request.user, typed),
            chosen=self.request.POST.get("target", ""),
            **kwargs,
        )

    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, _("The tie to “%s” is there now.") % form.other)
        return response


class LinkEndsView(FromAssetMixin, TemplateView):
    """The assets that match what is typed, to pick the other end of a tie from."""

    template_name = "inventory/_link_ends.html"

    def get_context_data(self, **kwargs):
        ends = find_ends(self.asset, self.request.user, self.request.GET.get("q", ""))
        return super().get_context_data(ends=ends, **kwargs)


def find_ends(asset, user, typed):
    """Return up to ten assets of the area that match the words, those named so first."""
    typed = typed.strip()[:LONGEST]
    if not typed:
        return []
    others = Asset.objects.visible_to(user).active().filter(area=asset.area).exclude(pk=asset.pk)
    return others.search(typed, asset.area).names_first(typed)[:10]


class LinkEditMixin(CoordinatorMixin):
    """A page about a tie that is there, read from the end named by ?from=, else its source."""

    slug_field = slug_url_kwarg = "uid"

    def get_queryset(self):
        links = Link.objects.visible_to(self.request.user).filter(source__area=self.area)
        return links.select_related("source", "target")

    @cached_property
    def asset(self):
        link = self.object
        from_target = self.request.GET.get("from") == str(link.target.uid)
        asset = link.target if from_target else link.source
        asset.area = self.area
        return asset

    def get_context_data(self, **kwargs):
        return super().get_context_data(asset=self.asset, **kwargs)


class LinkUpdateView(LinkFormMixin, HoldMixin, LinkEditMixin, UpdateView):
    form_class = LinkForm
    held = Link

    def form_valid(self, form):
        messages.success(self.request, _("Saved."))
        return super().form_valid(form)


class LinkDeleteView(LinkEditMixin, DeleteView):
    http_method_names = ["post"]

    def get_success_url(self):
        return self.asset.get_absolute_url()

    def form_valid(self, form):
        messages.success(self.request, _("The tie is gone."))
        return super().form_valid(form)
