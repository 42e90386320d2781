from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr

from .resident import Resident

OPEN = ["asked", "accepted"]
STOPPED = "stopped"
NO_WORDS = dict.fromkeys(
    ["message", "asker_name", "asker_contact", "resident_name", "resident_contact"], ""
)


class IntroductionQuerySet(models.QuerySet):
    def of(self, user):
        """Introductions that the user asked for, or that were asked of her."""
        return self.filter(Q(asker=user.pk) | Q(resident__owner=user.pk))

    def stop(self):
        """End those that are open, and take the words away; return how many there were."""
        return self.filter(state__in=OPEN).update(state=STOPPED, **NO_WORDS)


class Introduction(models.Model):
    """That somebody would like to meet a resident: a message, and a yes or no.

    Neither name nor number is shown before both have said yes. Whoever stops it, or says no,
    takes the words away for both; that it happened stays.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waits for an answer")
        ACCEPTED = "accepted", _("both said yes")
        DECLINED = "declined", _("no, thank you")
        STOPPED = "stopped", _("stopped")

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="introductions")
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="introductions"
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    message = models.TextField(_("message"), max_length=1000, blank=True, validators=[refuse_cpr])
    asker_name = models.CharField(
        _("your name"), max_length=100, blank=True, validators=[refuse_cpr]
    )
    asker_contact = models.CharField(
        _("your phone or e-mail"), max_length=150, blank=True, validators=[refuse_cpr]
    )
    resident_name = models.CharField(
        _("your name"), max_length=100, blank=True, validators=[refuse_cpr]
    )
    resident_contact = models.CharField(
        _("your phone or e-mail"), max_length=150, blank=True, validators=[refuse_cpr]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="introduction_state_known",
                condition=Q(state__in=["asked", "accepted", "declined", "stopped"]),
            ),
            models.UniqueConstraint(
                fields=["resident", "asker"],
                condition=Q(state__in=OPEN),
                name="introduction_one_at_a_time",
                violation_error_message=_("You have asked already. Wait for the answer."),
            ),
            models.CheckConstraint(
                name="introduction_over_holds_no_words",
                condition=Q(state__in=OPEN) | Q(**NO_WORDS),
            ),
        ]

    def __str__(self):
        return f"{self.resident}: {self.get_state_display()}"
