from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset


class MergeQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(undone_at=None).select_related("kept", "gone")

    def touching(self, *assets):
        """Merges of which one of these was a part, whichever it was."""
        return self.filter(Q(kept__in=assets) | Q(gone__in=assets))


class Merge(models.Model):
    """That two records of one and the same thing were made into one; can be undone.

    What undoing needs is forgotten when it is done.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="merges")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="merges"
    )
    kept = models.ForeignKey(Asset, models.CASCADE, related_name="merged_from")
    gone = models.ForeignKey(Asset, models.CASCADE, related_name="merged_into")  # archived
    gone_status = models.CharField(max_length=20, choices=Status)  # before
    fields = models.JSONField(default=dict)  # of the kept one: {choice: [before, after]}
    moved = models.JSONField(default=dict)  # rows that changed hands: {kind of row: [pk]}
    hidden = models.JSONField(default=dict)  # ties that became private: {pk: visibility before}
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merging")
        verbose_name_plural = _("mergings")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="merge_joins_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(
                name="merge_status_known", condition=Q(gone_status__in=Status.values)
            ),
        ]

    def __str__(self):
        return f"{self.gone} → {self.kept}"
