"""Base maps of our own: GeoJSON made by `manage.py make_base_map`, drawn in the browser.

Each file keeps its own licence, so files are never merged across sources.
"""

BASE_MAPS = {
    "amager": {
        "files": [
            "basemaps/amager/land.json",
            "basemaps/amager/streets.json",
            "basemaps/amager/names.json",
        ],
        "credits": [
            "Kort: Københavns Kommune, CC BY 4.0",
            "© OpenStreetMap-bidragydere 2011, CC BY-SA 2.0",
        ],
    },
}


def base_map_choices():
    return [(name, name) for name in BASE_MAPS]
