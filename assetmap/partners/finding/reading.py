"""What the parts of the score are worked out from, each read from the database once."""

from collections import namedtuple
from functools import cached_property

from assetmap.activities.models import Activity
from assetmap.activities.recurrence import today
from assetmap.inventory.models import Asset, Layer, Link
from assetmap.network.graph import stands
from assetmap.network.names import named_residents

from ..models import Aside

Row = namedtuple("Row", "pk layer latitude longitude")
MANY = 1_000  # keys that a database is asked for by name; of more, all of the area is read


class Reading:
    """All that a user may see of what an Asked is about.

    only: the key of a single asset, whether it fits or not. `assets` are those whose lesser parts
    are worked out: all that may be found, until `keep()` says whom the rest is about.
    """

    def __init__(self, asked, user, only=None):
        self.asked, self.user, self.area, self.only = asked, user, asked.area, only

    @cached_property
    def assets(self):
        """{key: Row} of all that may be found: neither the asker nor what was put aside."""
        rows = self._seen.values_list(*Row._fields)
        return {row[0]: Row._make(row) for row in rows if row[0] not in self._left_out}

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

    def keep(self, keys):
        """Let `assets` be these of them; of those not read before only these are read."""
        if "assets" in self.__dict__:
            self.assets = {key: row for key, row in self.assets.items() if key in keys}
            return
        seen = self._seen.filter(pk__in=keys) if len(keys) <= MANY else self._seen
        rows, keys = seen.values_list(*Row._fields), keys - self._left_out
        self.assets = {row[0]: Row._make(row) for row in rows if row[0] in keys}

    @property
    def activities(self):
        """The area's activities that go on."""
        seen = Activity.objects.visible_to(self.user).filter(area=self.area)
        return seen.going_on(today()).order_by("pk")

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
    def contacts_who_are_residents(self):
        seen = Asset.objects.filter(pk__in=self.own_ties, layer=Layer.RESIDENT)
        return set(seen.values_list("pk", flat=True))

    @cached_property
    def named(self):
        """The keys of residents who may be named in what is worked out from ties."""
        return named_residents(self.area, self.user)
