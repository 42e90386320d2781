"""The picture as an SVG drawing; attributes alone, no styles, so that any program reads it."""

from xml.etree import ElementTree as ET

from .paper import MARGIN, TEXT, WIDTH, Paper
from .shapes import INK, LINE, PAPER, ROUND, SOFT, colour, corners

FAINT = "0.25"
HALO = {"stroke": PAPER, "stroke_width": "4", "paint_order": "stroke", "stroke_linejoin": "round"}


def as_svg(sight):
    """Return what a Sight shows as the bytes of an SVG file."""
    paper = Paper(sight)
    root = _root(paper)
    _text(root, MARGIN, 52, paper.title, 30, INK, font_weight="bold")
    _text(root, MARGIN, 80, paper.subtitle, TEXT, SOFT)
    strokes = ET.SubElement(root, "g", {"stroke": LINE})
    for stroke in paper.strokes:
        _line(strokes, stroke)
    marks = ET.SubElement(root, "g", {"stroke": PAPER, "stroke-width": "1.5"})
    for mark in paper.marks:
        _mark(marks, mark)
    for name in paper.names:
        _text(root, name.x, name.y, name.text, TEXT, INK, text_anchor="middle", **HALO)
    _legend(root, paper)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _root(paper):
    size = {"width": str(WIDTH), "height": str(paper.height)}
    box = {"viewBox": f"0 0 {WIDTH} {paper.height}", "font-family": "sans-serif"}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", **size, **box})
    ET.SubElement(root, "title").text = clean(paper.title)
    ET.SubElement(root, "rect", {**size, "fill": PAPER})
    return root


def _text(parent, x, y, text, size, fill, **more):
    more = {name.replace("_", "-"): value for name, value in more.items()}
    place = {"x": str(x), "y": str(y), "font-size": str(size), "fill": fill}
    ET.SubElement(parent, "text", place | more).text = clean(text)


def _line(parent, stroke):
    (x1, y1), (x2, y2) = stroke.ends
    values = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke-width": stroke.width}
    line = {name: str(value) for name, value in values.items()}
    if stroke.dash:
        line["stroke-dasharray"] = " ".join(map(str, stroke.dash))
    if stroke.faint:
        line["opacity"] = FAINT
    ET.SubElement(parent, "line", line)


def _mark(parent, mark):
    look = {"fill": colour(mark.number)} | ({"opacity": FAINT} if mark.faint else {})
    if mark.number == ROUND:
        where = {"cx": str(mark.x), "cy": str(mark.y), "r": str(mark.radius)}
        ET.SubElement(parent, "circle", where | look)
        return
    ends = corners(mark.number, mark.x, mark.y, mark.radius)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in ends)
    ET.SubElement(parent, "polygon", {"points": points} | look)


def _legend(root, paper):
    for mark, x, y, text in paper.legend_marks:
        _mark(root, mark)
        _text(root, x, y, text, TEXT, INK)
    strokes = ET.SubElement(root, "g", {"stroke": LINE})
    for stroke, x, y, text in paper.legend_strokes:
        _line(strokes, stroke)
        _text(root, x, y, text, TEXT, INK)


def clean(text):
    """Leave out what no XML may hold, such as control characters."""
    return "".join(c for c in str(text) if c.isprintable() or c in "\t\n")
