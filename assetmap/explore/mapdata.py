"""The map's data: bounded, whatever the area holds. Clusters tell the mix of layers.

Assets are gathered by tiles at the moment one asks, from an index that holds all it takes: in one
area, or in what the map shows, that is a few milliseconds. Where all areas are seen from far away
their tallies are gathered instead (areamap): those are few, however many assets there are.
"""

import json

import shapely
import shapely.geometry
from django.db.models import Avg, Count, F, Min

from assetmap.inventory.models import Asset, Link
from assetmap.inventory.position import CELL_ZOOM, cell_ranges

from . import areamap
from .geojson import GRID, MAX_CELLS, WORLD, Cluster, feature, grid_zoom, line, point

MAX_TIES = 50  # each brings a line and perhaps an end: with the cells, below 500 features
SINGLES_FROM = 19  # closer than this, only what lies in one spot stays together
OUTLINES_FROM = 16
ASSETS_FROM = 14  # where all areas are shown; further away it is the areas themselves
SAMPLE = 2_000  # assets that stand for all that hold a word, when those are very many
PIXELS = 256  # of a tile
SHOWN = ("uid", "name", "layer", "latitude", "longitude", "outline")


def collection(assets, zoom, selected=None):
    """Return a GeoJSON FeatureCollection of an AssetFilter's hits, at most 500 features.

    zoom: the map's zoom, 0 to 22. selected: an asset whose ties are added as lines, with their
    other ends. `total` counts the hits that have a position, inside the filter's bbox if it has
    one. `capped` says that something is left out: ties beyond MAX_TIES, or all but SAMPLE of the
    assets of all areas that hold a very common word, until the map is closer.
    """
    if areamap.is_for(assets) and zoom < ASSETS_FROM:
        clusters = areamap.clusters(assets, zoom)
        return _answer(clusters, sum(row["properties"]["count"] for row in clusters), False)
    parts, sampled = _parts(assets, zoom)
    buckets = _buckets(parts, _grid_zoom(assets, zoom, parts))
    total = sum(cluster.count for cluster, _first in buckets)
    ties, capped = _ties(selected, assets) if selected else ([], False)
    return _answer([*_features(buckets, zoom), *ties], total, capped or sampled)


def _answer(features, total, capped):
    return {"type": "FeatureCollection", "features": features, "total": total, "capped": capped}


def _parts(assets, zoom):
    """Return the placed hits as querysets, one for each range of cells; and if only some are in.

    Ranges are queries of their own: joined by OR, SQLite would not use the index. Where other
    filters find the assets, the box alone is left to be asked for.
    """
    hits, bbox = assets.qs.placed(), assets.chosen.get("bbox")
    if assets.reads_on and zoom < ASSETS_FROM:
        some = Asset.objects.filter(pk__in=_some(assets))
        return [some.in_bbox(*bbox) if bbox else some], True
    if bbox and (assets.reads_on or assets.narrows <= {"layer", "bbox"}):
        return [hits.filter(cell__range=ends) for ends in cell_ranges(*bbox)], False
    return [hits], False


def _some(assets):
    """The first hits by name of a very common word: names say nothing of where one lives."""
    everywhere = assets.without("bbox").qs.placed().order_by("name_order", "pk")
    return everywhere.values("pk")[:SAMPLE]


def _grid_zoom(assets, zoom, parts):
    """Return the zoom of the tiles that hits are gathered by, so that the answer is bounded."""
    if zoom >= SINGLES_FROM:
        few = sum(len(part.order_by().values("pk")[: MAX_CELLS + 1]) for part in parts)
        if few <= MAX_CELLS:
            return CELL_ZOOM
    return grid_zoom(assets.chosen.get("bbox") or WORLD, min(zoom + GRID, CELL_ZOOM))


def _buckets(parts, grid):
    """Return [(Cluster, key of one of its members), …], one for each tile that holds hits."""
    buckets = {}
    for part in parts:
        rows = (
            part.order_by()
            .values_list("layer", F("cell").bitrightshift(2 * (CELL_ZOOM - grid)))
            .annotate(Count("pk"), Avg("latitude"), Avg("longitude"), Min("pk"))
        )
        for layer, tile, number, north, east, first in rows:
            cluster, _first = buckets.setdefault(tile, (Cluster(), first))
            cluster.add(layer, number, north, east)
    return list(buckets.values())


def _features(buckets, zoom):
    alone = [first for cluster, first in buckets if cluster.count == 1]
    singles = Asset.objects.select_related("area").only(*SHOWN, "area__slug").in_bulk(alone)
    for cluster, first in buckets:
        yield cluster.feature() if cluster.count > 1 else _single(singles[first], zoom)


def _single(asset, zoom, **more):
    if asset.outline and zoom >= OUTLINES_FROM:
        more["outline"] = _simplified(asset.outline, zoom)
    return feature(
        point(asset.latitude, asset.longitude),
        uid=str(asset.uid),
        name=asset.name,
        layer=asset.layer,
        url=asset.get_absolute_url(),
        **more,
    )


def _simplified(outline, zoom):
    """Return an outline without what is smaller than a pixel at this zoom."""
    shape = shapely.geometry.shape(outline).simplify(360 / PIXELS / 2**zoom)
    return json.loads(shapely.to_geojson(shapely.transform(shape, lambda ends: ends.round(6))))


def _ties(asset, assets):
    """Return the asset, its ties as lines and their other ends, and whether there are more."""
    links = Link.objects.visible_to(assets.user).in_use().of(asset).order_by("pk")
    links = list(links.select_related("source", "target")[: MAX_TIES + 1])
    features = [_single(asset, 22, selected=True)] if asset.cell else []
    for link in links[:MAX_TIES]:
        label, other = link.seen_from(asset)
        other.area = asset.area
        if asset.cell and other.cell:
            features.append(_single(other, 0, tied=True))
            features.append(feature(line(asset, other), tie=str(label)))
    return features, len(links) > MAX_TIES
