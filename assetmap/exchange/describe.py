"""What an asset and a tie are as plain data: the one description that files and the API share."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.inventory.audience import reaches
from assetmap.inventory.models import Asset, Link, Offering, SpokenLanguage, layer_models

from .batches import batches
from .leaving import EVERYBODY

CHUNK = 500  # assets read at a time: a handful of queries, and little memory
BASE = (
    *("uid", "layer", "name", "summary", "address", "latitude", "longitude", "outline"),
    *("visibility", "source", "source_id", "licence", "confirmed_at", "updated_at"),
)
MOMENTS = ("confirmed_at", "updated_at")
TIE = (
    *("uid", "kind", "since", "until", "strength", "note", "visibility"),
    *(f"{end}__{name}" for end in ("source", "target") for name in ("uid", "name")),
)
LABELS = {  # of what a form does not ask for, and so has no words of its own
    "uid": _("key"),
    "layer": _("layer"),
    "source": _("source"),
    "source_id": _("key at the source"),
    "licence": _("licence"),
    "confirmed_at": _("confirmed"),
    "updated_at": _("changed"),
}


@dataclass(frozen=True)
class Column:
    """A column of a table of assets: a key of the record, and its name in words."""

    name: str
    label: str | Promise


def columns(layers):
    """Return a Column for every plain value that assets of some layers have, each once."""
    found = {name: _label(Asset, name) for name in BASE}
    found["url"] = _("page")
    for layer in layers:
        model = layer_models()[layer]
        for name in own_fields(model):
            found.setdefault(name, _label(model, name))
    return [Column(name, label) for name, label in found.items()]


def _label(model, name):
    return LABELS.get(name) or model._meta.get_field(name).verbose_name


@cache
def own_fields(model):
    """Return the names of the fields that a layer adds to what every asset has."""
    return tuple(
        field.name
        for field in model._meta.local_concrete_fields
        if field.editable and not field.primary_key
    )


def record(asset, offerings, languages, user=EVERYBODY):
    """Return an asset as a dict of plain values, ready for JSON.

    asset: of its layer's own model, with its area at hand; one that the user may see, as are
    the offerings. languages: its SpokenLanguage rows. Moments are ISO text, empty numbers None,
    choices their stored code, `url` a path. A layer of people tells the fields that others may
    not read only to those who may change the record: the keys are left out for all others.
    """
    own = [name for name in own_fields(type(asset)) if _shows(asset, name, user)]
    values = {name: _plain(getattr(asset, name)) for name in (*BASE, *own)}
    return values | {
        "url": asset.get_absolute_url(),
        "gifts": [offering_record(row) for row in offerings],
        "languages": [row.code for row in languages],
    }


def offering_record(offering):
    """Return a gift or wish: `gift` is its code in the vocabulary, or None for own words."""
    return {
        "gift": offering.gift.code if offering.gift_id else None,
        "text": str(offering),
        "mode": offering.mode,
        "note": offering.note,
        "times": offering.times,
    }


def tie_record(link):
    """Return a tie, with its ends by uid and by name; `strength` is 1 to 3."""
    return {
        "uid": str(link.uid),
        "source": str(link.source.uid),
        "target": str(link.target.uid),
        **{name: getattr(link, name) for name in ("kind", "since", "until", "strength")},
        "note": link.note,
        "visibility": link.visibility,
        "source_name": link.source.name,
        "target_name": link.target.name,
    }


def tie_records(links):
    """Yield the record of each tie of a queryset from visible_to(user), in its order."""
    for part in batches(links.values_list("pk", flat=True), CHUNK):
        rows = Link.objects.select_related("source", "target").only(*TIE).in_bulk(part)
        yield from (tie_record(rows[key]) for key in part if key in rows)


def _shows(asset, name, user):
    """Whether a field of the layer's own may be told to a user who may see the asset."""
    if asset.public_by_default or name in asset.told_fields:
        return True
    level = getattr(asset, f"{name}_visibility", None)
    return reaches(level, user, asset) if level else asset.is_editable_by(user)


def point(latitude, longitude):
    """Return a GeoJSON point, or None for what has no position."""
    return None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}


def _plain(value):
    """Return a value as JSON knows it."""
    if value is None or isinstance(value, str | bool | int | float | dict | list):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def records_of(keys, user):
    """Yield the record of each asset of some (key, layer)s that the user may see, in their order.

    Rows are read some hundred at a time, by a constant number of queries.
    """
    areas = {}
    for part in batches(keys, CHUNK):
        rows = _children(part)
        _give_areas(rows.values(), areas)
        offerings, languages = by_asset(_offerings(rows, user)), by_asset(_languages(rows))
        for key, _layer in part:
            if key in rows:  # else it was erased meanwhile
                yield record(rows[key], offerings[key], languages[key], user)


def _children(part):
    """Return {key: asset as its own layer's model} of some (key, layer)s; a query a layer."""
    keys = defaultdict(list)
    for key, layer in part:
        keys[layer].append(key)
    models = layer_models()
    return {
        asset.pk: asset
        for layer in keys
        for asset in models[layer].objects.filter(pk__in=keys[layer])
    }


def _give_areas(assets, areas):
    """Give each asset its area, which is read once and without its long texts."""
    missing = {asset.area_id for asset in assets} - areas.keys()
    if missing:
        areas |= Area.objects.only("name", "slug").in_bulk(missing)
    for asset in assets:
        asset.area = areas[asset.area_id]


def _offerings(keys, user):
    rows = Offering.objects.visible_to(user).filter(asset__in=keys)
    return rows.select_related("gift").defer("gift__synonyms")


def _languages(keys):
    return SpokenLanguage.objects.filter(asset__in=keys)


def by_asset(rows):
    """Return rows that hang on assets as {key of the asset: [row, …]}, empty for any other."""
    found = defaultdict(list)
    for row in rows:
        found[row.asset_id].append(row)
    return found
