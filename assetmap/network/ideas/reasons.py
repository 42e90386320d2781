"""What every reason for a tie is made of; the modules beside this one each find one kind."""

from dataclasses import dataclass

FEW = 6  # others that one module names as candidates for one asset


@dataclass(frozen=True)
class Reason:
    """Why two assets could be tied. score: 0 to 1. facts: keys and numbers to say it with."""

    kind: str
    score: float
    facts: tuple


@dataclass(frozen=True)
class Idea:
    """A tie worth making between two assets, by their keys, the lower first; reasons strongest
    first."""

    one: int
    other: int
    score: float
    reasons: tuple
