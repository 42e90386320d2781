"""What the map scripts need to know, ready for JSON."""

from django.conf import settings
from django.db.models import Max, Min

from assetmap.areas.models import Area

from .models import Layer

DENMARK = [[54.5, 8.0], [57.8, 12.8]]  # where a map begins that has nothing to show yet


def map_config(area):
    """Return the centre, outline, base map and layers of an area's map."""
    return _config([area]) | {"centre": [area.latitude, area.longitude], "boundary": area.boundary}


def map_config_everywhere():
    """Return the same for a map of all areas: `bounds` holds all their centres."""
    areas = Area.objects.order_by()
    ends = areas.aggregate(
        south=Min("latitude"), west=Min("longitude"), north=Max("latitude"), east=Max("longitude")
    )
    known = ends["south"] is not None
    corners = [[ends["south"], ends["west"]], [ends["north"], ends["east"]]]
    drawn = [Area(base_map=name) for name in areas.values_list("base_map", flat=True).distinct()]
    return _config(drawn) | {"bounds": corners if known else DENMARK, "boundary": None}


def _config(areas):
    return {
        "baseMaps": [path for area in areas for path in area.base_map_files],
        "credits": [credit for area in areas for credit in area.base_map_credits],
        "tiles": {"url": settings.TILE_URL, "credit": settings.TILE_CREDIT},
        "layers": [
            {
                "value": layer.value,
                "number": layer.number,
                "singular": str(layer.label),
                "plural": str(layer.plural),
            }
            for layer in Layer
        ],
    }
