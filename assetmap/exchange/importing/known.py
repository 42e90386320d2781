"""What an area's inventory holds already: by source id, and by what makes two one thing."""

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import cached_property
from rapidfuzz import fuzz

from assetmap.areas.text import fold, words_in
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Layer
from assetmap.inventory.position import METRES_A_DEGREE

from ..models import Import, ImportRow, Merge
from . import fields
from .position import EARTH

SAME_SPOT = 40  # metres
NEAR = 150
APART = 1_000
GRID = 500  # squares a degree: some 200 m a side
COMMON = 200  # assets with a word; it then says little, and would take long
ALIKE_AT_ALL = 60  # of 100: names
LIKELY = 80  # of 100
SURE = 90  # from here on taken for the same unless somebody says otherwise
CONTACTS = ("cvr", "phone", "email", "website")


@dataclass
class Facts:
    """What is compared of an asset: folded texts, and where it lies."""

    pk: int
    layer: str
    name: str
    address: str
    latitude: float | None
    longitude: float | None
    contacts: dict
    numbers: list


def contacts_of(values):
    """Return {"cvr", "phone", "email", "website"} of some fields, in a form that compares."""
    found = {name: values.get(name) or "" for name in CONTACTS}
    site = urlsplit(found["website"])
    found["website"] = f"{site.netloc.removeprefix('www.')}{site.path.rstrip('/')}".casefold()
    found["phone"] = re.sub(r"\D", "", found["phone"])[-8:]
    found["email"] = found["email"].casefold()
    return {name: text for name, text in found.items() if text}


def facts_of(values, layer="", pk=0):
    """Return the Facts of an asset's fields, given as {name: value}."""
    return Facts(
        pk,
        layer,
        fold(values["name"]),
        fold(values.get("address", "")).partition(",")[0].strip(),
        values.get("latitude"),
        values.get("longitude"),
        contacts_of(values),
        re.findall(r"\d+", values["name"]),
    )


class Known:
    """The assets of an area as an import compares its rows with them.

    Residents are left out: nothing about people is compared with what a file says.
    """

    def __init__(self, run):
        self.area, self.by_key = run.area, self._keys(run)

    @cached_property
    def facts(self):
        """The Facts of all assets, by key: read only when a row is not known by its id."""
        return {facts.pk: facts for facts in self._all(self.area)}

    @cached_property
    def index(self):
        """The keys of the assets that have a mark; see _marks."""
        index = defaultdict(list)
        for facts in self.facts.values():
            for mark in _marks(facts):
                index[mark].append(facts.pk)
        return index

    def _keys(self, run):
        """Source ids of this source: of assets, and of rows that were found to be one of them."""
        earlier = ImportRow.objects.filter(
            run__area=run.area,
            run__source=run.source,
            run__state=Import.State.DONE,
            asset__isnull=False,
            what=ImportRow.What.ASSET,
        )
        keys = dict(earlier.order_by("pk").values_list("key", "asset").iterator())
        own = Asset.objects.filter(area=run.area, source=run.source).exclude(source_id="")
        own = own.exclude(layer=Layer.RESIDENT).values_list("source_id", "pk")
        keys.update(own.iterator())
        keys.update(self._uids(run.area))
        merged = Merge.objects.in_force().filter(area=run.area)
        into = dict(merged.order_by("pk").values_list("gone", "kept"))
        keys.update([(key, into[pk]) for key, pk in keys.items() if pk in into])
        return keys

    def _uids(self, area):
        """Yield the site's own keys, which its exported files have."""
        assets = Asset.objects.filter(area=area).exclude(layer=Layer.RESIDENT)
        return ((str(uid), pk) for uid, pk in assets.values_list("uid", "pk").iterator())

    def _all(self, area):
        base = ["pk", "name", "address", "latitude", "longitude"]
        for layer, model in fields.importable().items():
            names = base + [name for name in CONTACTS if fields.field_of(model, name)]
            rows = model.objects.filter(area=area).exclude(status=Status.ARCHIVED).order_by("pk")
            for row in rows.values(*names).iterator():
                yield facts_of(row, layer.value, row["pk"])

    def likely(self, values, layer="", taken=()):
        """Return the assets that a row may be, the likeliest first.

        As [{"asset": key, "name": str, "score": 0 to 100, "why": [[code, about], …]}, …], at most
        three, from LIKELY on; `taken` are keys of assets that other rows are.
        """
        if not self.facts:
            return []
        facts = facts_of(values, layer)
        found = [
            _compared(facts, self.facts[pk]) for pk in self._candidates(facts) if pk not in taken
        ]
        found = [one for one in found if one["score"] >= LIKELY]
        return sorted(found, key=lambda one: (-one["score"], one["asset"]))[:3]

    def _candidates(self, facts):
        keys = set()
        for mark in _marks(facts, around=True):
            if len(self.index.get(mark, ())) <= COMMON:
                keys.update(self.index.get(mark, ()))
        return keys


def _marks(facts, around=False):
    """What an asset can be found by: words of its name, contacts, address, and where it lies."""
    yield ("name", facts.name)
    yield from (("word", word) for word in set(words_in(facts.name)) if len(word) > 2)
    yield from facts.contacts.items()
    if facts.address:
        yield ("address", facts.address)
    if facts.latitude is not None:
        north, east = int(facts.latitude * GRID), int(facts.longitude * GRID)
        reach = (-1, 0, 1) if around else (0,)
        yield from (("at", north + n, east + e) for n in reach for e in reach)


def _compared(one, other):
    """Score how likely two Facts are about one and the same."""
    like = fuzz.token_sort_ratio(one.name, other.name)
    same = [name for name in one.contacts if one.contacts[name] == other.contacts.get(name)]
    score, why = like, [["name", {}] if like == 100 else ["like", {"score": round(like)}]]
    if like < ALIKE_AT_ALL and "cvr" not in same:
        return {"asset": other.pk, "score": 0, "why": why}  # neighbours in one house are not one
    score -= 25 * (one.numbers != other.numbers)
    score -= 15 * bool(
        one.layer and one.layer != other.layer
    )  # houses are named after their users
    metres = _metres(one, other)
    if metres is not None:
        why.append(["metres", {"metres": round(metres)}])
        score += 8 if metres <= SAME_SPOT else 4 if metres <= NEAR else -15 * (metres > APART)
    if one.address and one.address == other.address:
        why.append(["address", {}])
        score += 6
    why += [[name, {}] for name in same]
    score += 8 * len(same)
    if "cvr" in same:
        alike = fuzz.token_set_ratio(one.name, other.name) >= ALIKE_AT_ALL
        score = max(score, 97 if alike else 85)
    return {"asset": other.pk, "score": max(0, min(100, round(score))), "why": why}


def _metres(one, other):
    if one.latitude is None or other.latitude is None:
        return None
    if abs(one.latitude - other.latitude) > 1:
        return abs(one.latitude - other.latitude) * METRES_A_DEGREE
    ends = (one.longitude, one.latitude, other.longitude, other.latitude)
    return EARTH.inv(*ends)[2]
