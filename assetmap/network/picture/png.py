"""The picture as a PNG image."""

import io
import unicodedata
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from .paper import MARGIN, TEXT, WIDTH, Paper
from .shapes import INK, LINE, PAPER, ROUND, SOFT, colour, corners

FINE = 2  # drawn so many times as large, then made smaller, so that edges are smooth
FAINT = 0.25
FONTS = "DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf"  # what machines mostly have
# Pillow's own letters, for a machine without fonts, are those of English.
SPELT = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "…": "..."}
)


def as_png(sight):
    """Return what a Sight shows as the bytes of a PNG file."""
    paper = Paper(sight)
    image = Image.new("RGB", (WIDTH * FINE, paper.height * FINE), PAPER)
    pen = Pen(ImageDraw.Draw(image))
    pen.text(MARGIN, 52, paper.title, 30, INK)
    pen.text(MARGIN, 80, paper.subtitle, TEXT, SOFT)
    for stroke in paper.strokes:
        pen.line(stroke)
    for mark in paper.marks:
        pen.mark(mark)
    for name in paper.names:
        pen.text(name.x, name.y, name.text, TEXT, INK, anchor="ms", halo=2)
    pen.legend(paper)
    file = io.BytesIO()
    image.resize((WIDTH, paper.height), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


class Pen:
    """Draws on an image that is FINE times as large as the paper."""

    def __init__(self, draw):
        self.draw = draw

    def text(self, x, y, text, size, fill, anchor="ls", halo=0):
        font, text = font_for(size * FINE, text)
        place, edge = (x * FINE, y * FINE), {"stroke_width": halo * FINE, "stroke_fill": PAPER}
        self.draw.text(place, text, fill, font, anchor, **edge)

    def line(self, stroke):
        fill = faded(LINE) if stroke.faint else LINE
        for ends in dashes(*stroke.ends, stroke.dash):
            points = [(x * FINE, y * FINE) for x, y in ends]
            self.draw.line(points, fill, round(stroke.width * FINE))

    def mark(self, mark):
        fill = faded(colour(mark.number)) if mark.faint else colour(mark.number)
        x, y, radius = mark.x * FINE, mark.y * FINE, mark.radius * FINE
        if mark.number == ROUND:
            self.draw.circle((x, y), radius, fill, PAPER, FINE)
        else:
            self.draw.polygon(corners(mark.number, x, y, radius), fill, PAPER, FINE)

    def legend(self, paper):
        for mark, x, y, text in paper.legend_marks:
            self.mark(mark)
            self.text(x, y, text, TEXT, INK)
        for stroke, x, y, text in paper.legend_strokes:
            self.line(stroke)
            self.text(x, y, text, TEXT, INK)


def dashes(start, end, dash):
    """Yield the ends of each stroke of a line that is dashed as in SVG's stroke-dasharray."""
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    if not dash or not length:
        yield start, end
        return
    at = 0.0
    while at < length:
        yield _along(start, end, at / length), _along(start, end, min(1, (at + dash[0]) / length))
        at += sum(dash)


def _along(start, end, share):
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def faded(colour):
    """A colour as it looks when most of the paper shines through."""
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return tuple(round(255 + (part - 255) * FAINT) for part in parts)


def font_for(size, text):
    """Return a font and the text as that font can write it."""
    font = _font(size)
    if isinstance(font, ImageFont.FreeTypeFont) and font.getname()[0] != "Aileron":
        return font, text
    plain = unicodedata.normalize("NFKD", text.translate(SPELT))
    return font, plain.encode("ascii", "ignore").decode()


@cache
def _font(size):
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
