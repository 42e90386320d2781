"""How the asker stands to it: tied already, not yet, or known through somebody both are tied to.

A resident is told of only if she may be named in what is worked out from ties, and only such a
resident is somebody through whom one is known.
"""

from assetmap.inventory.models import Layer

from .value import Value

NEW, TIED = Value(1, (("new",),)), Value(1, (("tied",),))


def new(reading):
    """1 for who has no tie to the asker. facts: ("new",)."""
    own = reading.own_ties
    return {key: NEW for key in told_of(reading) if key not in own}


def known(reading):
    """1 for who is tied to the asker, or to somebody tied to it; of several the strongest way.

    facts: ("tied",) or ("through", the asset both are tied to).
    """
    own, through = reading.own_ties, {}
    for one, other, strength in reading.ties_of_contacts:
        for middle, end in ((one, other), (other, one)):
            if middle in own and end not in own:
                way = -(own[middle] + strength), middle
                through[end] = min(through.get(end, way), way)
    found = {end: Value(1, (("through", way[1]),)) for end, way in through.items()}
    found |= dict.fromkeys(own, TIED)
    may = told_of(reading)
    return {key: value for key, value in found.items() if key in may}


def told_of(reading):
    """The keys of those assets of which something may be said that is worked out from ties."""
    return {
        key
        for key, row in reading.assets.items()
        if row.layer != Layer.RESIDENT or key in reading.named
    }
