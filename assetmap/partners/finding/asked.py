"""What somebody looks for in the partner finder, and how much each part of it counts."""

from dataclasses import dataclass, field

from assetmap.areas.models import Area
from assetmap.inventory.models import Asset

# How much a part counts unless somebody chose: what is looked for most, what helps least.
WEIGHTS = {
    "gift": 4,
    "wish": 4,
    "role": 4,
    "audience": 3,
    "language": 3,
    "free": 3,
    "near": 1,
    "new": 1,
    "known": 1,
}
HEAVIEST = 5
# Parts that say what is looked for: who has none of those asked for is no partner for it.
LOOKED_FOR = ("gift", "wish", "role", "audience", "language")
LESSER = ("near", "new", "known", "free")  # the others; those that take longest last
WHOLE_DAY = (0, 24 * 60)


@dataclass(frozen=True)
class Asked:
    """What is asked. Gifts are primary keys, words as they were typed.

    asker: the asset that looks for a partner, or None. wanted, words: what the partner should
    give. offered: what the asker has to give. role: a field of RoleOffer that it should fill.
    day: of the week, Monday is 0; span: minutes of that day. audience: of Activity.MeantFor.
    layers: those looked in; empty for all.
    """

    area: Area
    asker: Asset | None = None
    wanted: tuple = ()
    words: tuple = ()
    offered: tuple = ()
    role: str = ""
    day: int | None = None
    span: tuple = WHOLE_DAY
    audience: str = ""
    age: int | None = None
    language: str = ""
    layers: tuple = ()
    weights: dict = field(default_factory=lambda: dict(WEIGHTS))

    @property
    def parts(self):
        """The names of the parts that are asked for, in their order."""
        asker = self.asker
        asked = {
            "gift": self.wanted or self.words,
            "wish": self.offered,
            "role": self.role,
            "audience": self.audience or self.age is not None,
            "language": self.language,
            "free": self.day is not None,
            "near": asker and asker.latitude is not None,
            "new": asker,
            "known": asker,
        }
        return [name for name in WEIGHTS if asked[name]]

    @property
    def main(self):
        """The parts of which somebody must have something: those looked for, else the time."""
        looked_for = [name for name in self.parts if name in LOOKED_FOR]
        return looked_for or [name for name in self.parts if name == "free"]

    @property
    def lesser(self):
        """The other parts asked for, in the order in which they are worked out."""
        asked, main = self.parts, self.main
        return [name for name in LESSER if name in asked and name not in main]

    @property
    def is_empty(self):
        """Whether nothing is looked for: who asks, and in which layers, is not enough."""
        return not self.main
