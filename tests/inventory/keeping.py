"""What the tests of what is kept beside the rows share: the same numbers, counted by hand."""

from collections import defaultdict

from assetmap.inventory import derived
from assetmap.inventory.models import Asset, Tally

SPOT = {"latitude": 55.65, "longitude": 12.59}
WORDS = ("have", "klub", "ny")


class Fault(Exception):
    """Something that goes wrong on purpose."""


def kept():
    """The tallies as {(area, layer, visibility): [number, placed, north, east]}, but for zeros."""
    sums = defaultdict(lambda: [0, 0, 0, 0])
    for row in Tally.objects.all():
        key = row.area_id, row.layer, row.visibility
        numbers = row.number, row.placed, row.north, row.east
        sums[key] = [one + other for one, other in zip(sums[key], numbers, strict=True)]
    return {key: numbers for key, numbers in sums.items() if any(numbers)}


def counted():
    """The same, counted from the rows."""
    sums = defaultdict(lambda: [0, 0, 0, 0])
    for row in Asset.objects.active():
        numbers = sums[row.area_id, row.layer, row.visibility]
        numbers[0] += 1
        if row.latitude is not None:
            numbers[1] += 1
            numbers[2] += round(row.latitude * 1_000_000)
            numbers[3] += round(row.longitude * 1_000_000)
    return dict(sums)


def found(words, area=None):
    """The names of the assets that a search finds, in the area if there is one."""
    assets = Asset.objects.filter(area=area) if area else Asset.objects
    return set(assets.search(words, area).values_list("name", flat=True))


def holds():
    """All that is kept fits the rows: as `derived` sees it, and as it is seen from here."""
    by_index, by_row = ([_searched(word, way) for word in WORDS] for way in (True, False))
    return derived.is_right() and kept() == counted() and by_index == by_row


def _searched(word, by_index):
    return set(Asset.objects.search(word, by_index=by_index).values_list("pk", flat=True))
