"""What the parts of the score are worked out from, each read from the database once."""

from collections import namedtuple
from functools import cached_property

from assetmap.activities.models import Activity
from assetmap.activities.recurrence import today
from assetmap.inventory.models import Asset, Layer, Link, Offering
from assetmap.network.graph import stands
from assetmap.network.names import named_residents

from ..models import Aside

Row = namedtuple("Row", "pk layer latitude longitude")
MANY = 1_000  # keys that a database is asked for by name; of more, all of the area is read
FOLLOWED = 300  # of the asker's contacts whose ties are followed, the closest first


def those(rows, keys, by="pk"):
    """Of an area's rows those of some assets, or all where there are many of them."""
    return rows.filter(**{f"{by}__in": list(keys)}) if len(keys) <= MANY else rows


class Reading:
    """What is known of what an Asked is about, and who of them a user may find.

    only: the key of a single asset, whether it fits or not. `offerings` and `held` are of all in
    the area, and `to_be_found()` says who of them shows. `assets` are those of whom something is
    worked out from what they are: all that may be found, until `keep()` says which.
    """

    def __init__(self, asked, user, only=None):
        self.asked, self.user, self.area, self.only = asked, user, asked.area, only
        self._rows = {}

    @cached_property
    def assets(self):
        """{key: Row} of all that may be found: neither the asker nor what was put aside."""
        self._read(self._seen)
        return {key: row for key, row in self._rows.items() if key not in self._left_out}

    def to_be_found(self, keys):
        """Return those of some keys that may be found: the gate that every answer goes through."""
        keys = keys - self._left_out
        if len(keys) > MANY:  # their rows are read when few of them are left
            return keys & set(self._seen.values_list("pk", flat=True))
        self.keep(keys)
        return self.assets.keys()

    def keep(self, keys):
        """Let `assets` be these, as far as the user may see them; each is read only once."""
        if new := keys - self._rows.keys():
            self._read(those(self._seen, new))
        self.assets = {key: self._rows[key] for key in keys if key in self._rows}

    def _read(self, assets):
        rows = assets.values_list(*Row._fields)
        self._rows |= {row[0]: Row._make(row) for row in rows}

    @property
    def _seen(self):
        seen = Asset.objects.visible_to(self.user).active().filter(area=self.area).order_by()
        if self.only:
            return seen.filter(pk=self.only)
        return seen.filter(layer__in=self.asked.layers) if self.asked.layers else seen

    @cached_property
    def _left_out(self):
        found = {self.asked.asker.pk} if self.asked.asker else set()
        if self.user.is_authenticated:
            put_aside = Aside.objects.filter(by=self.user.pk, asset__area=self.area)
            found |= set(put_aside.values_list("asset", flat=True))
        return found

    @property
    def offerings(self):
        """What is told openly of gifts and wishes, of all in the area: to be found or not."""
        return Offering.objects.plain().filter(asset__area=self.area)

    @property
    def held(self):
        """The activities that go on and wait for nobody, of all who hold any in the area."""
        rows = Activity.objects.filter(area=self.area, waiting=False)
        return rows.going_on(today()).order_by()

    @cached_property
    def own_ties(self):
        """{asset tied to the asker: strength of the strongest tie between the two}."""
        asker, found = self.asked.asker.pk, {}
        for one, other, strength in self.ties_of([asker]):
            end = other if one == asker else one
            found[end] = max(strength, found.get(end, 0))
        return found

    def ties_of(self, keys):
        """The ties of some assets that stand today, as (asset, asset, strength); one between two
        of them comes twice. Asked for by each end, as a database looks up only one at a time."""
        ties, day = Link.objects.visible_to(self.user).in_use().order_by("pk"), today().isoformat()
        found = []
        for end in ("source", "target"):
            rows = ties.filter(**{f"{end}__in": keys})
            columns = rows.values_list("source", "target", "strength", "since", "until")
            found += [row[:3] for row in columns if stands(*row[3:], day)]
        return found

    @cached_property
    def ties_of_contacts(self):
        """The ties of those whom the asker is tied to, and who may be named."""
        own = self.own_ties
        residents = Asset.objects.filter(pk__in=own, layer=Layer.RESIDENT)
        left_out = {key for key in residents.values_list("pk", flat=True) if key not in self.named}
        may = own.keys() - left_out
        return self.ties_of(sorted(may, key=lambda key: (-own[key], key))[:FOLLOWED])

    @cached_property
    def named(self):
        """The keys of residents who may be named in what is worked out from ties."""
        return named_residents(self.area, self.user)
