from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .basemaps import BASE_MAPS, base_map_choices
from .fields import Latitude, Longitude
from .text import fold, sort_key
from .validators import boundary_validator, not_reserved, refuse_cpr


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Somebody who can sign in, known by an e-mail address."""

    username = first_name = last_name = None
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True, validators=[refuse_cpr])

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self):
        return self.name or self.email

    def save(self, *args, **kwargs):
        self.email = self.email.lower()  # or one person could have two accounts
        super().save(*args, **kwargs)

    def clean(self):
        self.email = (self.email or "").lower()

    def get_full_name(self):
        return str(self)

    get_short_name = get_full_name

    @cached_property
    def roles(self):
        """The user's role in each area, as {area id: role}; one query the first time."""
        return dict(self.memberships.values_list("area_id", "role"))


class Area(models.Model):
    """A neighbourhood whose assets are mapped."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("address on the site"), unique=True, validators=[not_reserved])
    municipality = models.CharField(_("municipality"), max_length=100, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    latitude = Latitude(_("latitude of the centre"))
    longitude = Longitude(_("longitude of the centre"))
    boundary = models.JSONField(
        _("boundary"),
        null=True,
        blank=True,
        validators=[boundary_validator],
        help_text=_("The area's outline as a GeoJSON polygon."),
    )
    base_map = models.CharField(
        _("base map"),
        max_length=50,
        blank=True,
        choices=base_map_choices,
        help_text=_("A map of our own under the pins; empty for the outline alone."),
    )
    credit = models.TextField(
        _("sources"), blank=True, help_text=_("Who made the data that the area began with.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="area_position_on_earth",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("explore:explore", args=[self.slug])

    @property
    def base_map_files(self):
        return [static(path) for path in BASE_MAPS.get(self.base_map, {}).get("files", ())]

    @property
    def base_map_credits(self):
        return BASE_MAPS.get(self.base_map, {}).get("credits", ())


class Membership(models.Model):
    """What somebody may do in an area."""

    class Role(models.TextChoices):
        RESIDENT = "resident", _("resident")
        PARTNER = "partner", _("partner")
        COORDINATOR = "coordinator", _("coordinator")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    area = models.ForeignKey(Area, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "area"], name="membership_one_role_an_area"),
            models.CheckConstraint(
                name="membership_role_known",
                condition=Q(role__in=["resident", "partner", "coordinator"]),
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.area}"


class AddressQuerySet(models.QuerySet):
    def starting_with(self, text):
        """Addresses whose text begins as typed, æøå and accents aside."""
        return self.filter(folded__startswith=fold(text).strip())


class Address(models.Model):
    """A postal address of an area, so that a place can be found without asking anybody outside."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="addresses")
    text = models.CharField(max_length=150)
    folded = models.CharField(max_length=200, editable=False)
    order = models.CharField(max_length=200, editable=False)
    latitude = Latitude()
    longitude = Longitude()
    official_id = models.CharField(max_length=36, blank=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["area", "text"], name="address_once_an_area"),
        ]
        indexes = [models.Index(fields=["area", "folded"], name="address_folded")]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self):
        """Fill what is worked out from the text; returns the address, for bulk loading."""
        self.folded, self.order = fold(self.text), sort_key(self.text)
        return self
