from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.models import Asset


class VerdictQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(Q(until=None) | Q(until__gt=timezone.localdate()))


class Verdict(models.Model):
    """That a tie worth making is not to be suggested again: for good, or until a day."""

    one = models.ForeignKey(Asset, models.CASCADE, related_name="verdicts_as_one")
    other = models.ForeignKey(Asset, models.CASCADE, related_name="verdicts_as_other")
    until = models.DateField(null=True)  # None: for good
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VerdictQuerySet.as_manager()
    stays_when_merged = True  # it was passed on these two

    class Meta:
        verbose_name = _("verdict on a suggested tie")
        verbose_name_plural = _("verdicts on suggested ties")
        constraints = [
            models.CheckConstraint(name="verdict_on_two", condition=Q(one__lt=F("other"))),
            models.UniqueConstraint(fields=["one", "other"], name="verdict_once"),
        ]

    def __str__(self):
        return f"{self.one} – {self.other}"
