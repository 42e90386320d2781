from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assetmap.areas.fields import Website
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset, PublicContact


class Place(PublicContact, Asset):
    """A room, courtyard, garden, playground or studio that people can use or meet in."""

    class Kind(models.TextChoices):
        ROOM = "room", _("room or hall")
        CENTRE = "centre", _("centre")
        STUDIO = "studio", _("studio or workshop")
        HOUSING = "housing", _("housing department")
        DAY_CARE = "day_care", _("day-care house")
        COURTYARD = "courtyard", _("courtyard")
        GARDEN = "garden", _("garden or allotment")
        PARK = "park", _("park or green space")
        PLAYGROUND = "playground", _("playground")
        STAFFED_PLAYGROUND = "staffed_playground", _("staffed playground")
        SPORT = "sport", _("sports ground")
        SQUARE = "square", _("square or street")
        OTHER = "other", _("other")

    class Wheelchair(models.TextChoices):
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    facilities = models.CharField(
        _("what is there"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    capacity = models.PositiveIntegerField(
        _("room for"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    wheelchair = models.CharField(
        _("wheelchair access"), max_length=10, choices=Wheelchair, blank=True
    )
    opening_hours = models.CharField(
        _("opening hours"), max_length=200, blank=True, validators=[refuse_cpr]
    )
    booking_url = Website(_("booking"), blank=True)

    word_fields = (*Asset.word_fields, "facilities")
    told_fields = (*Asset.told_fields, "address", "facilities", "opening_hours")

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")

    @property
    def tagline(self):
        return [*super().tagline, self.get_kind_display()]
