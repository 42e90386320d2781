"""The documents that lead to the items, as dicts for JSON; the pages show the same dicts."""

from django.utils.translation import gettext as _

from .addresses import GEOJSON, HTML, JSON, OPENAPI, QUERYABLES, SCHEMA, link
from .asking import askable
from .catalogue import catalogue, extents
from .crs import CRS84, URIS

CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
PART_2 = "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/"
PART_3 = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/"
CONFORMS_TO = [
    *(f"{CORE}{name}" for name in ("core", "oas30", "html", "geojson")),
    f"{PART_2}crs",
    *(f"{PART_3}{name}" for name in ("queryables", "queryables-query-parameters")),
]
ALWAYS = {"interval": [[None, None]]}
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def landing(addresses):
    return {
        "title": title(),
        "description": description(),
        "links": [
            link("service-desc", addresses.of("api"), OPENAPI, _("The API, as OpenAPI 3.0")),
            link("service-doc", addresses.of("api", f="html"), HTML, _("The API, in words")),
            link("conformance", addresses.of("conformance"), JSON, _("What it conforms to")),
            link("data", addresses.of("collections"), JSON, _("Collections")),
        ],
    }


def title():
    return _("What neighbourhoods have: a feed for maps")


def description():
    return _(
        "Associations, institutions and places of the areas of this site, and the ties between "
        "them, as far as everybody may see them. Residents are not part of it."
    )


def conformance():
    return {"conformsTo": CONFORMS_TO}


def collections(addresses):
    boxes = extents()
    described = [_described(row, addresses, boxes) for row in catalogue().values()]
    return {"collections": described, "crs": URIS}


def collection(row, addresses):
    return _described(row, addresses, extents())


def _described(row, addresses, boxes):
    known = {"spatial": {"bbox": [boxes[row.id]], "crs": CRS84.uri}} if row.id in boxes else {}
    return {
        "id": row.id,
        "title": row.title,
        "description": row.description,
        "itemType": "feature",
        "extent": {**known, "temporal": ALWAYS},
        "crs": URIS,
        "storageCrs": CRS84.uri,
        "links": _links_of(row, addresses),
    }


def _links_of(row, addresses):
    asks = _("What one may ask for")
    return [
        link("items", addresses.of("items", row.id), GEOJSON, row.title),
        link("items", addresses.of("items", row.id, f="html"), HTML, row.title),
        link(QUERYABLES, addresses.of("queryables", row.id), SCHEMA, asks),
    ]


def queryables(row, addresses):
    """Return the parameters of a collection's own as a JSON Schema."""
    return {
        "$schema": DRAFT,
        "$id": addresses.of("queryables", row.id),
        "type": "object",
        "title": row.title,
        "description": _("Each is a parameter of the items, and asks for just this value."),
        "properties": {
            name: {"title": found.title, **found.schema} for name, found in askable(row).items()
        },
        "additionalProperties": False,
    }
