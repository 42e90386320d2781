import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.inventory.models import Asset


class Import(models.Model):
    """A file that somebody brings into an area: what was understood, what was chosen and done."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("columns to be matched")
        CHECKING = "checking", _("being read")
        CHECKED = "checked", _("ready to be looked through")
        WRITING = "writing", _("being written")
        DONE = "done", _("in the inventory")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("stopped by a fault")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="imports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="imports"
    )
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    filename = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports", blank=True)
    source = models.CharField(_("source"), max_length=150)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    understood = models.JSONField(default=dict)  # format, encoding, delimiter, notes, sheets
    mapping = models.JSONField(default=dict)  # {"sheets": [mapping, …]}; see importing.guess
    counts = models.JSONField(default=dict)  # rows by outcome
    said = models.TextField(blank=True)  # why it failed, or what undoing had to leave
    worked_at = models.DateTimeField(null=True)  # when whoever works on it took it on
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="import_state_known",
                condition=Q(
                    state__in=[
                        *("uploaded", "checking", "checked", "writing"),
                        *("done", "undone", "failed"),
                    ]
                ),
            ),
        ]

    def __str__(self):
        return self.filename

    def get_absolute_url(self):
        return reverse("import:import", args=[self.area.slug, self.uid])


class ImportRow(models.Model):
    """One row of a file on its way into the inventory, and what became of it."""

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        REFUSED = "refused", _("refused")

    class What(models.TextChoices):
        ASSET = "asset", _("asset")
        LINK = "link", _("tie")
        GIFT = "gift", _("gift or wish")

    run = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    sheet = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=10, choices=What, default=What.ASSET)
    key = models.CharField(max_length=150, blank=True)  # the row's source id
    name = models.CharField(max_length=400, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    asset = models.ForeignKey(
        Asset, models.CASCADE, null=True, related_name="import_rows", db_index=False
    )  # an erased asset takes with it what its import kept about it
    values = models.JSONField(default=dict)  # what is to be written
    changes = models.JSONField(default=dict)  # {field: [before, after]}, for looking and undoing
    made = models.JSONField(default=dict)  # {"links": [pk], "gifts": [pk], "version": number}
    problems = models.JSONField(
        default=list
    )  # [[code, {what it is about}]]; see importing.problems
    likely = models.JSONField(default=list)  # [{"asset": pk, "score": 0-100, "why": […]}]
    apart = models.BooleanField(null=True)  # chosen: another one than the likely; None: not asked

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["run", "sheet", "number"]
        indexes = [
            models.Index(fields=["run", "outcome"], name="import_row_outcome"),
            models.Index(fields=["asset", "key"], name="import_row_asset"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "sheet", "number"], name="import_row_once"),
        ]

    def __str__(self):
        return f"{self.number}: {self.name}"


class Mapping(models.Model):
    """How the columns of a kind of file were matched in an area, remembered for the next one."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="mappings")
    columns = models.CharField(max_length=64)  # digest of the columns' names
    mapping = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("matched columns")
        verbose_name_plural = _("matched columns")
        constraints = [
            models.UniqueConstraint(fields=["area", "columns"], name="mapping_once_an_area"),
        ]

    def __str__(self):
        return f"{self.area} {self.columns[:8]}"
