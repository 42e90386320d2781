"""What the map scripts need to know of an area."""

from django.conf import settings

from .models import Layer


def map_config(area):
    """Return the centre, outline, base map and layers of an area, ready for JSON."""
    return {
        "centre": [area.latitude, area.longitude],
        "boundary": area.boundary,
        "baseMaps": area.base_map_files,
        "credits": list(area.base_map_credits),
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
