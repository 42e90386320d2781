"""What may be asked of lists, as pydantic models: derived from the list's own filter."""

from typing import Annotated, Literal

import django_filters as filters
from ninja import Schema
from pydantic import Field, WithJsonSchema, create_model

from assetmap.explore.fields import FacetFilter
from assetmap.inventory.kinds import LINK_KINDS

from .reading import ApiFilter
from .shapes import enum
from .tie_shapes import Uid

MOST = 200  # rows of a page
TELLS = {
    "q": "words, of which each must occur",
    "layer": "one or more",
    "mode": "what it gives, or wishes for",
    "gift": "codes of the vocabulary; see /gifts",
    "sector": "of institutions",
    "stage": "of associations",
    "language": "languages one can talk in",
    "near": "latitude,longitude, an asset’s uid or an address of the area",
    "within": "metres from `near`",
    "linked_to": "uid of an asset that it is tied to",
    "day": "something happens on it: the day of the week, 0 is Monday",
    "time": "something happens then",
    "audience": "something happens for them",
    "age": "something happens for people of so many years",
    "bbox": "west,south,east,north in degrees",
    "sort": "the order; `distance` needs `near`",
}
NUMBER = r"-?\d{1,3}(\.\d+)?"
TYPES = {
    filters.UUIDFilter: Uid,
    filters.NumberFilter: Annotated[
        float, WithJsonSchema({"type": "number", "minimum": 1, "maximum": 50_000})
    ],
}
AS_TEXT = {
    "q": {"type": "string", "minLength": 1, "maxLength": 100},
    "near": {"type": "string", "minLength": 1, "examples": ["55.6525,12.5968"]},
    "age": {"type": "string", "pattern": r"^(1[01]\d|\d{1,2})$", "examples": ["12"]},
    "bbox": {
        "type": "string",
        "pattern": f"^{NUMBER}(,{NUMBER}){{3}}$",
        "examples": ["12.58,55.64,12.61,55.66"],
    },
}


class Paging(Schema):
    """A stretch of a list."""

    cursor: str = Field(None, description="“next” of the page before")
    limit: int = Field(50, ge=1, le=MOST)


class TieQuery(Paging):
    source: Uid = Field(None, description="uid of the asset it goes from")
    target: Uid = Field(None, description="uid of the asset it goes to")
    kind: Literal[tuple(LINK_KINDS)] = None


def asked_of(name, rule):
    """Return the pydantic field of one parameter of the filter."""
    values = _values(rule)
    kind = TYPES.get(type(rule), str)
    if isinstance(rule, FacetFilter):
        kind = list[enum(values) if values else str]
    elif values:
        kind = enum(values)
    elif name in AS_TEXT:
        kind = Annotated[str, WithJsonSchema(AS_TEXT[name])]
    return kind, Field(None, description=TELLS.get(name, ""))


def _values(rule):
    choices = rule.extra.get("choices", [])
    return sorted(value for value, _label in (choices() if callable(choices) else choices))


AssetQuery = create_model(
    "AssetQuery",
    __base__=Paging,
    **{name: asked_of(name, rule) for name, rule in ApiFilter.base_filters.items()},
)
