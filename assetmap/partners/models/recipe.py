import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.models import Asset


class Recipe(models.Model):
    """What some assets of an area made together, written down for others to do as they did."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="recipes")
    title = models.CharField(_("what it is called"), max_length=120, validators=[refuse_cpr])
    story = models.TextField(_("what they did together"), max_length=3000, validators=[refuse_cpr])
    numbers = models.CharField(
        _("what came of it, in numbers"),
        max_length=300,
        blank=True,
        validators=[refuse_cpr],
        help_text=_("Such as: 23 volunteers, 10 hives, 300 kg of honey."),
    )
    source = models.CharField(
        _("where this is known from"),
        max_length=200,
        validators=[refuse_cpr],
        help_text=_("Who told it, or where it can be read."),
    )
    parts = models.ManyToManyField(Asset, related_name="recipes", verbose_name=_("who took part"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("recipe")
        verbose_name_plural = _("recipes")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("partners:recipe", args=[self.area.slug, self.uid])
