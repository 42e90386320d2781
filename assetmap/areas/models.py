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
    # Somebody who only has a receipt (see Receipt) need not have an e-mail.
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True, validators=[refuse_cpr])

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self):
        return self.name or self.email or str(_("somebody with a receipt"))

    def save(self, *args, **kwargs):
        self.clean()
        super().save(*args, **kwargs)

    def clean(self):
        self.email = (self.email or "").lower() or None  # or one person could have two accounts

    def get_full_name(self):
        return str(self)

    get_short_name = get_full_name

    @cached_property
    def roles(self):
        """The user's role in each area, as {area id: role}; one query the first time."""
        return dict(self.memberships.values_list("area_id", "role"))


class Area(models.Model):
    """A neighbourhood whose assets are mapped."""

    class LegalBasis(models.TextChoices):
        """What allows a record of a resident to be kept: GDPR, article 6(1)."""

        CONSENT = "consent", _("consent (a): an association, a housing organisation")
        PUBLIC_TASK = "public_task", _("a public task (e): a municipality, a library")
        LEGITIMATE = "legitimate", _("legitimate interests (f): a housing organisation")

    name = models.CharField(_("name"), max_length=100)
    name_order = models.CharField(max_length=200, editable=False)
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
    moderated = models.BooleanField(
        _("new public texts wait for a coordinator"),
        default=True,
        help_text=_("Switch it off where what residents write may be shown at once."),
    )
    legal_basis = models.CharField(
        _("legal basis for keeping residents' records"),
        max_length=20,
        choices=LegalBasis,
        default=LegalBasis.CONSENT,
        help_text=_("A municipality can rarely rely on consent."),
    )
    controller = models.TextField(
        _("who answers for the data"),
        blank=True,
        help_text=_("Name, address, e-mail and phone, for the privacy notice."),
    )
    privacy_notice = models.TextField(
        _("privacy notice"), blank=True, help_text=_("Replaces the text that comes with the site.")
    )
    dpia = models.TextField(
        _("impact assessment"),
        blank=True,
        help_text=_("Replaces the draft that comes with the site."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["name_order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="area_position_on_earth",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="area_legal_basis_known",
                condition=Q(legal_basis__in=["consent", "public_task", "legitimate"]),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name_order = sort_key(self.name)
        super().save(*args, **kwargs)

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
    # Seeing is not taking away: these go with no role.
    may_export = models.BooleanField(_("may take data out as files"), default=False)
    may_import = models.BooleanField(_("may bring data in from files"), default=False)

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


class Receipt(models.Model):
    """What lets a person without an e-mail in: a code on paper, of which a digest is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="receipt")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self):
        return str(self.user)


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
