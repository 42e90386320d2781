from django.db import models
from django.utils.translation import gettext_lazy as _

from assetmap.areas.fields import CvrNumber
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset, PublicContact


class Institution(PublicContact, Asset):
    """A library, school, health centre, housing organisation, business or public office."""

    class Kind(models.TextChoices):
        LIBRARY = "library", _("library")
        CULTURE = "culture", _("culture house")
        SCHOOL = "school", _("school or education")
        DAY_CARE = "day_care", _("day-care")
        HOUSING = "housing", _("housing organisation")
        HEALTH = "health", _("health")
        POLICE = "police", _("police and safety")
        MUNICIPALITY = "municipality", _("municipality")
        COMMUNITY_WORK = "community_work", _("community development")
        BUSINESS = "business", _("business")
        MEDIA = "media", _("media")
        FAITH = "faith", _("faith community")
        SPORT = "sport", _("sport and leisure")
        OTHER = "other", _("other")

    class Sector(models.TextChoices):
        PUBLIC = "public", _("public")
        PRIVATE = "private", _("private")
        CIVIL = "civil", _("civil society")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector, default=Sector.PUBLIC)
    cvr = CvrNumber(_("CVR number"))
    opening_hours = models.CharField(
        _("opening hours"), max_length=200, blank=True, validators=[refuse_cpr]
    )
    outreach = models.BooleanField(
        _("outreach role (A)"),
        default=False,
        help_text=_("Brings public services, learning, books and culture out to people."),
    )
    facilitating = models.BooleanField(
        _("facilitating role (B)"),
        default=False,
        help_text=_("A citizens' centre: volunteers, associations, democracy, talent, new ideas."),
    )

    told_fields = (*Asset.told_fields, "address", "opening_hours")

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        indexes = [models.Index(fields=["sector"], name="institution_sector")]

    @property
    def tagline(self):
        return [*super().tagline, self.get_kind_display(), self.get_sector_display()]


class RoleOffer(models.Model):
    """What an institution offers in one field of its two roles, beside its daily work.

    A reaches out to people; B lets people make something themselves (the two roles of a library in
    the talk on libraries and housing-social work that the mission begins from).
    """

    class Field(models.TextChoices):
        SERVICES = "services", _("public services")
        LEARNING = "learning", _("learning and teaching")
        BOOKS = "books", _("books")
        CULTURE = "culture", _("culture")
        VOLUNTEERING = "volunteering", _("volunteering")
        HOME = "home", _("home for associations")
        DEMOCRACY = "democracy", _("democracy")
        TALENT = "talent", _("talent")
        INNOVATION = "innovation", _("culture and social innovation")

    A = (Field.SERVICES, Field.LEARNING, Field.BOOKS, Field.CULTURE)
    B = (Field.VOLUNTEERING, Field.HOME, Field.DEMOCRACY, Field.TALENT, Field.INNOVATION)

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="role_offers")
    field = models.CharField(_("field"), max_length=20, choices=Field)
    text = models.CharField(
        _("what we offer in it"), max_length=150, blank=True, validators=[refuse_cpr]
    )

    class Meta:
        verbose_name = _("offer in a role")
        verbose_name_plural = _("offers in a role")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "field"],
                name="role_offer_once",
                violation_error_message=_("This field stands there already."),
            ),
            models.CheckConstraint(
                name="role_offer_field_known",
                condition=models.Q(
                    field__in=[
                        *("services", "learning", "books", "culture", "volunteering"),
                        *("home", "democracy", "talent", "innovation"),
                    ]
                ),
            ),
        ]

    def __str__(self):
        return self.get_field_display()
