from django.db import models
from django.utils.translation import gettext_lazy as _

from assetmap.areas.fields import Website
from assetmap.areas.validators import refuse_cpr


class PublicContact(models.Model):
    """How the public reaches an association, an institution or a place; never a private number."""

    website = Website(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[refuse_cpr])

    class Meta:
        abstract = True
