import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset, Link

OPEN = ["asked", "answered", "met"]


class Contact(models.Model):
    """That somebody wrote to an association, institution or place to do something together.

    A resident is not written to in this way: she is asked for an introduction, and says yes first.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        ANSWERED = "answered", _("answered")
        MET = "met", _("met")
        BECAME = "became", _("became something")
        CLOSED = "closed", _("came to nothing this time")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="contacts")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="contacts_made"
    )
    on_behalf = models.ForeignKey(Asset, models.SET_NULL, null=True, related_name="contacts_made")
    to = models.ForeignKey(Asset, models.CASCADE, related_name="contacts")
    # Whom one asks `to` to introduce one to; None where `to` itself is asked.
    about = models.ForeignKey(Asset, models.CASCADE, null=True, related_name="contacts_through")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    link = models.ForeignKey(Link, models.SET_NULL, null=True, related_name="contacts")
    created_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)

    stays_when_merged = True  # the words were written to this record

    class Meta:
        verbose_name = _("first contact")
        verbose_name_plural = _("first contacts")
        ordering = ["-moved_at", "-pk"]
        indexes = [models.Index(fields=["area", "state"], name="contact_by_state")]
        constraints = [
            models.CheckConstraint(
                name="contact_state_known",
                condition=Q(state__in=["asked", "answered", "met", "became", "closed"]),
            ),
            models.CheckConstraint(
                name="contact_of_two", condition=Q(on_behalf=None) | ~Q(on_behalf=F("to"))
            ),
            models.CheckConstraint(
                name="contact_about_another", condition=Q(about=None) | ~Q(about=F("to"))
            ),
            models.UniqueConstraint(
                fields=["sender", "to"],
                condition=Q(state__in=OPEN),
                name="contact_one_at_a_time",
                violation_error_message=_("You have written to them already."),
            ),
        ]

    def __str__(self):
        return f"{self.to}: {self.get_state_display()}"

    def get_absolute_url(self):
        return reverse("partners:contact", args=[self.area.slug, self.uid])

    @classmethod
    def kept_about(cls, resident, hers):
        """Return (heading, rows) for the copy of all that is kept about a resident: what she
        wrote to others herself."""
        rows = Message.objects.none()
        if resident.owner_id:
            rows = Message.objects.filter(author=resident.owner, contact__area=resident.area_id)
        told = [
            (
                date_format(localtime(row.created_at), "DATE_FORMAT"),
                " · ".join([str(row.contact.to), *([row.text] if hers else [])]),
            )
            for row in rows.select_related("contact__to")
        ]
        return gettext("What you wrote to others here"), told

    @property
    def is_open(self):
        return self.state in OPEN


class Message(models.Model):
    """What one of the two sides of a first contact wrote."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="messages")
    # None: whoever has the link that was mailed to the other side. Words go with who wrote them.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    from_sender = models.BooleanField()
    text = models.TextField(_("message"), max_length=3000, validators=[refuse_cpr])
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.created_at:%Y-%m-%d}"
