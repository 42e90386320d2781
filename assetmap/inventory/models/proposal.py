from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr

from .asset import Asset


class Proposal(models.Model):
    """Words for an asset that wait for a coordinator: what its owner wrote, or what anybody knows.

    `field` names the text they would replace; without it they are a message to the coordinators.
    A proposal goes when it is decided.
    """

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="proposals")
    field = models.CharField(max_length=30, blank=True, editable=False)
    text = models.TextField(_("words"), max_length=2000, validators=[refuse_cpr])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="proposals"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(name="proposal_has_words", condition=~Q(text="")),
        ]

    def __str__(self):
        return self.text[:50]

    @property
    def label(self):
        """What the text is that would change, such as "in short"."""
        return self.asset.child._meta.get_field(self.field).verbose_name if self.field else ""

    @property
    def before(self):
        return getattr(self.asset.child, self.field) if self.field else ""
