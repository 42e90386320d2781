"""The API in OpenAPI 3.0, which clients read before they ask for items."""

from django.utils.translation import gettext as _

from .addresses import GEOJSON, HTML, JSON, OPENAPI, SCHEMA
from .asking import DEFAULT_LIMIT, MAX_LIMIT, STANDARD, askable
from .catalogue import catalogue
from .crs import URIS
from .documents import description, title
from .schemas import SCHEMAS, TEXT, feature_schema


def openapi(addresses):
    """Return the document. The most of `limit` stands in components, where GDAL looks for it."""
    rows = catalogue()
    return {
        "openapi": "3.0.3",
        "info": {"title": title(), "description": description(), "version": "1.0.0"},
        "servers": [{"url": addresses.of("landing").rstrip("/")}],
        "tags": [{"name": row.id, "description": row.description} for row in rows.values()],
        "paths": _frame() | {path: doc for row in rows.values() for path, doc in _paths(row)},
        "components": {
            "parameters": _parameters(),
            "responses": {"Refused": _answer(_("Refused"), JSON, "exception")},
            "schemas": SCHEMAS
            | {f"{row.id}Feature": feature_schema(row) for row in rows.values()},
        },
    }


def _frame():
    return {
        "/": _get("landing", _("Where the feed begins"), JSON, "landingPage"),
        "/api": _get("api", _("This document"), OPENAPI, "anything"),
        "/conformance": _get("conformance", _("What it conforms to"), JSON, "confClasses"),
        "/collections": _get("collections", _("All collections"), JSON, "collections"),
    }


def _paths(row):
    """Yield (path, its description) of a collection."""
    path = f"/collections/{row.id}"
    yield path, _get(row.id, row.title, JSON, "collection", row.id)
    asks = _("What one may ask for")
    yield f"{path}/queryables", _get(f"{row.id}.queryables", asks, SCHEMA, "anything", row.id)
    items = _get(f"{row.id}.items", row.title, GEOJSON, "featureCollection", row.id)
    items["get"]["parameters"] = [*_refs(STANDARD), *map(_parameter, askable(row).values())]
    yield f"{path}/items", items
    item = _get(f"{row.id}.item", _("One of them"), GEOJSON, f"{row.id}Feature", row.id)
    item["get"]["parameters"] = _refs(["featureId", "f", "crs"])
    item["get"]["responses"]["404"] = {"$ref": "#/components/responses/Refused"}
    yield f"{path}/items/{{featureId}}", item


def _get(name, summary, media_type, schema, *tags):
    refused = {"$ref": "#/components/responses/Refused"}
    return {
        "get": {
            "operationId": name,
            "summary": str(summary),
            "tags": list(tags),
            "parameters": _refs(["f"]),
            "responses": {"200": _answer(summary, media_type, schema), "400": refused},
        }
    }


def _answer(summary, media_type, schema):
    told = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {
        "description": str(summary),
        "content": {media_type: told, HTML: {"schema": TEXT}},
    }


def _refs(names):
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _parameter(row):
    return _in_query(row.name, row.title, row.schema)


def _in_query(name, description, schema, **more):
    return {
        "name": name,
        "in": "query",
        "description": str(description),
        "required": False,
        "schema": schema,
    } | more


def _parameters():
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    as_list = {"style": "form", "explode": False}
    crs = {"type": "string", "format": "uri", "enum": URIS}
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    rows = [
        _in_query("f", _("In which form"), {"type": "string", "enum": ["json", "html"]}),
        _in_query("limit", _("How many at most; more than the most means the most"), limit),
        _in_query("bbox", _("Only what lies in this box, or touches it"), numbers, **as_list),
        _in_query("bbox-crs", _("What the numbers of bbox are"), crs),
        _in_query("crs", _("What the coordinates of the answer are"), crs),
        _in_query("datetime", _("Only what was changed last at this time, or in between"), TEXT),
        _in_query("after", _("From the link to the next page"), TEXT),
        _in_query("featureId", _("The key of an item"), {"type": "string", "format": "uuid"}),
    ]
    rows[-1] |= {"in": "path", "required": True}
    return {row["name"]: row for row in rows}
