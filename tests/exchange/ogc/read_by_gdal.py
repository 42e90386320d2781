"""Read the feed with GDAL as a map program would; run as a program of its own.

Prints JSON. A process of its own, as GDAL waits for answers without letting the server's thread
in the same process give them.
"""

import json
import sys

import numpy as np
import pyogrio
import shapely


def layers(url):
    return sorted(str(name) for name, _type in pyogrio.list_layers(url))


def features(url, layer, options):
    """Return what GDAL made of the features: their CRS, field names, ids and coordinates."""
    if "bbox" in options:
        options["bbox"] = tuple(options["bbox"])
    meta, _fids, shapes, columns = pyogrio.raw.read(url, layer=layer, **options)
    fields = list(meta["fields"])
    shapes = shapely.from_wkb(shapes)
    placed = shapes[~shapely.is_missing(shapes)]
    return {
        "crs": meta["crs"],
        "fields": fields,
        "names": [str(name) for name in columns[fields.index("id")]],
        "missing": int(np.count_nonzero(shapely.is_missing(shapes))),
        "kinds": sorted({shape.geom_type for shape in placed}),
        "coordinates": shapely.get_coordinates(placed).tolist(),
    }


if __name__ == "__main__":
    url = f"OAPIF:{sys.argv[1]}"
    asked = [json.loads(text) for text in sys.argv[2:]]
    found = [features(url, one.pop("layer"), one) for one in asked]
    print(json.dumps({"layers": layers(url), "read": found}))
