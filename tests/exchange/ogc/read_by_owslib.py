"""Read the feed with OWSLib, in a process of its own; prints what it found as JSON."""

import json
import sys
from urllib.parse import parse_qsl, urlsplit

from owslib.ogcapi.features import Features


def all_ids(feed, name, **asked):
    """Follow the links to the next page, and return the ids page by page."""
    pages = []
    while True:
        page = feed.collection_items(name, **asked)
        pages.append([row["id"] for row in page["features"]])
        following = [row["href"] for row in page["links"] if row["rel"] == "next"]
        if not following:
            return pages
        asked = dict(parse_qsl(urlsplit(following[0]).query))


if __name__ == "__main__":
    feed = Features(sys.argv[1])
    names = feed.feature_collections()
    first = feed.collection_items("places", limit=1)["features"][0]["id"]
    print(
        json.dumps(
            {
                "collections": names,
                "conforms": feed.conformance()["conformsTo"],
                "openapi": feed.api()["openapi"],
                "pages": {name: all_ids(feed, name, limit=2) for name in names},
                "in_box": all_ids(feed, "places", bbox=[12.59, 55.64, 12.61, 55.66]),
                "parks": all_ids(feed, "places", kind="park"),
                "title": feed.collection("ties")["id"],
                "item": feed.collection_item("places", first)["id"],
                "queryables": sorted(feed.collection_queryables("places")["properties"]),
            }
        )
    )
