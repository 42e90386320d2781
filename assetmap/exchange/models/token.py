from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr

NOTED_EVERY = timedelta(hours=1)  # so that reading does not write each time


class Token(models.Model):
    """A key by which a program may do what its user may, until it lapses or is taken back."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=100, validators=[refuse_cpr])
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("lapses"))
    used_at = models.DateTimeField(_("last used"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-created_at"]

    def __str__(self):
        return self.name

    @property
    def has_lapsed(self):
        return self.expires_at <= timezone.now()

    def note_use(self):
        """Keep that it is in use, to the hour."""
        now = timezone.now()
        if self.used_at is None or self.used_at < now - NOTED_EVERY:
            type(self).objects.filter(pk=self.pk).update(used_at=now)
