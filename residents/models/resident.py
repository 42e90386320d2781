from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.audience import Status, Visibility, reaches
from assetmap.inventory.models import Asset
from assetmap.inventory.position import block_of


class Resident(Asset):
    """Somebody who lives in the area, described by what she can give."""

    class AgeBand(models.TextChoices):
        YOUNG = "15-24", _("15 to 24")
        ADULT = "25-39", _("25 to 39")
        MIDDLE = "40-64", _("40 to 64")
        OLDER = "65+", _("65 or older")

    class NameShown(models.TextChoices):
        FIRST = "first", _("my first name")
        NICKNAME = "nickname", _("a nickname")
        NONE = "none", _("no name: “a neighbour”")

    name_shown = models.CharField(
        _("name shown"), max_length=10, choices=NameShown, default=NameShown.FIRST
    )
    availability = models.CharField(
        _("when it suits"), max_length=150, blank=True, validators=[refuse_cpr]
    )
    would_start = models.CharField(
        _("would start, if two neighbours joined"),
        max_length=200,
        blank=True,
        validators=[refuse_cpr],
    )
    contact = models.CharField(
        _("private contact"),
        max_length=150,
        blank=True,
        validators=[refuse_cpr],
        help_text=_(
            "A phone number or e-mail. Only the person and the coordinators see it, "
            "unless the person chooses otherwise."
        ),
    )
    contact_visibility = models.CharField(
        _("who may see the contact"),
        max_length=20,
        choices=Visibility,
        default=Visibility.PRIVATE,
    )
    photo_visibility = models.CharField(
        _("who may see the photo"),
        max_length=20,
        choices=Visibility,
        default=Visibility.PRIVATE,
    )
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, blank=True)
    may_connect = models.BooleanField(
        _("may be suggested as a connector"),
        default=False,
        help_text=_("Somebody who likes to bring people together."),
    )

    word_fields = (*Asset.word_fields, "would_start")
    told_fields = (*Asset.told_fields, "availability", "would_start")
    public_by_default = False
    status_when_added = Status.UNCONFIRMED  # until she says yes herself

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        constraints = [
            models.CheckConstraint(
                name="resident_parts_known",
                condition=Q(
                    contact_visibility__in=Visibility.values,
                    photo_visibility__in=Visibility.values,
                    name_shown__in=["first", "nickname", "none"],
                ),
            ),
        ]

    def prepare(self):
        """Keep no position more exact than the block."""
        if self.latitude is not None and self.longitude is not None:
            self.latitude, self.longitude = block_of(self.latitude, self.longitude)
        return super().prepare()

    def call(self, name_shown, typed):
        """Take the name that others may see; what is not to be shown is not kept at all."""
        shown = {
            self.NameShown.FIRST: " ".join(typed.split()[:1]),
            self.NameShown.NICKNAME: typed.strip(),
        }
        self.name_shown = name_shown
        self.name = shown.get(name_shown) or _now("A neighbour")

    @property
    def photo_level(self):
        return self.photo_visibility

    def shows_contact_to(self, user):
        return bool(self.contact) and reaches(self.contact_visibility, user, self)

    def confirm(self, user):
        """When she says so herself, what she agreed to holds as long again."""
        super().confirm(user)
        if user.pk == self.owner_id:
            self.consents.renew(self)

    def agrees_to(self, purpose):
        """Whether she, or her guardian, agreed to a purpose, and it still holds."""
        return self.consents.standing().filter(purpose=purpose).exists()

    @property
    def guarded(self):
        """Whether a parent or guardian says yes for her."""
        return self.consents.filter(given_by="guardian").exists()

    @property
    def may_be_kept(self):
        """Whether she has not taken back, or let run out, the consent that it is kept by."""
        by_consent = self.area.legal_basis == Area.LegalBasis.CONSENT
        asked = self.consents.filter(purpose="keep").exists()
        return not (by_consent and asked) or self.agrees_to("keep")
