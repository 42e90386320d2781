"""Which areas made data has: their names, where they lie, and how many assets each holds."""

import math
from dataclasses import dataclass
from random import Random

from assetmap.areas.text import fold
from assetmap.inventory.position import METRES_A_DEGREE

from .words import FIRST, NEIGHBOURHOOD, SIDES

USUAL_SIZE = 1000
# From so many assets on, one area holds so many.
LARGE_AREAS = ((1_000_000, 50_000), (10_000, 5_000))

# Where there is land all around: municipality, latitude, longitude, kilometres.
TOWNS = (
    ("Herning", 56.140, 8.970, 4),
    ("Odense", 55.390, 10.380, 5),
    ("København", 55.690, 12.490, 5),
    ("Aarhus", 56.155, 10.140, 4),
    ("Aalborg", 57.010, 9.920, 3),
    ("Esbjerg", 55.490, 8.490, 2),
    ("Randers", 56.455, 10.030, 3),
    ("Horsens", 55.870, 9.810, 3),
    ("Kolding", 55.490, 9.435, 3),
    ("Vejle", 55.715, 9.500, 2),
    ("Roskilde", 55.615, 12.080, 3),
    ("Silkeborg", 56.180, 9.540, 3),
    ("Næstved", 55.230, 11.760, 3),
    ("Fredericia", 55.575, 9.710, 2),
    ("Viborg", 56.450, 9.380, 3),
    ("Køge", 55.460, 12.130, 2),
    ("Holstebro", 56.360, 8.620, 3),
    ("Høje-Taastrup", 55.650, 12.290, 3),
    ("Slagelse", 55.405, 11.350, 3),
    ("Hillerød", 55.930, 12.300, 3),
    ("Sønderborg", 54.925, 9.810, 2),
    ("Svendborg", 55.085, 10.590, 2),
    ("Hjørring", 57.460, 9.990, 3),
    ("Holbæk", 55.690, 11.700, 2),
    ("Frederikshavn", 57.440, 10.490, 2),
    ("Haderslev", 55.250, 9.450, 2),
    ("Skive", 56.560, 9.010, 2),
    ("Ringsted", 55.445, 11.790, 3),
    ("Guldborgsund", 54.765, 11.890, 2),
    ("Aabenraa", 55.040, 9.380, 2),
    ("Bornholm", 55.110, 14.750, 2),
    ("Thisted", 56.985, 8.680, 2),
    ("Norddjurs", 56.415, 10.850, 2),
    ("Faxe", 55.325, 11.965, 3),
)


@dataclass(frozen=True)
class MadeArea:
    """An area to be made: `spread` is the standard deviation of its assets in metres."""

    name: str
    slug: str
    municipality: str
    latitude: float
    longitude: float
    size: int
    spread: float
    random: Random

    def point(self, metres, angle):
        """Return (latitude, longitude) of a point so far from the centre in that direction."""
        return moved(self.latitude, self.longitude, metres, angle)


def moved(latitude, longitude, metres, angle):
    north = metres * math.cos(angle) / METRES_A_DEGREE
    east = metres * math.sin(angle) / METRES_A_DEGREE / math.cos(math.radians(latitude))
    return round(latitude + north, 6), round(longitude + east, 6)


def slug_prefix(seed):
    """Return how the slugs of all areas of a seed begin, and no other area's."""
    return f"made-{seed}-"


def plan_areas(count, seed):
    """Return the areas that hold so many assets in all; large ones come first."""
    rng = Random(f"areas {seed}")
    sizes = plan_sizes(count, rng)
    names = _names(len(sizes), rng)
    return [
        _area(name, size, number, seed, rng)
        for number, (name, size) in enumerate(zip(names, sizes, strict=True))
    ]


def plan_sizes(count, rng):
    large = [size for least, size in LARGE_AREAS if count >= least]
    others = max(1, round(count / USUAL_SIZE)) - len(large)
    weights = [300 + 2200 * rng.random() ** 2.4 for _ in range(others)]
    rest = count - sum(large)
    sizes = [int(rest * weight / sum(weights)) for weight in weights]
    sizes[0] += rest - sum(sizes)
    return large + sizes


def _names(number, rng):
    """Return so many different names; "Solbakken Nord" only when all plain ones are taken."""
    plain = [first + second for first in FIRST for second in NEIGHBOURHOOD]
    rng.shuffle(plain)
    return [name + side for side in SIDES for name in plain][:number]


def _area(name, size, number, seed, rng):
    town, latitude, longitude, kilometres = TOWNS[number % len(TOWNS)]
    away = kilometres * 1000 * math.sqrt(rng.random())
    latitude, longitude = moved(latitude, longitude, away, rng.random() * math.tau)
    return MadeArea(
        name=name,
        slug=slug_prefix(seed) + fold(name).replace(" ", "-"),
        municipality=town,
        latitude=latitude,
        longitude=longitude,
        size=size,
        spread=min(2000, max(300, 13 * math.sqrt(size))),
        random=Random(f"area {seed} {number}"),
    )
