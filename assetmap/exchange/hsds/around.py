"""What stands around the organizations and places of one page, read in a few queries in all."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.functional import cached_property

from assetmap.inventory.models import Asset, SpokenLanguage

from ..describe import by_asset
from ..leaving import open_links
from . import rows
from .ids import turned

UNDER = {"part_of": ("source", "target"), "has_department": ("target", "source")}  # child, parent


@dataclass(frozen=True)
class At:
    """That an organization does what it does at a location."""

    id: UUID
    asset: Asset
    place: Asset
    note: str = ""

    @classmethod
    def tied(cls, tie):
        return cls(tie.uid, tie.source, tie.target, tie.note)

    @classmethod
    def home(cls, asset):
        """At the organization's own address."""
        return cls(turned(asset.uid, "service at home"), asset, asset)


class Around:
    """Ties, gifts and the like of some assets, by the assets' keys; each is read when asked for.

    root: the site's address, without a slash at its end.
    """

    def __init__(self, assets, root):
        self.assets, self.root = {asset.pk: asset for asset in assets}, root

    @cached_property
    def languages(self):
        return self._of_these(SpokenLanguage.objects.order_by("code"))

    @cached_property
    def gifts(self):
        return self._of_these(rows.gives().select_related("gift__group"))

    def _of_these(self, found):
        return by_asset(found.filter(asset__in=self.assets))

    @cached_property
    def at(self):
        """Where each organization does what it does: its own address, then the places it names."""
        found = defaultdict(list)
        for key, asset in self.assets.items():
            if asset.address or asset.latitude is not None:
                found[key].append(At.home(asset))
        for tie in rows.read_ties(rows.ties().filter(source__in=self.assets)):
            found[tie.source_id].append(At.tied(tie))
        return found

    @cached_property
    def places(self):
        """What stands around the locations of these organizations."""
        return Around([at.place for found in self.at.values() for at in found], self.root)

    @cached_property
    def with_service(self):
        """The keys of those that have a service."""
        return set(rows.services().filter(pk__in=self.assets).values_list("pk", flat=True))

    @cached_property
    def parents(self):
        """The uid of the one organization that each is a part of.

        Where several are named, or two name each other, none: the standard has a tree.
        """
        pairs = set(self._parts())
        named = defaultdict(list)
        for child, parent in pairs:
            if (parent, child) not in pairs:
                named[child[0]].append(parent[1])
        return {key: uids[0] for key, uids in named.items() if len(uids) == 1}

    def _parts(self):
        """Yield ((key, uid) of a part, (key, uid) of the whole)."""
        either = Q(source__in=self.assets) | Q(target__in=self.assets)
        layers = {f"{end}__layer__in": rows.ORGANIZATIONS for end in ("source", "target")}
        ties = open_links().filter(either, kind__in=UNDER, **layers)
        for tie in ties.values("kind", "source", "source__uid", "target", "target__uid"):
            yield tuple((tie[end], tie[f"{end}__uid"]) for end in UNDER[tie["kind"]])
