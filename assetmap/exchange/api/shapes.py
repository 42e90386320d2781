"""What goes over the wire, as pydantic models: derived for each layer from its model and form.

Types are checked here, so that the OpenAPI document is exact; what a value must fulfil beyond
its type is documented here and checked by the layer's form, so that each rule is said once.
"""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import override
from ninja import Schema
from pydantic import ConfigDict, Field, WithJsonSchema, create_model

from assetmap.inventory.languages import LANGUAGE_CODES
from assetmap.inventory.models import Asset, Offering, layer_models

from ..describe import BASE, own_fields
from .layers import open_layers

KINDS = [  # the first that fits: (column, type, as JSON Schema)
    (models.BooleanField, bool, {"type": "boolean"}),
    (models.IntegerField, int, {"type": "integer"}),
    (models.FloatField, float, {"type": "number"}),
    (models.JSONField, dict, {"type": "object"}),
    (models.UUIDField, str, {"type": "string", "format": "uuid"}),
    (models.DateTimeField, str, {"type": "string", "format": "date-time"}),
    (models.EmailField, str, {"type": "string", "format": "email"}),
    (models.URLField, str, {"type": "string", "format": "uri"}),
    (models.Field, str, {"type": "string"}),
]
LIMITS = [(MinValueValidator, "minimum"), (MaxValueValidator, "maximum")]
EXAMPLES = {
    "uid": "0d9a3d9c-2a30-4a35-9d8e-0f6f3a3c1c55",
    "name": "Fælleshaven",
    "summary": "Tolv højbede, som alle må bruge.",
    "latitude": 55.6525,
    "longitude": 12.5968,
    "languages": ["da", "en"],
}


class Sent(Schema):
    """The ground of all that is sent to us: nothing unknown, and no text where a number goes."""

    model_config = ConfigDict(extra="forbid", strict=True)


def as_schema(field):
    """Return (type, JSON Schema) of a model's field."""
    kind, schema = next(
        (kind, schema) for column, kind, schema in KINDS if isinstance(field, column)
    )
    schema = {**schema, **_limits(field)}
    if field.choices:
        schema["enum"] = sorted(value for value, _label in field.flatchoices)
    if field.blank and not field.null and ("format" in schema or "enum" in schema):
        schema = {"anyOf": [schema, {"const": ""}]}
    if field.null:
        return kind | None, {"anyOf": [schema, {"type": "null"}]}
    return kind, schema


def _limits(field):
    limits = {
        name: check.limit_value
        for kind, name in LIMITS
        for check in field.validators
        if isinstance(check, kind)
    }
    if field.max_length and not field.choices and not isinstance(field, models.UUIDField):
        limits["maxLength"] = field.max_length
    return limits


def shape_of(field, **options):
    """Return a pydantic field for a model's field: (type, Field)."""
    kind, schema = as_schema(field)
    with override("en"):
        texts = [str(text) for text in (field.verbose_name, field.help_text) if text]
    if field.name in EXAMPLES:
        options["examples"] = [EXAMPLES[field.name]]
    return Annotated[kind, WithJsonSchema(schema)], Field(description=": ".join(texts), **options)


def enum(values):
    """Return a type for a text that is one of some values, which the form checks."""
    return Annotated[str, WithJsonSchema({"type": "string", "enum": list(values)})]


Languages = Annotated[
    list[str],
    WithJsonSchema(
        {"type": "array", "items": {"enum": list(LANGUAGE_CODES)}, "uniqueItems": True}
    ),
]
Mode = enum(Offering.Mode.values)
VersionRead = Annotated[
    int, Field(ge=1, le=2**31 - 1, description="the version you read, unless If-Match says")
]


# Gifts ------------------------------------------------------------------------------------


class GiftOf(Schema):
    """A gift or wish of an asset: a known gift, or own words."""

    gift: str | None = Field(description="its code in the vocabulary; null for own words")
    text: str = Field(description="its name, or the own words")
    mode: Mode
    note: str
    times: str = Field(description="when")


class NewGift(Sent):
    """A gift or wish to be added: `gift` is a code of the vocabulary, `text` is own words."""

    gift: str = Field(None, max_length=10, examples=["FG7"])
    text: str = Field(None, max_length=150)
    mode: Mode = "can"
    note: Annotated[str, WithJsonSchema({"type": "string", "maxLength": 200})] = ""
    times: Annotated[str, WithJsonSchema({"type": "string", "maxLength": 100})] = ""


