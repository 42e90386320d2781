import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assetmap.areas.dates import PartialDateField
from assetmap.areas.validators import refuse_cpr

from ..audience import Status, Visibility, link_q
from ..kinds import LINK_KINDS, SYMMETRIC_KINDS, kind_choices
from .asset import Asset, Layer


class LinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(link_q(user))

    def of(self, asset):
        """Ties of an asset, from either end."""
        return self.filter(Q(source=asset) | Q(target=asset))

    def in_use(self):
        """Ties whose both ends are in use: what the list and the map count and draw."""
        return self.filter(source__status=Status.ACTIVE, target__status=Status.ACTIVE)

    def about_people(self):
        """Ties with a resident at one end."""
        return self.filter(Q(source__layer=Layer.RESIDENT) | Q(target__layer=Layer.RESIDENT))


class Link(models.Model):
    """A tie between two assets: who works with, meets at, supports or belongs to whom."""

    class Strength(models.IntegerChoices):
        LOOSE = 1, _("loose")
        STEADY = 2, _("steady")
        STRONG = 3, _("strong")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(Asset, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Asset, models.CASCADE, related_name="links_in")
    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices)
    since = PartialDateField(_("since"), blank=True)
    until = PartialDateField(_("until"), blank=True)
    strength = models.PositiveSmallIntegerField(
        _("how close"), choices=Strength, default=Strength.STEADY
    )
    note = models.CharField(_("note"), max_length=200, blank=True, validators=[refuse_cpr])
    visibility = models.CharField(
        _("who may see it"), max_length=20, choices=Visibility, default=""
    )
    licence = models.CharField(max_length=60, blank=True, editable=False)
    data_source = models.CharField(max_length=150, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="link_joins_two",
                condition=~Q(source=F("target")),
                violation_error_message=_("A tie joins two different assets."),
            ),
            # A tie that means the same both ways is kept one way, so that it cannot stand twice.
            models.CheckConstraint(
                name="link_symmetric_in_order",
                condition=~Q(kind__in=SYMMETRIC_KINDS) | Q(source__lt=F("target")),
            ),
            models.CheckConstraint(
                name="link_visibility_known", condition=Q(visibility__in=Visibility.values)
            ),
            models.UniqueConstraint(
                fields=["source", "target", "kind"],
                name="link_once",
                violation_error_message=_("This tie stands there already."),
            ),
            models.CheckConstraint(
                name="link_ends_after_it_began",
                condition=Q(until="") | Q(until__gte=F("since")) | Q(since__startswith=F("until")),
                violation_error_message=_("The tie cannot end before it began."),
            ),
        ]

    def __str__(self):
        return f"{self.source} {self.kind_row.out} {self.target}"

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("inventory:link-edit", args=[self.source.area.slug, self.uid])

    def clean(self):
        if not (hasattr(self, "source") and hasattr(self, "target")):
            return  # the form has said so already
        self.prepare()
        if self.source.area_id != self.target.area_id:
            raise ValidationError(_("Both ends of a tie must be in the same area."))
        if not self.kind_row.allows(self.source.layer, self.target.layer):
            raise ValidationError(
                _("“%(tie)s” does not go from %(source)s to %(target)s. Choose another kind.")
                % {
                    "tie": self.kind_row.out,
                    "source": Layer(self.source.layer).label,
                    "target": Layer(self.target.layer).label,
                }
            )

    def prepare(self):
        """Put a symmetric tie's ends in order, and hide what reveals something about a person.

        Returns the tie, for the loader.
        """
        self.visibility = self.visibility or self.usual_visibility
        whole = self.source_id and self.target_id
        if whole and self.kind in SYMMETRIC_KINDS and self.source_id > self.target_id:
            self.source, self.target = self.target, self.source
        return self

    @property
    def kind_row(self):
        return LINK_KINDS[self.kind]

    @property
    def usual_visibility(self):
        """Who may see the tie unless somebody chose: one that reveals something is private."""
        ends = (self.source, self.target)
        about_a_person = any(end.layer == Layer.RESIDENT for end in ends)
        revealing = about_a_person and any(end.reveals for end in ends)
        return Visibility.PRIVATE if revealing else Visibility.PUBLIC

    def seen_from(self, asset):
        """Return (label, other end) as read from one of the two ends."""
        if self.source_id == asset.pk:
            return self.kind_row.out, self.target
        return self.kind_row.back, self.source
