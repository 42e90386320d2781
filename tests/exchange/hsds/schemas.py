"""The published schemas of the Human Services Data Specification, to hold answers against."""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FOLDER = Path(__file__).parent / "schema"
# What the standard's own examples have beyond the schemas of single objects.
ADDED = {
    "organization": {"services": {"type": "array", "items": {"$ref": "service.json"}}},
    "service_at_location": {"service": {"$ref": "service.json"}},
}
formats = FormatChecker(["uuid", "email"])
URI = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


@formats.checks("uri")
def is_uri(text):
    return bool(URI.fullmatch(text))


@formats.checks("date-time", raises=ValueError)
def is_moment(text):
    return datetime.fromisoformat(text).tzinfo is not None


def read(path):
    return json.loads((FOLDER / path).read_text(encoding="utf-8"))


@cache
def registry():
    """All schemas under their file names; unlike the published ones they know every field."""
    return Registry().with_resources(
        (path.name, DRAFT202012.create_resource(closed(path.stem)))
        for path in FOLDER.glob("*.json")
        if path.stem != "openapi"
    )


def closed(name):
    schema = read(f"{name}.json")
    known = schema["properties"] | ADDED.get(name, {})
    return schema | {"properties": known, "additionalProperties": False}


def page_schema(name):
    page = read("openapi.json")["components"]["schemas"]["Page"]
    contents = {"type": "array", "items": {"$ref": f"{name}.json"}}
    known = page["properties"] | {"contents": contents}
    return page | {"properties": known, "required": list(known), "additionalProperties": False}


def faults(schema, answer):
    """Return what is wrong with an answer, as sentences."""
    validator = Draft202012Validator(schema, registry=registry(), format_checker=formats)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]


def record_faults(name, record):
    return faults({"$ref": f"{name}.json"}, record)


def page_faults(name, answer):
    return faults(page_schema(name), answer)
