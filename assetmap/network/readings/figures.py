"""All that the readings are told from: keys and numbers, which are kept."""

from dataclasses import dataclass

from ..audience import eyes_of
from ..graph import load
from ..worked import collective_of, position_of, structure_of
from . import across, alone, apart, circle, heroes, joining

EVER = ""  # the day whose network holds all ties that ever were


@dataclass(frozen=True)
class Figures:
    """What each reading is told from; see the reading's own module."""

    connectors: list
    without_a_post: dict
    breaks: apart.Breaks
    loose: alone.Loose
    layers: across.Counts
    sectors: across.Counts
    years: list

    @property
    def keys(self):
        """All keys that telling them needs the names of, but for heroes and single assets."""
        told = (
            joining.keys_in(self.connectors),
            apart.keys_in(self.breaks),
            alone.keys_in(self.loose),
            circle.keys_in(self.years),
        )
        return set().union(*told)


def figures_of(seen):
    """Return the Figures of a Seen network."""
    return seen.kept("readings", lambda: _work_out(seen))


def _work_out(seen):
    network, structure = seen.network, structure_of(seen)
    ever = load(seen.area, eyes_of(seen.audience, seen.area), EVER)
    return Figures(
        connectors=joining.connectors(network, position_of(seen), structure, collective_of(seen)),
        without_a_post=heroes.without_a_post(network),
        breaks=apart.breaks(network, structure),
        loose=alone.loose(network, structure),
        layers=across.counts(network, network.layers),
        sectors=across.counts(network, network.sectors),
        years=circle.years(network, ever, int(seen.day[:4])),
    )
