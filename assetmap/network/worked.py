"""The measures of a network, worked out once for all who see the same."""

from .audience import eyes_of
from .measures.collective import collective
from .measures.position import position
from .measures.reach import reach
from .measures.structure import structure
from .resources import load_resources, resources_stamp

FROM_GIFTS = ("resources", "reach", "groups")


def position_of(seen):
    return seen.kept("position", lambda: position(seen.network))


def structure_of(seen):
    return seen.kept("structure", lambda: structure(seen.network))


def collective_of(seen):
    return seen.kept("collective", lambda: collective(seen.network))


def resources_of(seen):
    return seen.kept(name_of("resources", seen), lambda: _resources(seen))


def reach_of(seen):
    return seen.kept(name_of("reach", seen), lambda: reach(seen.network, resources_of(seen)))


def _resources(seen):
    return load_resources(seen.area, eyes_of(seen.audience, seen.area), seen.network)


def name_of(work, seen):
    """The name that a work is kept under: that of what comes from gifts changes with them."""
    if work not in FROM_GIFTS:
        return work
    if not hasattr(seen, "_gifts"):
        seen._gifts = resources_stamp(seen.area)
    return f"{work} {seen._gifts}"


def is_worked_out(seen, works):
    """Whether all of some works, named as in works.py, are kept already."""
    return all(seen.has(name_of(work, seen)) for work in works)
