from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.areas.codes import digest, digests, new_code
from assetmap.inventory.audience import Status

from .resident import Resident


class ApprovalQuerySet(models.QuerySet):
    def ask(self, resident, who):
        """Return a new code by which `who` may say yes or no; an older one opens nothing more."""
        code = new_code()
        waits = resident.status == Status.UNCONFIRMED
        since = resident.created_at if waits else timezone.now()
        expires_at = since + WAITS_FOR[who]
        self.update_or_create(
            resident=resident,
            defaults={"who": who, "digest": digest(code), "expires_at": expires_at},
        )
        return code

    def open_to(self, code):
        """Return what a code opens, or None: unknown, answered and run out are all the same."""
        waiting = self.filter(digest__in=digests(code), expires_at__gt=timezone.now())
        return waiting.select_related("resident__area").first()


class Approval(models.Model):
    """That somebody is asked for a yes: the person a record is about, or her guardian.

    The row goes when it is answered. A record that is not in use yet goes without an answer.
    """

    class Who(models.TextChoices):
        PERSON = "person", _("the person")
        GUARDIAN = "guardian", _("a parent or guardian")

    resident = models.OneToOneField(Resident, models.CASCADE, related_name="approval")
    who = models.CharField(max_length=10, choices=Who)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            models.CheckConstraint(
                name="approval_who_known", condition=Q(who__in=["person", "guardian"])
            ),
        ]

    def __str__(self):
        return f"{self.resident}: {self.get_who_display()}"


WAITS_FOR = {
    Approval.Who.PERSON: timedelta(days=30),
    Approval.Who.GUARDIAN: timedelta(days=14),
}
