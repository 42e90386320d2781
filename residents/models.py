from django.db import models
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset
from assetmap.inventory.position import block_of


class Resident(Asset):
    """Somebody who lives in the area, described by what she can give."""

    class AgeBand(models.TextChoices):
        YOUNG = "15-24", _("15 to 24")
        ADULT = "25-39", _("25 to 39")
        MIDDLE = "40-64", _("40 to 64")
        OLDER = "65+", _("65 or older")

    availability = models.CharField(
        _("when it suits"), max_length=150, blank=True, validators=[refuse_cpr]
    )
    contact = models.CharField(
        _("private contact"),
        max_length=150,
        blank=True,
        validators=[refuse_cpr],
        help_text=_("A phone number or e-mail. Only the person and the coordinators see it."),
    )
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, blank=True)
    may_connect = models.BooleanField(
        _("may be suggested as a connector"),
        default=False,
        help_text=_("Somebody who likes to bring people together."),
    )

    public_by_default = False

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")

    def prepare(self):
        """Keep no position more exact than the block."""
        if self.latitude is not None and self.longitude is not None:
            self.latitude, self.longitude = block_of(self.latitude, self.longitude)
        return super().prepare()
