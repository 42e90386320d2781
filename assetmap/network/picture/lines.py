"""How a tie is drawn: the pattern of its line says what sort of tie it is, the width how close.

There are more kinds of ties than patterns that can be told apart, so kinds that are near each
other in meaning share one.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WIDTHS = {1: 1.0, 2: 1.8, 3: 3.2}  # by strength


@dataclass(frozen=True)
class Line:
    """A pattern: `dash` as in SVG's stroke-dasharray, and what its ties have in common."""

    code: str
    label: Promise
    dash: tuple = ()

    @property
    def dashes(self):
        """For an attribute."""
        return " ".join(map(str, self.dash)) or "none"


LINES = {
    line.code: line
    for line in (
        Line("together", _("know each other or work together")),
        Line("belong", _("one belongs to the other"), (9, 4)),
        Line("support", _("one runs, helps or supports the other"), (4, 3)),
        Line("use", _("one is at home in or uses the other"), (1.5, 3.5)),
    )
}
LINE_OF = {
    "member_of": "belong",
    "works_at": "belong",
    "part_of": "belong",
    "grew_into": "belong",
    "has_department": "belong",
    "runs": "support",
    "helps": "support",
    "supports": "support",
    "meets_at": "use",
    "uses": "use",
    "has_site": "use",
}


def line_of(network, ties):
    """Return (code of the Line, strength) for what joins two assets: as its closest tie is."""
    closest = max(ties, key=lambda tie: network.strengths[tie])
    return LINE_OF.get(network.kinds[closest], "together"), network.strengths[closest]
