import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.areas.fields import Latitude, Longitude
from assetmap.areas.models import Area
from assetmap.areas.roles import may_coordinate
from assetmap.areas.text import searchable, sort_key
from assetmap.areas.validators import outline_validator, refuse_cpr

from ..audience import Status, Visibility, reaches
from ..position import cell_of
from .queryset import AssetQuerySet


class Layer(models.TextChoices):
    """The layers of the inventory; the order gives each its colour and shape."""

    RESIDENT = "resident", _("resident")
    ASSOCIATION = "association", _("association")
    INSTITUTION = "institution", _("institution")
    PLACE = "place", _("place")

    @property
    def number(self):
        return list(Layer).index(self) + 1

    @property
    def plural(self):
        return layer_models()[self]._meta.verbose_name_plural


def layer_choices():
    return Layer.choices


def layer_models():
    """Return the model of each layer, as {layer: model}, in the layers' order."""
    children = {
        relation.related_model._meta.model_name: relation.related_model
        for relation in Asset._meta.related_objects
        if relation.parent_link
    }
    return {layer: children[layer] for layer in Layer if layer in children}


class Asset(models.Model):
    """Something an area can draw on: a resident, an association, an institution or a place."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="assets", editable=False)
    layer = models.CharField(max_length=20, choices=layer_choices, editable=False)
    name = models.CharField(_("name"), max_length=150, validators=[refuse_cpr])
    name_order = models.CharField(max_length=200, editable=False)
    summary = models.TextField(
        _("in short"),
        max_length=2000,
        blank=True,
        validators=[refuse_cpr],
        help_text=_("One or two sentences on what is good to know."),
    )
    latitude = Latitude(_("latitude"), null=True, blank=True)
    longitude = Longitude(_("longitude"), null=True, blank=True)
    cell = models.BigIntegerField(null=True, editable=False)
    outline = models.JSONField(_("outline"), null=True, blank=True, validators=[outline_validator])
    address = models.CharField(_("address"), max_length=150, blank=True, validators=[refuse_cpr])
    photo = models.FileField(upload_to="photos", blank=True, editable=False)
    photo_small = models.FileField(upload_to="photos", blank=True, editable=False)
    photo_alt = models.CharField(
        _("what the photo shows"),
        max_length=200,
        blank=True,
        validators=[refuse_cpr],
        help_text=_("For those who cannot see it."),
    )
    visibility = models.CharField(
        _("who may see it"), max_length=20, choices=Visibility, default=""
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE, editable=False)
    reveals = models.BooleanField(
        _("ties to it are private"),
        default=False,
        help_text=_("A tie to it would reveal somebody's faith, health, politics or union."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_assets",
        verbose_name=_("owner"),
        help_text=_("Somebody who may look after it, and sees all that is kept about it."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)  # when last asked "still true?"
    source = models.CharField(max_length=150, blank=True, editable=False)
    source_id = models.CharField(max_length=150, blank=True, editable=False)
    licence = models.CharField(max_length=60, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search_name = models.TextField(editable=False)
    search_text = models.TextField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AssetQuerySet.as_manager()

    # What a layer may change
    word_fields = ("name", "summary", "address")
    told_fields = ("name", "summary", "photo_alt")  # free text that others read
    public_by_default = True
    status_when_added = Status.ACTIVE

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        indexes = [
            models.Index(fields=["area", "layer", "name_order", "id"], name="asset_layer_list"),
            models.Index(fields=["area", "name_order", "id"], name="asset_list"),
            models.Index(fields=["name_order", "id"], name="asset_list_everywhere"),
            # Whole answers of the map: all that its clusters need stands in the index.
            models.Index(
                fields=["area", "cell", "layer", "visibility", "latitude", "longitude"],
                condition=Q(status=Status.ACTIVE),
                name="asset_map",
            ),
            models.Index(
                fields=["cell", "layer", "visibility", "latitude", "longitude"],
                condition=Q(status=Status.ACTIVE),
                name="asset_map_everywhere",
            ),
            models.Index(
                fields=["area", "confirmed_at", "id"],
                condition=Q(confirmed_at__isnull=False),
                name="asset_fresh",
            ),
            models.Index(
                fields=["confirmed_at", "id"],
                condition=Q(confirmed_at__isnull=False),
                name="asset_fresh_everywhere",
            ),
            models.Index(fields=["owner"], name="asset_owner"),
            models.Index(
                fields=["area", "status"],
                condition=~Q(status=Status.ACTIVE),
                name="asset_not_in_use",
            ),
        ]
        constraints = [
            # Only a layer's own model sets `layer`, so a bare asset cannot be saved.
            models.CheckConstraint(name="asset_has_layer", condition=~Q(layer="")),
            models.CheckConstraint(name="asset_has_name", condition=~Q(name="")),
            # A CHECK whose result is NULL passes, so both halves say isnull.
            models.CheckConstraint(
                name="asset_position_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True, cell__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False, cell__isnull=False),
            ),
            models.CheckConstraint(
                name="asset_position_on_earth",
                condition=Q(latitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="asset_visibility_known", condition=Q(visibility__in=Visibility.values)
            ),
            models.CheckConstraint(
                name="asset_status_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="asset_resident_without_door",
                condition=~Q(layer="resident") | Q(address="", outline__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["area", "source", "source_id"],
                condition=~Q(source_id=""),
                name="asset_source_once",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return self.url("detail")

    def clean(self):
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(
                {"longitude": _("Write both latitude and longitude, or neither.")}
            )

    def prepare(self):
        """Fill the columns that are worked out from others; returns the asset, for the loader."""
        self.derive()
        self.search_text = self.words()
        return self

    def derive(self):
        """Fill those that are worked out from the asset's own row alone."""
        self.layer = self.layer or self._meta.model_name.replace("asset", "")
        self.visibility = self.visibility or self.usual_visibility
        self.name_order = sort_key(self.name)
        self.cell = None
        if self.latitude is not None and self.longitude is not None:
            self.cell = cell_of(self.latitude, self.longitude)
        self.search_name = searchable([self.name])

    def words(self, offerings=None):
        """Return all that a search may find the asset by; nothing private is in it.

        `offerings` are its own, where somebody has read them for many assets at once.
        """
        texts = [getattr(self, field) for field in self.word_fields]
        if offerings is None:
            offerings = self.offerings.select_related("gift") if self.pk else ()
        for offering in offerings:
            if not (offering.reveals or offering.waiting):
                texts += offering.words()
        return searchable(texts)

    def url(self, page):
        """Return the address of one of the asset's pages: detail, edit, archive …"""
        return reverse(f"{self.layer}s:{page}", args=[self.area.slug, self.uid])

    def url_to_add_another(self):
        return reverse(f"{self.layer}s:add", args=[self.area.slug])

    def is_editable_by(self, user):
        own = user.is_authenticated and self.owner_id == user.pk
        return own or may_coordinate(user, self.area)

    def confirm(self, user):
        """Note that somebody who may change it says that it is right as of now."""
        Asset.objects.filter(pk=self.pk).update(confirmed_at=timezone.now())

    @property
    def tagline(self):
        """What the asset is, in a few short words each; a layer says more."""
        return [self.layer_choice.label.capitalize()]

    @property
    def child(self):
        """The asset as its own layer's model."""
        return getattr(self, self.layer) if type(self) is Asset else self

    @property
    def usual_visibility(self):
        """Who may see an asset of this layer unless somebody chose."""
        return Visibility.PUBLIC if self.public_by_default else Visibility.PRIVATE

    @property
    def photo_level(self):
        """Who may see the photo, of those who may see the asset."""
        return Visibility.PUBLIC

    def shows_photo_to(self, user):
        return bool(self.photo) and reaches(self.child.photo_level, user, self)

    @property
    def layer_choice(self):
        return Layer(self.layer)

    @property
    def is_archived(self):
        return self.status == Status.ARCHIVED
