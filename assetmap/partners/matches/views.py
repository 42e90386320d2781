from django.utils.functional import cached_property
from django.views.generic import TemplateView

from assetmap.areas.views import CoordinatorMixin
from assetmap.inventory.models import GiftGroup

from .board import SHOWN, rows_of
from .matching import matches_in


class MatchesView(CoordinatorMixin, TemplateView):
    """Offers against wishes across the area; ?group= keeps to one group of gifts."""

    template_name = "partners/matches.html"

    @cached_property
    def group(self):
        return GiftGroup.objects.filter(code=self.request.GET.get("group", "")[:5]).first()

    @cached_property
    def matches(self):
        found = matches_in(self.area, self.request.user)
        return [m for m in found if m.group == self.group.pk] if self.group else found

    def get_context_data(self, **kwargs):
        matched = [m for m in self.matches if m.is_open]
        wanting = [m for m in self.matches if m.wishes and not m.is_open]
        offered = [m for m in self.matches if m.gives and not m.wishes]
        return super().get_context_data(
            matched=self.rows(matched),
            wanting=self.rows(wanting),
            offered=self.rows(offered),
            more=max(0, len(matched) - SHOWN),
            groups=GiftGroup.objects.all(),
            group=self.group,
            **kwargs,
        )

    def rows(self, matches):
        return rows_of(matches, self.area, self.request.user)
