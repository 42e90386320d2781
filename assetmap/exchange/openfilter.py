"""The list's filter for what leaves the site."""

from django.utils.functional import cached_property

from assetmap.explore.filters import AssetFilter, Total
from assetmap.inventory.models import Asset

from .leaving import without_residents


class OpenFilter(AssetFilter):
    """It knows no residents: neither as hits, nor as what these are near or tied to."""

    def __init__(self, data, **kwargs):
        super().__init__(data, **kwargs)
        self.visible = self.queryset = self.form.assets = without_residents(self.visible)

    def tied_to(self, queryset, name, value):
        known = without_residents(Asset.objects.visible_to(self.user)).filter(uid=value)
        return super().tied_to(queryset, name, value) if known.exists() else queryset.none()

    @cached_property
    def total(self):
        """Counted, as the tallies hold residents too."""
        return Total(self.qs.order_by().count())
