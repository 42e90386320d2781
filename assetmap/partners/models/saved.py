from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset


class SavedSearch(models.Model):
    """What somebody looks for in the partner finder, to be told when something new fits."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="searches")
    area = models.ForeignKey(Area, models.CASCADE, related_name="searches")
    name = models.CharField(_("name"), max_length=80, validators=[refuse_cpr])
    query = models.CharField(max_length=1000, blank=True)  # the finder's own; the form checks it
    by_mail = models.BooleanField(_("tell me by mail when something new fits"), default=True)
    # What fitted the last time that she looked or was told.
    known = models.ManyToManyField(Asset, related_name="+")
    told_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "area", "query"],
                name="search_saved_once",
                violation_error_message=_("You have saved this search already."),
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def kept_about(cls, resident, hers):
        """Return (heading, rows) for the copy of all that is kept about a resident: what she looks
        for herself, for her own eyes."""
        rows = cls.objects.none()
        if resident.owner_id and hers:
            rows = cls.objects.filter(user=resident.owner, area=resident.area_id)
        told = [
            (date_format(localtime(row.created_at), "DATE_FORMAT"), f"{row.name}: {row.query}")
            for row in rows
        ]
        return gettext("Searches that you have saved"), told
