"""It is close to the asker."""

import math

from assetmap.inventory.position import METRES_A_DEGREE, metres_a_degree_east

from .value import Value

FAR = 1_500  # metres; from there on distance counts nothing


def values(reading):
    """1 at the same point, falling evenly to 0 at 1,500 metres as the crow flies.

    facts: ("metres", number rounded to ten).
    """
    asker = reading.asked.asker
    east = metres_a_degree_east(asker.latitude)
    found = {}
    for row in reading.assets.values():
        if row.latitude is None:
            continue
        metres = math.hypot(
            (row.latitude - asker.latitude) * METRES_A_DEGREE,
            (row.longitude - asker.longitude) * east,
        )
        if metres < FAR:
            found[row.pk] = Value(1 - metres / FAR, (("metres", int(round(metres, -1))),))
    return found