class GiftKey(Schema):
    """Which gift or wish of an asset: by its code, or by its own words; and how."""

    gift: str = Field("", description="its code in the vocabulary")
    text: str = Field("", description="its own words, where it has no code")
    mode: Mode


# Assets -----------------------------------------------------------------------------------


def read_shape(layer):
    """Return the shape of a layer's asset as it is read."""
    model = layer_models()[layer]
    fields = {name: shape_of(model._meta.get_field(name)) for name in (*BASE, *own_fields(model))}
    fields |= {
        "layer": (Literal[str(layer)], Field(description="the layer")),
        "url": (str, Field(description="path of its page on this site")),
        "gifts": (list[GiftOf], Field(description="gifts and wishes")),
        "languages": (Languages, Field(description="languages one can talk in")),
        "status": shape_of(model._meta.get_field("status")),
        "version": (int, Field(description="to be sent with a change", ge=1)),
    }
    return create_model(model.__name__, __base__=Schema, __doc__=model.__doc__, **fields)


def written_fields(layer):
    """Return the pydantic fields of what may be written of a layer's asset, none needed."""
    asked, known = open_layers()[layer]._meta.fields, layer_models()[layer]._meta
    fields = {name: shape_of(known.get_field(name), default=None) for name in asked}
    return fields | {
        "languages": (Languages, Field(None, description="languages one can talk in"))
    }


def new_shape(layer):
    """Return the shape of a layer's asset as it is added."""
    model = layer_models()[layer]
    fields = written_fields(layer)
    fields["name"] = shape_of(Asset._meta.get_field("name"))
    fields |= {
        "layer": (Literal[str(layer)], ...),
        "gifts": (list[NewGift], Field([], max_length=60)),
        "is_new": (
            bool,
            Field(False, description="say true when the likely ones of a 409 are others"),
        ),
    }
    return create_model(f"New{model.__name__}", __base__=Sent, **fields)


def change_shape(layer):
    """Return the shape of a change to a layer's asset."""
    model = layer_models()[layer]
    fields = written_fields(layer) | {"version": (VersionRead, None)}
    return create_model(f"{model.__name__}Change", __base__=Sent, **fields)


LAYERS = list(open_layers())


def any_of(shapes):
    """Return the type of whatever has one of these shapes."""
    return reduce(or_, shapes)


AnyAsset = Annotated[any_of(map(read_shape, LAYERS)), Field(discriminator="layer")]
NewAsset = Annotated[any_of(map(new_shape, LAYERS)), Field(discriminator="layer")]
AnyChange = any_of(map(change_shape, LAYERS))


class AssetPage(Schema):
    """Some assets, and the cursor of those after them, null at the end."""

    assets: list[AnyAsset]
    next: str | None


class AssetName(Schema):
    """An asset by its name alone."""

    uid: str
    layer: str
    name: str
    url: str


class Refusal(Schema):
    """Why something was not done, in a sentence."""

    detail: str = Field(examples=["There is nothing here by that name."])


class Conflict(Refusal):
    """A refusal that shows what stands in the way."""

    likely: list[AssetName] = Field([], description="assets that may be the same one")
    current: Any = Field(None, description="what stands here now, where it was changed meanwhile")


# Areas and the vocabulary -----------------------------------------------------------------


class AreaName(Schema):
    """An area of this site."""

    slug: str = Field(examples=["urbanplanen"])
    name: str
    municipality: str
    latitude: float
    longitude: float
    url: str


class AreaAll(AreaName):
    """An area with its outline and its introduction."""

    introduction: str
    boundary: dict | None = Field(description="a GeoJSON geometry, longitude first")


class AreaPage(Schema):
    areas: list[AreaName]
    next: str | None


class KnownGift(Schema):
    """A gift of the vocabulary, which is the same in all areas."""

    code: str = Field(examples=["FG7"])
    names: dict[str, str] = Field(description="by language", examples=[{"da": "Bagning"}])
    group: str = Field(description="code of its group")
    group_names: dict[str, str]
    kind: str = Field(description="head, hands, heart or community")
