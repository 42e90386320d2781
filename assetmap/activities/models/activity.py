import uuid
from datetime import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.audience import Status, asset_q, editable_q
from assetmap.inventory.models import Asset, Gift, Layer

ORGANISERS = (Layer.ASSOCIATION, Layer.INSTITUTION)
OLDEST = 120  # years of age
WORDS = ("title", "summary", "price", "joining")  # free text that others read


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those whose organiser is in use and may be seen by the user.

        What waits for a coordinator shows to whoever may change the organiser, and to nobody else.
        """
        seen = self.filter(asset_q(user, "organiser__"), organiser__status=Status.ACTIVE)
        if user.is_superuser:
            return seen
        return seen.filter(Q(waiting=False) | editable_q(user, "organiser__"))

    def to_decide(self):
        """Those that wait for a coordinator, or of which new words do."""
        return self.filter(Q(waiting=True) | ~Q(proposed={}))

    def going_on(self, day):
        """Those that may still happen on a day or after it."""
        once = Q(repeats=Activity.Repeats.ONCE)
        return self.exclude(Q(once, first_day__lt=day) | Q(last_day__lt=day))

    def standing(self, first, last):
        """Those that may happen on a day from `first` to `last`; the rule says which ones do."""
        return self.going_on(first).filter(first_day__lte=last)

    def on_weekday(self, day):
        """Those of a day of the week, Monday is 0: every rule keeps to that of its first day."""
        return self.filter(first_day__iso_week_day=day + 1)

    def begin_between(self, first, last):
        """Those that begin at an hour from `first` on, and before `last`."""
        rows = self.filter(begins__gte=time(first))
        return rows.filter(begins__lt=time(last)) if last < 24 else rows

    def open_to(self, meant_for):
        """Those to which some people may come, such as women: what is for everybody too."""
        return self.filter(meant_for__in={Activity.MeantFor.EVERYBODY, meant_for})

    def for_age(self, age):
        from_, to = Q(age_from=None) | Q(age_from__lte=age), Q(age_to=None) | Q(age_to__gte=age)
        return self.filter(from_, to)

    def of(self, asset):
        """Those that an asset organises, or that happen there."""
        return self.filter(Q(organiser=asset) | Q(place=asset))


class Activity(models.Model):
    """What an association or institution holds at some place, once or again and again."""

    class Repeats(models.TextChoices):
        ONCE = "once", _("once")
        WEEKLY = "weekly", _("every week")
        FORTNIGHTLY = "fortnightly", _("every second week")
        MONTHLY = "monthly", _("every month, the same weekday of it")

    class MeantFor(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        WOMEN = "women", _("girls and women")
        MEN = "men", _("boys and men")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="activities")
    organiser = models.ForeignKey(Asset, models.CASCADE, related_name="activities")
    place = models.ForeignKey(Asset, models.SET_NULL, null=True, related_name="hosted")
    title = models.CharField(_("what happens"), max_length=120, validators=[refuse_cpr])
    summary = models.TextField(_("in short"), max_length=1000, blank=True, validators=[refuse_cpr])
    first_day = models.DateField(_("day, or the first one"))
    begins = models.TimeField(_("begins at"))
    ends = models.TimeField(_("ends at"))
    repeats = models.CharField(_("how often"), max_length=12, choices=Repeats, default="weekly")
    last_day = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Empty: it goes on until further notice."),
    )
    off = models.JSONField(default=list, editable=False)  # days that it does not happen on, ISO
    meant_for = models.CharField(
        _("who it is for"), max_length=10, choices=MeantFor, default=MeantFor.EVERYBODY
    )
    age_from = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("to age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    languages = models.JSONField(default=list, editable=False)  # codes, as in languages.py
    gifts = models.ManyToManyField(Gift, related_name="activities", blank=True, editable=False)
    price = models.CharField(
        _("price"),
        max_length=80,
        blank=True,
        validators=[refuse_cpr],
        help_text=_("Empty: it is free."),
    )
    joining = models.CharField(
        _("how to join"),
        max_length=200,
        blank=True,
        validators=[refuse_cpr],
        help_text=_("Such as: just come, or write to us first."),
    )
    waiting = models.BooleanField(default=False, editable=False)  # for a coordinator to see it
    proposed = models.JSONField(default=dict, editable=False)  # {field: words that wait}
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["first_day", "begins", "pk"]
        indexes = [models.Index(fields=["area", "first_day"], name="activity_by_day")]
        constraints = [
            models.CheckConstraint(
                name="activity_repeats_known",
                condition=Q(repeats__in=["once", "weekly", "fortnightly", "monthly"]),
            ),
            models.CheckConstraint(
                name="activity_meant_for_known",
                condition=Q(meant_for__in=["everybody", "women", "men"]),
            ),
            models.CheckConstraint(
                name="activity_ends_after_it_began",
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(
                name="activity_ages_in_order",
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.url("detail")

    def clean(self):
        wrong = {}
        if self.last_day and self.first_day and self.last_day < self.first_day:
            wrong["last_day"] = _("The last day comes before the first.")
        if None not in (self.age_from, self.age_to) and self.age_to < self.age_from:
            wrong["age_to"] = _("This is younger than the age it is from.")
        if self.begins and self.begins == self.ends:
            wrong["ends"] = _("It ends when it begins. Write when it is over.")
        if wrong:
            raise ValidationError(wrong)

    def url(self, page):
        """Return the address of one of its pages: detail, edit, erase."""
        return reverse(f"activities:{page}", args=[self.area.slug, self.uid])

    @property
    def is_free(self):
        return not self.price

    def suits(self, age):
        """Whether somebody of an age may come."""
        return (self.age_from or 0) <= age <= (OLDEST if self.age_to is None else self.age_to)
