"""Pages about one asset of the area, whichever layer it is of."""

from django.utils.functional import cached_property
from django.views.generic.detail import SingleObjectMixin

from assetmap.areas.views import AreaMixin, CoordinatorMixin


class AssetMixin(AreaMixin, SingleObjectMixin):
    """A page about one asset of the area, found by its uid."""

    slug_field = slug_url_kwarg = "uid"
    context_object_name = "asset"

    def get_queryset(self):
        return self.model.objects.filter(area=self.area).select_related("area")


class CoordinatedMixin(CoordinatorMixin, AssetMixin):
    """A page of its own kind about one asset, for the area's coordinators."""

    @cached_property
    def object(self):
        return self.get_object()
