from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset, Link

from ..introducing.told import told

OPEN = ["asked", "agreed"]
NO_WORDS = dict.fromkeys(["reason", "one_name", "one_contact", "other_name", "other_contact"], "")


class MeetingQuerySet(models.QuerySet):
    def say_yes(self, side, other, **columns):
        """Note the yes of a side that has not answered; return how many rows took it.

        side, other: "one" and "other", or the other way round. When the other has said yes too,
        both have; the database sees to that in the same step, so that of two who answer at once
        neither is lost.
        """
        both = Q(**{f"{other}_says_yes": True})
        asked = self.filter(state=Meeting.State.ASKED, **{f"{side}_says_yes": None})
        return asked.update(
            state=Case(When(both, then=Value(Meeting.State.AGREED)), default=F("state")),
            answered_at=Case(When(both, then=Value(timezone.now())), default=F("answered_at")),
            **{f"{side}_says_yes": True},
            **columns,
        )

    def end(self, state, states=OPEN):
        """End those that are in some states; return how many there were.

        The words go, and who had said yes too, so that nobody can tell who said no.
        """
        silent = {"one_says_yes": None, "other_says_yes": None, **NO_WORDS}
        ended = self.filter(state__in=states)
        return ended.update(state=state, answered_at=timezone.now(), **silent)

    def become(self, link):
        """Note that those on which both agreed became a tie; return how many there were."""
        agreed = self.filter(state=Meeting.State.AGREED)
        return agreed.update(state=Meeting.State.BECAME, link=link, **NO_WORDS)


class Meeting(models.Model):
    """That somebody would like two assets of an area to meet, and why.

    What each side writes of itself shows to the other only once both said yes. When one says no,
    or it is stopped, the words are taken away; that it happened stays.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waits for an answer")
        AGREED = "agreed", _("both said yes")
        DECLINED = "declined", _("no, thank you")
        STOPPED = "stopped", _("stopped")
        BECAME = "became", _("it became something")

    area = models.ForeignKey(Area, models.CASCADE, related_name="meetings")
    connector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="meetings"
    )
    one = models.ForeignKey(Asset, models.CASCADE, related_name="meetings_as_one")
    other = models.ForeignKey(Asset, models.CASCADE, related_name="meetings_as_other")
    reason = models.CharField(
        _("why should they meet?"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    one_says_yes = models.BooleanField(null=True)  # None: has not answered
    other_says_yes = models.BooleanField(null=True)
    one_name = models.CharField(_("name"), max_length=100, blank=True, validators=[refuse_cpr])
    one_contact = models.CharField(
        _("phone or e-mail"), max_length=150, blank=True, validators=[refuse_cpr]
    )
    other_name = models.CharField(_("name"), max_length=100, blank=True, validators=[refuse_cpr])
    other_contact = models.CharField(
        _("phone or e-mail"), max_length=150, blank=True, validators=[refuse_cpr]
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    link = models.ForeignKey(Link, models.SET_NULL, null=True, related_name="meetings")
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    objects = MeetingQuerySet.as_manager()
    stays_when_merged = True  # both sides agree to meet this record, and no other

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="meeting_of_two", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(
                name="meeting_state_known",
                condition=Q(state__in=["asked", "agreed", "declined", "stopped", "became"]),
            ),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(state__in=OPEN),
                name="meeting_one_at_a_time",
                violation_error_message=_("Somebody has proposed this already."),
            ),
            models.CheckConstraint(
                name="meeting_agreed_by_both",
                condition=~Q(state__in=["agreed", "became"])
                | Q(one_says_yes=True, other_says_yes=True),
            ),
            models.CheckConstraint(
                name="meeting_over_holds_no_words",
                condition=Q(state__in=OPEN) | Q(**NO_WORDS),
            ),
        ]

    def __str__(self):
        return f"{self.one} – {self.other}: {self.get_state_display()}"

    @classmethod
    def kept_about(cls, resident, hers):
        """Return (heading, rows) for the export of all that is kept about a resident."""
        return str(_("Meetings")), told(cls.objects.all(), resident, hers)
