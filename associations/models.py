from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assetmap.areas.dates import PartialDateField, show_partial_date
from assetmap.areas.fields import CvrNumber
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset, PublicContact


class Association(PublicContact, Asset):
    """People who do something together: a loose activity, a group or a registered association.

    An activity and an association are one record whose stage moves, so nothing is typed again.
    """

    class Stage(models.TextChoices):
        IDEA = "idea", _("idea")
        ACTIVITY = "activity", _("activity")
        GROUP = "group", _("group")
        ASSOCIATION = "association", _("association")
        SELF_RUNNING = "self_running", _("self-running")

    class Form(models.TextChoices):
        INFORMAL = "informal", _("informal group")
        VOLUNTARY = "voluntary", _("voluntary association")
        ENTERPRISE = "enterprise", _("social enterprise")
        NETWORK = "network", _("network")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.ACTIVITY)
    form = models.CharField(_("form"), max_length=20, choices=Form, blank=True)
    cvr = CvrNumber(_("CVR number"))
    founded = PartialDateField(_("founded"), blank=True)
    audience = models.CharField(_("for whom"), max_length=150, blank=True, validators=[refuse_cpr])
    meeting_times = models.CharField(
        _("when it meets"), max_length=150, blank=True, validators=[refuse_cpr]
    )

    word_fields = (*Asset.word_fields, "audience")
    told_fields = (*Asset.told_fields, "address", "audience", "meeting_times")

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        indexes = [models.Index(fields=["stage"], name="association_stage")]

    @property
    def tagline(self):
        named_so = self.stage == self.Stage.ASSOCIATION  # the layer's name says it
        return [*super().tagline, *([] if named_so else [self.get_stage_display()])]

    @property
    def way(self):
        """The stages in order, as (label, when it was reached, whether it is the present one)."""
        reached = {m.stage: m.date_shown for m in self.milestones.all() if m.stage}
        return [(s.label, reached.get(s.value, ""), s == self.stage) for s in self.Stage]

    @cached_property
    def figures_by_measure(self):
        """The figures by what they measure, in order of time: {(measure, unit): [figure, …]}."""
        measures = {}
        for figure in self.figures.all():
            measures.setdefault((figure.measure, figure.unit), []).append(figure)
        return measures

    @property
    def curves(self):
        """The measures that were taken more than once."""
        return {key: rows for key, rows in self.figures_by_measure.items() if len(rows) > 1}

    @property
    def numbers(self):
        """The figures of measures that were taken only once."""
        return [rows[0] for rows in self.figures_by_measure.values() if len(rows) == 1]


class Milestone(models.Model):
    """Something that happened on a group's way."""

    association = models.ForeignKey(Association, models.CASCADE, related_name="milestones")
    date = PartialDateField(_("date"))
    text = models.CharField(_("what happened"), max_length=200, validators=[refuse_cpr])
    stage = models.CharField(
        _("stage reached"), max_length=20, choices=Association.Stage, blank=True
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["date", "pk"]

    def __str__(self):
        return f"{self.date_shown}: {self.text}"

    @property
    def date_shown(self):
        return show_partial_date(self.date)


class Figure(models.Model):
    """A number about a group at a time: members, kilos of honey, kroner."""

    class Precision(models.TextChoices):
        EXACT = "", _("exactly")
        ABOUT = "about", _("about")
        OVER = "over", _("over")
        AT_LEAST = "at_least", _("at least")

    association = models.ForeignKey(Association, models.CASCADE, related_name="figures")
    date = PartialDateField(_("date"), blank=True)
    measure = models.CharField(_("what"), max_length=60, validators=[refuse_cpr])
    precision = models.CharField(
        _("how exact"), max_length=10, choices=Precision, blank=True, default=""
    )
    value = models.DecimalField(_("number"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=20, blank=True, validators=[refuse_cpr])

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["measure", "date", "pk"]

    def __str__(self):
        return f"{self.measure}: {self.value} {self.unit}"

    @property
    def date_shown(self):
        return show_partial_date(self.date)
