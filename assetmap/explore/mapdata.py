"""The map's data: bounded, whatever the area holds. Clusters tell the mix of layers."""

import math

from django.db.models import Avg, Count, F, Min

from assetmap.inventory.models import Asset, Link
from assetmap.inventory.position import CELL_ZOOM

MAX_CELLS = 380
MAX_TIES = 50  # each brings a line and perhaps an end: with the cells, below 500 features
GRID = 2  # grid cells are tiles two zooms closer than the map: 64 pixels on the screen
SINGLES_FROM = 19  # closer than this, only what lies in one spot stays together
OUTLINES_FROM = 16
WORLD = (-180, -85, 180, 85)


def collection(assets, zoom, selected=None):
    """Return a GeoJSON FeatureCollection of an AssetFilter's hits, at most 500 features.

    zoom: the map's zoom, 0 to 22. selected: an asset whose ties are added as lines, with their
    other ends; `capped` says whether it has more than MAX_TIES of them. `total` counts the hits
    that have a position, inside the filter's bbox if it has one.
    """
    hits = assets.qs.placed()
    buckets = _buckets(hits, _grid_zoom(assets.chosen.get("bbox") or WORLD, zoom, hits))
    ties, capped = _ties(selected, assets) if selected else ([], False)
    return {
        "type": "FeatureCollection",
        "features": [*_hits(buckets, assets.area, zoom), *ties],
        "total": sum(bucket["count"] for bucket in buckets.values()),
        "capped": capped,
    }


def _grid_zoom(bbox, zoom, hits):
    """Return the zoom of the tiles that hits are gathered by, so that the answer is bounded."""
    if zoom >= SINGLES_FROM and len(hits.values("pk")[: MAX_CELLS + 1]) <= MAX_CELLS:
        return CELL_ZOOM
    west, south, east, north = bbox
    wide = (east - west) / 360
    high = (_mercator(north) - _mercator(south)) / (2 * math.pi)
    for grid in range(min(zoom + GRID, CELL_ZOOM), 0, -1):
        if (wide * 2**grid + 2) * (high * 2**grid + 2) <= MAX_CELLS:
            return grid
    return 0


def _mercator(latitude):
    return math.asinh(math.tan(math.radians(max(-85, min(85, latitude)))))


def _buckets(hits, grid):
    """Return {tile: {"count", "layers", "latitude", "longitude", "first"}} for the hits.

    The position is the mean of the members; `first` is the key of one of them.
    """
    rows = (
        hits.order_by()
        .values("layer", tile=F("cell").bitrightshift(2 * (CELL_ZOOM - grid)))
        .annotate(n=Count("pk"), north=Avg("latitude"), east=Avg("longitude"), first=Min("pk"))
    )
    buckets = {}
    for row in rows:
        empty = {
            "count": 0,
            "layers": {},
            "latitude": 0.0,
            "longitude": 0.0,
            "first": row["first"],
        }
        bucket = buckets.setdefault(row["tile"], empty)
        bucket["layers"][row["layer"]] = row["n"]
        bucket["count"] += row["n"]
        share = row["n"] / bucket["count"]
        bucket["latitude"] += (row["north"] - bucket["latitude"]) * share
        bucket["longitude"] += (row["east"] - bucket["longitude"]) * share
    return buckets


def _hits(buckets, area, zoom):
    alone = [bucket["first"] for bucket in buckets.values() if bucket["count"] == 1]
    singles = Asset.objects.in_bulk(alone)
    for bucket in buckets.values():
        if bucket["count"] == 1:
            yield _single(singles[bucket["first"]], area, zoom)
        else:
            yield _feature(
                _point(bucket["latitude"], bucket["longitude"]),
                cluster=True,
                count=bucket["count"],
                layers=bucket["layers"],
            )


def _single(asset, area, zoom, **more):
    asset.area = area
    if asset.outline and zoom >= OUTLINES_FROM:
        more["outline"] = asset.outline
    return _feature(
        _point(asset.latitude, asset.longitude),
        uid=str(asset.uid),
        name=asset.name,
        layer=asset.layer,
        url=asset.get_absolute_url(),
        **more,
    )


def _ties(asset, assets):
    """Return the asset, its ties as lines and their other ends, and whether there are more."""
    links = Link.objects.visible_to(assets.user).in_use().of(asset).order_by("pk")
    links = list(links.select_related("source", "target")[: MAX_TIES + 1])
    features = [_single(asset, assets.area, 22, selected=True)] if asset.cell else []
    for link in links[:MAX_TIES]:
        label, other = link.seen_from(asset)
        if asset.cell and other.cell:
            features.append(_single(other, assets.area, 0, tied=True))
            features.append(_feature(_line(asset, other), tie=str(label)))
    return features, len(links) > MAX_TIES


def _feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _point(latitude, longitude):
    return {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}


def _line(one, other):
    ends = [[asset.longitude, asset.latitude] for asset in (one, other)]
    return {"type": "LineString", "coordinates": ends}
