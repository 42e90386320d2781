from django.db import models
from django.db.models import Sum

from assetmap.areas.models import Area

from ..audience import Visibility, tally_q
from .asset import layer_choices


class TallyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Numbers of assets that the user may see by her role; see `Asset.outside_tallies`."""
        return self.filter(tally_q(user))

    def summed(self):
        """Add up a grouped queryset's `number`, `placed`, `north` and `east`."""
        return self.annotate(
            **{f"{name}_sum": Sum(name) for name in ("number", "placed", "north", "east")}
        )


class Tally(models.Model):
    """How many assets of a layer and visibility are in use in an area, and where they lie.

    Written by triggers alone (assetmap.inventory.derived). Several rows may stand for one area,
    layer and visibility: what counts is their sum. `north` and `east` add up the positions in
    millionths of a degree, so that no rounding is ever lost.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="tallies")
    layer = models.CharField(max_length=20, choices=layer_choices)
    visibility = models.CharField(max_length=20, choices=Visibility)
    number = models.BigIntegerField()
    placed = models.BigIntegerField()
    north = models.BigIntegerField()
    east = models.BigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = "tally"
        verbose_name_plural = "tallies"

    def __str__(self):
        return f"{self.number} {self.layer} {self.visibility}"
