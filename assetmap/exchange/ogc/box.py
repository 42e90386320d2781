"""The parameter `bbox`: what may lie inside is asked of the database, what does is then tried."""

import math
from dataclasses import dataclass
from functools import cached_property

import shapely
from django.db.models import F, Q
from django.db.models.functions import Abs
from django.utils.translation import gettext as _
from shapely.geometry import shape

from assetmap.inventory.models import Asset
from assetmap.inventory.position import LAST_LATITUDE, cell_ranges

from .crs import Crs
from .refusal import Refusal

REACH = 0.1  # degrees that an outline may lie away from its asset's point: some kilometres
SMALL = 1.0  # degrees; a box below that is found by cells, a larger one is met soon anyway
NEARLY = 1e-12  # square degrees: what rounding may add


@dataclass(frozen=True)
class Box:
    """A box in a coordinate system: west, south, east, north; or over the date line."""

    crs: Crs
    corners: tuple

    @cached_property
    def parts(self):
        """The boxes in degrees that hold it: one, or one on each side of the date line."""
        return _unrolled(self.crs.around(*self.corners))

    @cached_property
    def figure(self):
        """The box as a prepared shape in its own coordinate system."""
        parts = [self.corners] if self.crs.metres else self.parts
        figure = shapely.union_all([shapely.box(*part) for part in parts])
        shapely.prepare(figure)
        return figure

    def holds(self, geometry):
        """Whether a GeoJSON geometry in degrees lies in the box, or touches it."""
        placed = self.crs.placed(shape(geometry)) if geometry else None
        return placed is not None and self.figure.intersects(placed)

    @property
    def is_exact(self):
        """Whether its parts hold just what it holds itself."""
        return not self.crs.metres

    def assets(self, assets):
        """Return those of some assets that may lie in the box: by a point, or by an outline."""
        found = Q()
        for part in self.parts:
            outlined = Q(outline__isnull=False) & _inside(_wider(part))
            found |= _inside(part) | outlined
        return assets.filter(found & self._by_cells())

    def _by_cells(self):
        """The same roughly, but from an index; each range of cells is a query of its own."""
        wide = [_wider(part) for part in self.parts]
        if not all(map(_is_small, wide)):
            return Q()
        ranges = [ends for part in wide for ends in cell_ranges(*part)]
        active = Asset.objects.active()  # which the index holds alone
        keys, *more = (active.filter(cell__range=ends).values("pk") for ends in ranges)
        return Q(pk__in=keys.union(*more, all=True) if more else keys)

    def links(self, links):
        """Return those of some ties whose line may cross the box: in degrees, those that do."""
        links = links.filter(source__latitude__isnull=False, target__latitude__isnull=False)
        found = Q()
        for at, part in enumerate(self.parts):
            links = links.annotate(**{f"aside_{at}": _aside(part), f"reach_{at}": _reach(part)})
            crosses = Q(**{f"aside_{at}__lte": F(f"reach_{at}")})
            found |= crosses & _beside(part)
        return links.filter(found)


def _beside(part):
    """Ties that do not lie wholly on one side of a box."""
    west, south, east, north = part
    return (
        (Q(source__longitude__gte=west) | Q(target__longitude__gte=west))
        & (Q(source__longitude__lte=east) | Q(target__longitude__lte=east))
        & (Q(source__latitude__gte=south) | Q(target__latitude__gte=south))
        & (Q(source__latitude__lte=north) | Q(target__latitude__lte=north))
    )


EASTWARDS = F("target__longitude") - F("source__longitude")
NORTHWARDS = F("target__latitude") - F("source__latitude")


def _aside(part):
    """How far a tie's line passes by the middle of a box, times the line's length."""
    west, south, east, north = part
    up, across = (south + north) / 2 - F("source__latitude"), (west + east) / 2
    return Abs(EASTWARDS * up - NORTHWARDS * (across - F("source__longitude")))


def _reach(part):
    """How far from its middle the box reaches towards the line, times the line's length."""
    west, south, east, north = part
    return Abs(NORTHWARDS) * ((east - west) / 2) + Abs(EASTWARDS) * ((north - south) / 2) + NEARLY


def _inside(part):
    west, south, east, north = part
    return Q(latitude__range=(south, north), longitude__range=(west, east))


def _wider(part):
    west, south, east, north = part
    return (
        *(_clipped(west - REACH, 180), _clipped(south - REACH, 90)),
        *(_clipped(east + REACH, 180), _clipped(north + REACH, 90)),
    )


def _clipped(degrees, most):
    return max(-most, min(most, degrees))


def _is_small(part):
    """Whether a box is found by few cells; near the poles there are none."""
    west, south, east, north = part
    on_the_map = south > -LAST_LATITUDE and north < LAST_LATITUDE
    return on_the_map and east - west < SMALL and north - south < SMALL


def _unrolled(box):
    west, south, east, north = box
    if west <= east:
        return [box]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]


def read_box(text, crs):
    """Return the Box of four numbers, or of six with heights, which count for nothing here."""
    numbers = _numbers(text)
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4:
        raise Refusal(_("bbox must be four numbers with commas between: west,south,east,north"))
    if crs.north_first:
        numbers = [numbers[at] for at in (1, 0, 3, 2)]
    west, south, east, north = numbers
    if south > north or (crs.metres and west > east):
        raise Refusal(_("bbox must name the lower corner before the upper one."))
    return Box(crs, (west, south, east, north))


def _numbers(text):
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        return []
    return numbers if all(math.isfinite(number) for number in numbers) else []
