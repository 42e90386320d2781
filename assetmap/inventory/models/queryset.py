import math

from django.db import models
from django.db.models import Case, F, When
from django.db.models.functions import Sqrt

from assetmap.areas.text import words_in

from ..audience import Status, asset_q, editable_q, owned_only_q
from ..position import METRES_A_DEGREE, box_around
from ..search import indexed, ranks, scanned


class AssetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(asset_q(user))

    def editable_by(self, user):
        return self.filter(editable_q(user))

    def active(self):
        return self.filter(status=Status.ACTIVE)

    def outside_tallies(self, user):
        """Assets that the user may see only as their owner; no Tally counts those for her."""
        return self.active().filter(owned_only_q(user))

    def search(self, text, area=None, by_index=True):
        """Assets in which every word of the text occurs, however accented.

        A word of three letters or more is found anywhere inside words; a shorter one begins
        one. With an area only what lies there is found, and the index skips the rest.
        by_index=False reads row by row, which is faster when most rows are hits.
        """
        matching = indexed if by_index else scanned
        found = self.filter(matching(words_in(text), "search_text", area))
        return found.filter(area=area) if area else found

    def names_first(self, text):
        """Order by name: first what begins as typed, then what is so named, then the rest."""
        parts = [When(part, then=rank) for rank, part in enumerate(ranks(text))]
        return self.order_by(Case(*parts), "name_order", "pk")

    def placed(self):
        return self.filter(latitude__isnull=False)

    def in_bbox(self, west, south, east, north):
        """Assets inside a box in degrees."""
        return self.filter(latitude__range=(south, north), longitude__range=(west, east))

    def near(self, latitude, longitude, metres=None):
        """Add `distance` in metres from a point; with `metres`, only assets within them.

        The earth is taken as flat, which is off by less than 1 in 1,000 inside a city.
        """
        found = self.in_bbox(*box_around(latitude, longitude, metres)) if metres else self.placed()
        north = (F("latitude") - latitude) * METRES_A_DEGREE
        east = (F("longitude") - longitude) * METRES_A_DEGREE * math.cos(math.radians(latitude))
        found = found.annotate(distance=Sqrt(north * north + east * east))
        return found.filter(distance__lte=metres) if metres else found
