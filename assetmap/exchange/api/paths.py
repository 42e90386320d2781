"""The parts of addresses and the headers, checked before anything is looked for."""

from typing import Annotated
from uuid import UUID

from ninja import Header, Path
from pydantic import Field

AreaSlug = Annotated[
    Path[str],
    Field(pattern=r"^[-a-zA-Z0-9_]{1,50}$", examples=["urbanplanen"], description="the area"),
]
Uid = Annotated[Path[UUID], Field(description="uid of the asset or tie")]
IF_MATCH = Header(
    None, alias="If-Match", description="the version you read, where the body does not say it"
)
