from datetime import timedelta
from math import ceil

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.areas.validators import refuse_cpr
from residents.models import Resident

from ..recognitions.told import told

WAITS = timedelta(days=30)


class RecognitionQuerySet(models.QuerySet):
    def waiting(self):
        """Those that nobody has answered yet; after 30 days they are gone for everybody."""
        since = timezone.now() - WAITS
        return self.filter(state=Recognition.State.WAITING, created_at__gt=since)

    def lapsed(self):
        """Those that nobody answered in time, for the upkeep to delete."""
        since = timezone.now() - WAITS
        return self.filter(state=Recognition.State.WAITING, created_at__lte=since)

    def in_time(self):
        """All but those that nobody answered in time."""
        lapsed = {"state": Recognition.State.WAITING, "created_at__lte": timezone.now() - WAITS}
        return self.exclude(**lapsed)

    def standing(self):
        """Those that she whom they are about has accepted."""
        return self.filter(state=Recognition.State.ACCEPTED)


class Recognition(models.Model):
    """That a neighbour goes to somebody, and why; it stands once she has accepted it herself.

    Who wrote it is not kept. `resident` is whom a coordinator found it to be about.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        HIDDEN = "hidden", _("hidden")

    area = models.ForeignKey(Area, models.CASCADE, related_name="recognitions")
    resident = models.ForeignKey(
        Resident, models.CASCADE, null=True, blank=True, related_name="recognitions"
    )
    name = models.CharField(_("first name"), max_length=40, validators=[refuse_cpr])
    reason = models.CharField(_("why"), max_length=200, validators=[refuse_cpr])
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="recognition_waiting")]
        constraints = [
            models.CheckConstraint(
                name="recognition_state_known",
                condition=Q(state__in=["waiting", "accepted", "hidden"]),
            ),
            models.CheckConstraint(
                name="recognition_answered_by_somebody",
                condition=Q(state="waiting") | Q(resident__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_state_display()}"

    @property
    def days_left(self):
        """How many days it still waits, begun ones counted whole."""
        return ceil((self.created_at + WAITS - timezone.now()) / timedelta(days=1))

    @classmethod
    def kept_about(cls, resident, hers):
        """Return (heading, rows) for the copy of all that is kept about a resident."""
        return _now("What neighbours say of you"), told(cls.objects.in_time(), resident, hers)
