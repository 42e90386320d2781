"""The map of all areas from far away: each area with its counts, areas close together as one."""

from collections import defaultdict

import mercantile
from django.db.models import Sum

from assetmap.areas.models import Area
from assetmap.inventory.position import LAST_LATITUDE

from .geojson import GRID, WORLD, Cluster, grid_zoom

MILLIONTH = 1_000_000  # a tally's positions are in millionths of a degree


def is_for(assets):
    """Whether the tallies can tell all that an AssetFilter asks for."""
    return not assets.area and assets.narrows <= {"layer", "bbox"}


def clusters(assets, zoom):
    """Return a GeoJSON feature for every area, or areas together, inside the filter's bbox.

    The position is the mean of the assets' own, so an area without any on the map is left out.
    """
    bbox = assets.chosen.get("bbox") or WORLD
    grid = grid_zoom(bbox, zoom + GRID)
    together = defaultdict(list)
    for key, cluster in _areas(assets).items():
        if _inside(cluster, bbox):
            tile = mercantile.tile(cluster.longitude, cluster.latitude, grid)
            together[tile].append((key, cluster))
    names = _names(rows[0][0] for rows in together.values() if len(rows) == 1)
    return [_feature(rows, names) for rows in together.values()]


def _areas(assets):
    """Return {area's key: Cluster} of what the user may see there by her role."""
    rows = assets.tallies.order_by()
    if layers := assets.chosen.get("layer"):
        rows = rows.filter(layer__in=layers)
    rows = rows.values_list("area", "layer").annotate(
        n=Sum("placed"), north=Sum("north"), east=Sum("east")
    )
    areas = defaultdict(Cluster)
    for area, layer, n, north, east in rows.filter(n__gt=0):
        areas[area].add(layer, n, north / n / MILLIONTH, east / n / MILLIONTH)
    return areas


def _inside(cluster, bbox):
    west, south, east, north = bbox
    on_map = abs(cluster.latitude) < LAST_LATITUDE
    return on_map and west <= cluster.longitude <= east and south <= cluster.latitude <= north


def _names(keys):
    areas = Area.objects.filter(pk__in=list(keys))
    return {area.pk: area for area in areas.only("name", "slug")}


def _feature(rows, names):
    if len(rows) == 1:
        key, cluster = rows[0]
        return cluster.feature(area=names[key].name, url=names[key].get_absolute_url())
    whole = Cluster()
    for _key, cluster in rows:
        for layer, number in cluster.layers.items():
            whole.add(layer, number, cluster.latitude, cluster.longitude)
    return whole.feature(areas=len(rows))
