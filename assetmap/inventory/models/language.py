from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..languages import LANGUAGE_CODES, language_name
from .asset import Asset


class SpokenLanguage(models.Model):
    """A language in which one can talk with an asset."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="languages")
    code = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "code"], name="language_once_an_asset"),
            models.CheckConstraint(name="language_known", condition=Q(code__in=LANGUAGE_CODES)),
        ]

    def __str__(self):
        return language_name(self.code)
