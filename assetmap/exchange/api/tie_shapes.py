"""Ties as they go over the wire."""

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, WithJsonSchema

from assetmap.inventory.audience import Visibility
from assetmap.inventory.kinds import LINK_KINDS
from assetmap.inventory.models import Link

from .shapes import Sent, VersionRead, enum

Kind = enum(LINK_KINDS)
Uid = Annotated[UUID, Field(strict=False)]  # JSON has no type of its own for it
Date = Annotated[
    str,
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^([1-9]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$",
            "description": "a year, a month or a day; nothing more exact than is known",
            "examples": ["2013", "2013-05", "2013-05-17"],
        }
    ),
]
Note = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 200})]
Strength = Annotated[
    int,
    WithJsonSchema(
        {
            "type": "integer",
            "enum": Link.Strength.values,
            "description": "1 loose, 2 steady, 3 strong",
        }
    ),
]


class Tie(Schema):
    """A tie between two assets, read from source to target."""

    uid: Uid
    source: Uid
    target: Uid
    kind: Kind
    since: str
    until: str
    strength: Strength
    note: str
    visibility: enum(Visibility.values)
    source_name: str
    target_name: str
    version: int = Field(description="to be sent with a change", ge=1)


class TiePage(Schema):
    """Some ties, and the cursor of those after them, null at the end."""

    ties: list[Tie]
    next: str | None


class TieParts(Sent):
    since: Date = None
    until: Date = None
    strength: Strength = None
    note: Note = None


class NewTie(TieParts):
    """A tie to be added; who may see it is as usual unless it is said."""

    source: Uid
    target: Uid
    kind: Kind
    visibility: enum(["", *Visibility.values]) = None


class TieChange(TieParts):
    """A change to a tie, whose ends stay."""

    kind: Kind = None
    visibility: enum(Visibility.values) = None
    version: VersionRead = None
