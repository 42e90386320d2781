from collections import Counter
from itertools import chain

from django.db.models import Count
from django.utils.functional import cached_property

from assetmap.inventory.models import Asset, Layer, Link

from ..describe import records_of, tie_records
from ..leaving import EVERYBODY, reader_of_files, without_residents


class Hits:
    """What goes into a file: those of a filter's hits that may leave, and the ties among them.

    people: whether residents are among them, which takes the right to take data out.
    """

    def __init__(self, assets, people=False):
        self.filter, self.area = assets, assets.area
        self.reader = reader_of_files(assets.user, assets.area)
        found = assets.qs.visible_to(self.reader)
        with_people = people and self.reader is not EVERYBODY
        self.found = found if with_people else without_residents(found)

    @cached_property
    def keys(self):
        """The (key, layer) of each asset, in the order of the list."""
        return list(chain.from_iterable(map(self._keys_of, self.filter.stretches)))

    def _keys_of(self, stretch):
        names = [f"-{name}" if stretch.descending else name for name in stretch.fields]
        return self.found.filter(stretch.only).order_by(*names).values_list("pk", "layer")

    @property
    def count(self):
        return self.found.order_by().count()

    @property
    def people(self):
        """The keys of the residents in the file."""
        return [key for key, layer in self.keys if layer == Layer.RESIDENT]

    @property
    def layers(self):
        """The layers in the file, in their own order."""
        found = {layer for _key, layer in self.keys}
        return [layer for layer in Layer if layer in found]

    @property
    def assets(self):
        return Asset.objects.filter(pk__in=self.found.order_by().values("pk"))

    @property
    def links(self):
        """Ties whose both ends are in the file."""
        ends = {"source__in": self.assets.values("pk"), "target__in": self.assets.values("pk")}
        return Link.objects.visible_to(self.reader).in_use().filter(**ends).order_by("pk")

    def records(self, site=""):
        """Yield the record of each asset, its `url` whole: `site` is what comes before a path."""
        for row in records_of(self.keys, self.reader):
            yield row | {"url": f"{site}{row['url']}"}

    def ties(self):
        return tie_records(self.links)

    def sources(self):
        """Return whom the data are from: [{"source", "licence", "assets", "ties"}, …]."""
        assets = _numbers(self.assets.exclude(source=""), "source")
        ties = _numbers(self.links.exclude(data_source=""), "data_source")
        return [
            {"source": key[0], "licence": key[1], "assets": assets[key], "ties": ties[key]}
            for key in sorted(assets | ties)
        ]


def _numbers(rows, source):
    """Return how many rows are from each source and under each licence."""
    rows = rows.order_by().values_list(source, "licence").annotate(n=Count("pk"))
    return Counter({(name, licence): n for name, licence, n in rows})
