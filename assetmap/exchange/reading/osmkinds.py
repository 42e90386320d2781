"""Which things of OpenStreetMap are assets, and of which kind: data/osm_kinds.csv."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parents[1] / "data" / "osm_kinds.csv"


class OsmKind(NamedTuple):
    """`layer` is a value of Layer, `kind` one of its kinds or "", the names are of one thing."""

    layer: str
    kind: str
    name_da: str
    name_en: str


@cache
def osm_kinds():
    """Return {tag such as "amenity=library": OsmKind}, the telling tags first."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("tag"): OsmKind(**row) for row in csv.DictReader(file)}


@cache
def _ranks():
    """Return {key: {value: (rank, tag)}}."""
    ranks = {}
    for rank, tag in enumerate(osm_kinds()):
        key, _equals, value = tag.partition("=")
        ranks.setdefault(key, {})[value] = rank, tag
    return ranks


def main_tag(tags):
    """Return the tag of {key: value} that says best what a thing is, or ""."""
    ranks = _ranks()
    found = [
        ranks[key][part.strip()]
        for key, value in tags.items()
        if key in ranks
        for part in value.split(";")
        if part.strip() in ranks[key]
    ]
    return min(found)[1] if found else ""
