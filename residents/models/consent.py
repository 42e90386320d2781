from datetime import timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr

from .resident import Resident

TEXT_VERSION = "2026-11"  # raised whenever the words of a purpose change
LASTS = timedelta(days=730)


class ConsentQuerySet(models.QuerySet):
    def standing(self):
        """Consents that hold now: neither withdrawn nor run out."""
        return self.filter(withdrawn_at=None, expires_at__gt=timezone.now())

    @transaction.atomic
    def give(self, resident, purposes, **how):
        """Record that she, or her guardian, agrees to these purposes from now on.

        how: language, channel, and where they apply read_by and given_by.
        """
        Resident.objects.select_for_update().get(pk=resident.pk)  # two at once: one after another
        over = self.filter(resident=resident, withdrawn_at=None, expires_at__lte=timezone.now())
        over.update(withdrawn_at=F("expires_at"))
        standing = set(self.standing().filter(resident=resident).values_list("purpose", flat=True))
        rows = [
            Consent(resident=resident, purpose=purpose, **how)
            for purpose in purposes
            if purpose not in standing
        ]
        for row in rows:
            row.full_clean()
        self.bulk_create(rows)
        _tell_record(resident)
        return rows

    def withdraw(self, resident, purpose):
        standing = self.standing().filter(resident=resident, purpose=purpose)
        standing.update(withdrawn_at=timezone.now())
        _tell_record(resident)

    def renew(self, resident):
        """Let what she agreed to hold as long again, from now on: she said that it is still so."""
        self.standing().filter(resident=resident).update(expires_at=in_two_years())


def in_two_years():
    return timezone.now() + LASTS


def _tell_record(resident):
    """Keep the column that others query in step with the consent behind it."""
    resident.may_connect = resident.agrees_to(Consent.Purpose.CONNECT)
    Resident.objects.filter(pk=resident.pk).update(may_connect=resident.may_connect)


class Consent(models.Model):
    """That a resident agreed to one purpose: when, how, in which words, and until when."""

    class Purpose(models.TextChoices):
        KEEP = "keep", _("Keep what I write here, so that I can be found by what I can do")
        INTRODUCE = "introduce", _("Bring me messages from people who would like to meet me")
        CONNECT = "connect", _("Suggest me as somebody who brings people together")
        REMIND = "remind", _("Write to me once a year and ask whether it is still true")

    class Channel(models.TextChoices):
        WEB = "web", _("on the web")
        PHONE = "phone", _("by phone")
        PAPER = "paper", _("on paper")

    class GivenBy(models.TextChoices):
        SELF = "self", _("the person")
        GUARDIAN = "guardian", _("a parent or guardian")

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    text_version = models.CharField(_("version of the text"), max_length=20, default=TEXT_VERSION)
    language = models.CharField(_("language"), max_length=10)
    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    read_by = models.CharField(
        _("read aloud by"), max_length=100, blank=True, validators=[refuse_cpr]
    )
    given_by = models.CharField(
        _("given by"), max_length=10, choices=GivenBy, default=GivenBy.SELF
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    expires_at = models.DateTimeField(_("holds until"), default=in_two_years)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_at", "pk"]
        indexes = [models.Index(fields=["purpose", "expires_at"], name="consent_running_out")]
        constraints = [
            models.CheckConstraint(
                name="consent_purpose_known",
                condition=Q(purpose__in=["keep", "introduce", "connect", "remind"]),
            ),
            models.CheckConstraint(
                name="consent_channel_known", condition=Q(channel__in=["web", "phone", "paper"])
            ),
            models.UniqueConstraint(
                fields=["resident", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_once_a_purpose",
            ),
        ]

    def __str__(self):
        return self.get_purpose_display()

    @property
    def stands(self):
        return self.withdrawn_at is None and self.expires_at > timezone.now()
