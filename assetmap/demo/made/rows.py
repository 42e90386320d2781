"""The rows of one made area, as tuples in the order of COLUMNS."""

import json
import math
from bisect import bisect
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random

import mercantile

from assetmap.areas.text import searchable, sort_key
from assetmap.inventory.languages import LANGUAGE_CODES
from assetmap.inventory.models import Asset, Link, Offering, SpokenLanguage, layer_models
from assetmap.inventory.position import BLOCK_ZOOM, block_of, cell_of

from .draw import Draw, shares
from .layers import MAKERS, OWN_COLUMNS
from .plan import moved
from .ties import made_ties
from .words import OWN_WORDS

COLUMNS = {
    Asset: (
        *("id", "uid", "area_id", "layer"),
        *("name", "name_order", "summary", "address", "search_name", "search_text"),
        *("latitude", "longitude", "cell", "outline"),
        *("visibility", "status", "confirmed_at", "reveals"),
    ),
    Offering: ("id", "asset_id", "gift_id", "text", "mode", "proud", "reveals", "waiting"),
    SpokenLanguage: ("id", "asset_id", "code"),
    Link: ("id", "uid", "source_id", "target_id", "kind", "visibility"),
    **{model: ("asset_ptr_id", *columns) for model, columns in OWN_COLUMNS.items()},
}
LAYERS = shares(resident=55, association=25, place=12, institution=8)
STATUSES = shares(active=97, archived=2, pending=1)
VISIBILITIES = dict.fromkeys(MAKERS, shares(public=96, neighbours=2, partners=1, private=1))
VISIBILITIES["resident"] = shares(public=45, neighbours=20, partners=10, private=25)
OFFERINGS = dict.fromkeys(MAKERS, (0, 0, 0, 0, 1))
OFFERINGS |= {"resident": (1, 2, 2, 3), "association": (0, 0, 0, 1, 1, 1, 1, 1, 1, 1)}
MODES = shares(can=10, teach=3, learn=3, join=4)
# Fixed days, so that a seed always makes the same rows; in UTC, as both engines read it.
CONFIRMED = [str(datetime(2026, 11, 1, 12) - timedelta(days=days)) for days in range(900)]

indexed = cache(lambda piece: searchable([piece]))
ordered = cache(sort_key)


class Gifts:
    """The vocabulary, of which few gifts are drawn often and many rarely (Zipf's law)."""

    def __init__(self, gifts):
        """gifts: (id, whether sensitive, searchable words) of each, in the vocabulary's order."""
        self.gifts = list(gifts)
        Random("gifts").shuffle(self.gifts)
        self.limits = list(accumulate(1 / rank for rank in range(1, len(self.gifts) + 1)))

    def drawn(self, draw):
        return self.gifts[bisect(self.limits, draw.random() * self.limits[-1])]


class AreaRows:
    """Makes the rows of one area: `tables` is {model: rows}, `next_ids` goes on counting."""

    def __init__(self, area, area_id, next_ids, gifts):
        self.area, self.area_id, self.next_ids, self.gifts = area, area_id, next_ids, gifts
        self.draw = Draw(area.random)
        self.tables = {model: [] for model in COLUMNS}
        self.models = layer_models()
        self.blocks = {}

    def make(self):
        ends = [self._asset(self.draw.pick(LAYERS)) for _ in range(self.area.size)]
        for tie in made_ties(self.draw, ends):
            self._add(Link, self.draw.uid(), *tie)
        return self.tables

    def _add(self, model, *row):
        self.tables[model].append((next(self.next_ids[model]), *row))

    def _asset(self, layer):
        """Make an asset with all that hangs on it; return what its ties must know."""
        made = MAKERS[layer](self.draw, self.area)
        asset_id = next(self.next_ids[Asset])
        self.tables[Asset].append(
            (
                asset_id,
                self.draw.uid(),
                self.area_id,
                layer,
                *self._texts(made, self._offerings(asset_id, layer)),
                *self._position(layer),
                *self._standing(layer),
                made.reveals,
            )
        )
        self.tables[self.models[layer]].append((asset_id, *made.own))
        self._languages(asset_id)
        return asset_id, layer, made.reveals

    def _texts(self, made, gift_words):
        """The texts and what is worked out from them, as Asset.prepare() does it."""
        search_name = "".join(map(indexed, made.name))
        others = map(indexed, (*made.summary, *made.address, *made.told))
        return (
            " ".join(made.name),
            "0".join(map(ordered, made.name))[:200],
            "".join(made.summary),
            "".join(made.address),
            search_name,
            search_name + "".join(others) + gift_words,
        )

    def _position(self, layer):
        """Latitude, longitude, cell and outline; a resident stands in the middle of a block."""
        point = self.area.point(*self.draw.away(self.area.spread))
        if layer == "resident":
            return (*self._block(*point), None)
        if layer != "institution" and self.draw.chance(0.03):
            return None, None, None, None
        outline = layer == "place" and self.draw.chance(0.05)
        return (*point, cell_of(*point), self._outline(*point) if outline else None)

    def _block(self, latitude, longitude):
        tile = mercantile.tile(longitude, latitude, BLOCK_ZOOM)
        if tile not in self.blocks:
            middle = block_of(latitude, longitude)
            self.blocks[tile] = (*middle, cell_of(*middle))
        return self.blocks[tile]

    def _outline(self, latitude, longitude):
        """A four-sided outline some tens of metres across, as GeoJSON text."""
        turn, size = self.draw.random(), self.draw.number(10, 40)
        ring = [
            moved(latitude, longitude, size, (turn + corner / 4) * math.tau)[::-1]
            for corner in (0, 1, 2, 3, 0)
        ]
        return json.dumps({"type": "Polygon", "coordinates": [ring]})

    def _standing(self, layer):
        confirmed = self.draw.pick(CONFIRMED) if self.draw.chance(0.6) else None
        return self.draw.pick(VISIBILITIES[layer]), self.draw.pick(STATUSES), confirmed

    def _offerings(self, asset_id, layer):
        """Make gifts and wishes; return the words by which they may be found."""
        taken, found = set(), ""
        for number in range(self.draw.pick(OFFERINGS[layer])):
            gift = self.gifts.drawn(self.draw)
            proud = number == 0 and self.draw.chance(0.3)
            if self.draw.chance(0.05):
                found += self._own_words(asset_id, proud)
            elif gift not in taken:
                taken.add(gift)
                found += self._gift(asset_id, gift, proud, layer)
        return found

    def _gift(self, asset_id, gift, proud, layer):
        gift_id, sensitive, gift_words = gift
        reveals = sensitive and layer == "resident"
        mode = self.draw.pick(MODES)
        self._add(Offering, asset_id, gift_id, "", mode, proud, reveals, False)
        return "" if reveals else gift_words

    def _own_words(self, asset_id, proud):
        text, waiting = self.draw.pick(OWN_WORDS), self.draw.chance(0.02)
        mode = self.draw.pick(MODES)
        self._add(Offering, asset_id, None, text, mode, proud, False, waiting)
        return "" if waiting else indexed(text)

    def _languages(self, asset_id):
        if self.draw.chance(0.15):
            self._add(SpokenLanguage, asset_id, "da")
            self._add(SpokenLanguage, asset_id, self.draw.pick(LANGUAGE_CODES[1:]))
