"""The picture as it is put on paper: what stands where, for SVG and PNG alike."""

from dataclasses import dataclass

from django.utils.formats import date_format, localize
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmap.inventory.models import Layer

from ..names import names_of
from .layout import SPACE
from .lines import LINES, WIDTHS, line_of

WIDTH = 1600  # of the paper; all lengths are in its units
MARGIN, HEAD, ROW = 60, 90, 34
LOWEST, HIGHEST = 500, 1500  # the picture without its head and foot
LARGEST_SCALE = 2.0  # a few assets do not fill the paper
SMALLEST_MARK, LARGEST_MARK = 5, 15
MOST_NAMES = 60
LETTER, TEXT = 8.6, 16  # width of a letter, on average, and size of the text


@dataclass(frozen=True)
class Mark:
    """An asset on paper; number: that of its layer."""

    x: float
    y: float
    radius: float
    number: int
    faint: bool


@dataclass(frozen=True)
class Stroke:
    """A tie on paper; dash: lengths of strokes and gaps, none for a whole line."""

    ends: tuple
    dash: tuple
    width: float
    faint: bool


@dataclass(frozen=True)
class Name:
    """A name below its asset; x: the middle of the text."""

    x: float
    y: float
    text: str

    @property
    def box(self):
        half = len(self.text) * LETTER / 2
        return self.x - half, self.y - TEXT, self.x + half, self.y + 4


class Paper:
    """A Sight on paper: marks, strokes and names with their places, a title and a legend."""

    def __init__(self, sight):
        self.sight = sight
        self.drawn = sight.drawn
        xs, ys = (
            zip(*(sight.places[v] for v in self.drawn), strict=True)
            if self.drawn
            else ((0,), (0,))
        )
        self.left, self.top = min(xs), min(ys)
        wide, high = max(xs) - self.left or 1, max(ys) - self.top or 1
        room = WIDTH - 2 * MARGIN
        self.scale = min(room / wide, HIGHEST / high, LARGEST_SCALE)
        self.body = max(LOWEST, high * self.scale + 2 * MARGIN)
        self.shift = (WIDTH - wide * self.scale) / 2, HEAD + (self.body - high * self.scale) / 2

    @property
    def height(self):
        return round(HEAD + self.body + ROW * (len(self.lines) + 3))

    def place(self, vertex):
        x, y = self.sight.places[vertex]
        return (
            round((x - self.left) * self.scale + self.shift[0], 1),
            round((y - self.top) * self.scale + self.shift[1], 1),
        )

    def radius(self, vertex):
        """Between the smallest and the largest mark, and never so large that all are one."""
        weight = self.sight.weight(vertex)
        wanted = SMALLEST_MARK + (LARGEST_MARK - SMALLEST_MARK) * weight
        return round(max(2.0, wanted * min(1, self.scale * SPACE / 45)), 1)

    def faint(self, vertex):
        return vertex not in self.sight.hits and vertex != self.sight.ego

    @cached_property
    def marks(self):
        layers = self.sight.network.layers
        return [
            Mark(*self.place(v), self.radius(v), Layer(layers[v]).number, self.faint(v))
            for v in self.drawn
        ]

    @cached_property
    def strokes(self):
        return [self._stroke(ends, ties) for ends, ties in self.sight.pairs.items()]

    def _stroke(self, ends, ties):
        line, strength = line_of(self.sight.network, ties)
        faint = any(map(self.faint, ends))
        return Stroke(tuple(map(self.place, ends)), LINES[line].dash, WIDTHS[strength], faint)

    @cached_property
    def names(self):
        """The names of the largest, as long as none covers another or more than one asset."""
        found = []
        for name in filter(None, map(self._name, self._to_name())):
            free = not any(_overlap(name.box, other.box) for other in found)
            if free and sum(_holds(name.box, mark) for mark in self.marks) <= 1:
                found.append(name)
        return found

    def _to_name(self):
        sight = self.sight
        named = [v for v in self.drawn if v not in sight.nameless and not self.faint(v)]
        return sorted(named, key=lambda v: (v != sight.ego, -sight.values[v], v))[:MOST_NAMES]

    def _name(self, vertex):
        named = self._named.get(self.sight.network.keys[vertex])
        if named is None:
            return None
        x, y = self.place(vertex)
        text = shortened(named.name)
        half = len(text) * LETTER / 2 + 10
        x = min(max(x, half), WIDTH - half)  # so that the edge cuts nothing off
        return Name(x, y + self.radius(vertex) + TEXT, text)

    @cached_property
    def _named(self):
        keys = [self.sight.network.keys[v] for v in self._to_name()]
        return names_of(keys, self.sight.area, self.sight.user)

    @property
    def title(self):
        ego = self.sight.ego
        if ego is None:
            return self.sight.area.name
        name = self._named[self.sight.network.keys[ego]].name
        return _("%(area)s: the circle of %(name)s") % {"area": self.sight.area.name, "name": name}

    @property
    def subtitle(self):
        day = str(self.sight.year or date_format(localdate()))
        return " · ".join([day, *self._counts(), _people(self.sight)])

    def _counts(self):
        assets, ties = len(self.drawn), sum(map(len, self.sight.pairs.values()))
        return (
            ngettext("%(number)s asset", "%(number)s assets", assets)
            % {"number": localize(assets)},
            ngettext("%(number)s tie", "%(number)s ties", ties) % {"number": localize(ties)},
        )

    @cached_property
    def legend_marks(self):
        """A (Mark, x and y of its text, text) for each layer in the picture, in one row."""
        found = {self.sight.network.layers[v] for v in self.drawn}
        layers = [layer for layer in Layer if layer in found]
        y = HEAD + self.body + ROW
        return [
            (Mark(MARGIN + 220 * n, y, 9, layer.number, False), MARGIN + 220 * n + 20, y + 6, text)
            for n, layer in enumerate(layers)
            for text in [capfirst(str(layer.plural))]
        ]

    @cached_property
    def legend_strokes(self):
        """A (Stroke, x and y of its text, text) for each sort of tie in the picture."""
        top = HEAD + self.body + 2 * ROW
        return [
            (
                Stroke(((MARGIN - 9, y), (MARGIN + 60, y)), line.dash, WIDTHS[2], False),
                MARGIN + 75,
                y + 6,
                capfirst(str(line.label)),
            )
            for n, line in enumerate(self.lines)
            for y in [top + n * ROW]
        ]

    @cached_property
    def lines(self):
        """The Lines in the picture."""
        found = {line_of(self.sight.network, ties)[0] for ties in self.sight.pairs.values()}
        return [line for line in LINES.values() if line.code in found]


def _people(sight):
    if sight.people:
        return _("neighbours are shown without a name")
    return _("neighbours are left out")


def _overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(box, mark):
    return box[0] < mark.x < box[2] and box[1] < mark.y < box[3]


def shortened(text, most=32):
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
