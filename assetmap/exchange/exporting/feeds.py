"""Files for programs, written piece by piece: JSON, and GeoJSON (RFC 7946)."""

import json
from itertools import chain, repeat

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from shapely import orient_polygons, to_geojson
from shapely.geometry import shape

from ..describe import point


def as_json(hits, site):
    """Yield {"area", "exported_at", "credit", "sources", "assets": […], "ties": […]}."""
    yield _opening(_about(hits, site))
    yield ', "assets": ['
    yield from _listed(hits.records(site))
    yield '], "ties": ['
    yield from _listed(hits.ties())
    yield "]}\n"


def as_geojson(hits, site):
    """Yield a FeatureCollection: the geometry is the outline, else the point, else null."""
    yield _opening({"type": "FeatureCollection"} | _about(hits, site))
    yield ', "features": ['
    yield from _listed(map(_feature, hits.records(site)))
    yield "]}\n"


def _about(hits, site):
    area = hits.area
    return {
        "area": {
            "slug": area.slug,
            "name": area.name,
            "municipality": area.municipality,
            "url": f"{site}{area.get_absolute_url()}",
        },
        "exported_at": timezone.now().isoformat(timespec="seconds"),
        "credit": area.credit,
        "sources": hits.sources(),
    }


def _opening(values):
    return _text(values).removesuffix("}")


def _listed(rows):
    """Yield rows as the members of a list, a comma between them."""
    for before, row in zip(chain([""], repeat(",")), rows, strict=False):
        yield f"{before}\n{_text(row)}"


def _text(value):
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def _feature(record):
    outline = record.pop("outline")
    place = point(record["latitude"], record["longitude"])
    return {
        "type": "Feature",
        "id": record["uid"],
        "geometry": _wound(outline) if outline else place,
        "properties": record,
    }


def _wound(outline):
    """Return an outline whose rings turn as RFC 7946 wants them: the outer one to the left."""
    return json.loads(to_geojson(orient_polygons(shape(outline))))
