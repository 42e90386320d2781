from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.areas.validators import refuse_cpr

from .asset import Asset


class ExportManager(models.Manager):
    def log(self, area, user, form, reason, assets):
        """Note that somebody takes data of these residents away, in a form such as "csv"."""
        export = self.create(area=area, user=user, form=form, reason=reason, count=len(assets))
        export.about.set(assets)
        return export


class Export(models.Model):
    """That somebody took personal data away as a file: who, when and why, and about whom.

    When one of the people is erased only the count remains of her.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="exports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="exports"
    )
    form = models.CharField(_("form"), max_length=10)
    reason = models.CharField(_("reason"), max_length=200, validators=[refuse_cpr])
    count = models.PositiveIntegerField(_("people"))
    about = models.ManyToManyField(Asset, related_name="exports")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ExportManager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(name="export_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.form} {self.created_at:%Y-%m-%d}"
