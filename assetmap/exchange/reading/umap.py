"""uMap exports: layers of features, whose names say what kind of thing they are."""

from functools import partial

from . import geojson, limits, markup
from .sheet import Reading, Unreadable
from .table import NO_FEATURE, sheet_of

OWN = ("_umap_options.", "_storage_options.")


def read(document, name, size):
    """Return the Reading of a uMap Document of `size` bytes. Raises Unreadable."""
    limits.check_size(size, limits.WHOLE)
    sheet = sheet_of(name, partial(_records, document))
    if sheet is None:
        raise Unreadable(NO_FEATURE)
    return Reading("umap", [sheet], licence=_licence(document.member("properties")))


def is_umap(members):
    return members.get("type") == "umap" or {"layers", "uri"} <= members.keys()


def _licence(properties):
    licence = properties.get("licence") if isinstance(properties, dict) else ""
    licence = licence.get("name") if isinstance(licence, dict) else licence
    return licence[:200] if isinstance(licence, str) else ""


def _records(document):
    for layer in document.items("layers.item"):
        features = layer.get("features") if isinstance(layer, dict) else None
        for feature in features if isinstance(features, list) else []:
            yield _record(feature, _name(layer))


def _name(layer):
    options = layer.get("_umap_options") or layer.get("_storage") or {}
    name = options.get("name") if isinstance(options, dict) else ""
    return name if isinstance(name, str) else ""


def _record(feature, kind):
    record = geojson.record_of(feature)
    values = {k: v for k, v in record.values.items() if not k.startswith(OWN)}
    text, link = markup.from_umap(values.pop("description", ""))
    first = {"name": values.pop("name", ""), "type": kind, "description": text, "link": link}
    record.values = {**first, **values}
    return record
