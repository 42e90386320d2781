from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset


class Aside(models.Model):
    """That somebody does not want the finder to suggest an asset to her again, and why."""

    class Because(models.TextChoices):
        BUSY = "busy", _("they have enough to do")
        TRIED = "tried", _("we have tried it together already")
        FAR = "far", _("it is too far away")
        FIT = "fit", _("it does not fit what we do")
        OTHER = "other", _("something else")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="asides")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="asides")
    because = models.CharField(_("because"), max_length=10, choices=Because)
    # Empty for residents: nobody keeps words about a neighbour here.
    text = models.CharField(_("in own words"), max_length=200, blank=True, validators=[refuse_cpr])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("asset put aside")
        verbose_name_plural = _("assets put aside")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "asset"], name="aside_once"),
            models.CheckConstraint(
                name="aside_because_known",
                condition=Q(because__in=["busy", "tried", "far", "fit", "other"]),
            ),
        ]

    def __str__(self):
        return f"{self.asset}: {self.get_because_display()}"

    @classmethod
    def kept_about(cls, resident, hers):
        """Return (heading, rows) for the copy of all that is kept about a resident."""
        rows = cls.objects.filter(asset=resident)
        told = [
            (date_format(localtime(row.created_at), "DATE_FORMAT"), row.get_because_display())
            for row in rows
        ]
        return gettext("Put aside by somebody in the partner finder"), told
