"""Made assets under the names Asset0, Asset1 …, and what is true of them by their rows."""

from assetmap.inventory.models import Link
from tests import factories
from tests.network.ideas.rows import make_willing, metres_north

# What is written, and what it means: the days, and from when to when.
TIMES = {
    "": (set(), None),
    "Efter aftale": (set(), None),
    "Onsdage kl. 16.30": ({"Wednesday"}, (16.5, 18)),
    "Mandag til onsdag 9-12": ({"Monday", "Tuesday", "Wednesday"}, (9, 12)),
    "Lørdage": ({"Saturday"}, None),
    "Sat 10:00-17:00, Wed closed": ({"Saturday"}, (10, 17)),
}
FIELDS = {
    "resident": "availability",
    "association": "meeting_times",
    "institution": "opening_hours",
    "place": "opening_hours",
}


class Town:
    """`told`: {name: what it was made from}. `made`: {name: asset}."""

    def __init__(self, area, assets, ties):
        self.area, self.told = area, {f"Asset{n}": told for n, told in enumerate(assets)}
        self.made = {name: self._make(name, **told) for name, told in self.told.items()}
        for one, other, until in ties:
            self._tie(one, other, until)

    def _make(self, name, layer, north, times, willing, kind, sector, gifts):
        spot = {"latitude": None, "longitude": None} if north is None else metres_north(north)
        own = {"place": {"kind": kind}, "institution": {"sector": sector}}.get(layer, {})
        fields = {**spot, **own, FIELDS[layer]: times, "visibility": "public"}
        asked = layer == "resident" and willing
        make = make_willing if asked else getattr(factories, f"make_{layer}")
        asset = make(self.area, name, **fields)
        for code, mode in gifts:
            factories.make_offering(asset, code, mode)
        return asset

    def _tie(self, one, other, until):
        ends = [self.made.get(f"Asset{n}") for n in sorted({one, other})]
        if len(ends) == 2 and all(ends) and not self.has_tie(*ends):
            factories.make_link(*ends, until=until)

    def has_tie(self, one, other):
        return Link.objects.of(one).of(other).exists()

    def may_be_named(self, name):
        return self.told[name]["layer"] != "resident" or self.told[name]["willing"]

    def ties_now(self):
        """The ties that did not end, as (name, name)."""
        return list(
            Link.objects.filter(until="").values_list("source__name", "target__name").order_by()
        )

    def common(self, one, other):
        """The names that both are tied to."""
        first, second = (
            {name for tie in self.ties_now() if end.name in tie for name in tie}
            for end in (one, other)
        )
        return (first & second) - {one.name, other.name}

    def layers(self):
        return {name: told["layer"] for name, told in self.told.items()}

    def sectors(self):
        """{name: sector} of those that have one."""
        found = {
            name: told["sector"] if told["layer"] == "institution" else "civil"
            for name, told in self.told.items()
        }
        return {name: one for name, one in found.items() if self.told[name]["layer"] != "place"}
