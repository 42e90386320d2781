"""The layers' shapes and colours where no style sheet reaches: in files.

Both are those of the pages: templates/_shapes.html and the tokens in static/css/site.css.
"""

COLOURS = ("#c2491d", "#7b3a93", "#1f62ad", "#2c7a43", "#8a6100", "#a02a63")
INK, SOFT, LINE, PAPER = "#1f2421", "#565e59", "#8b867c", "#ffffff"
ROUND = 1  # the number of the layer whose shape is a circle
BOX = 12  # half of the box that the shapes are drawn in
# Corners from the middle of the box; the circle has none.
CORNERS = {
    2: [(0, -9.5), (9.5, 0), (0, 9.5), (-9.5, 0)],
    3: [(-8, -8), (8, -8), (8, 8), (-8, 8)],
    4: [(0, -8.5), (9.5, 8.5), (-9.5, 8.5)],
    5: [(0, -9.5), (9.5, -2.4), (5.9, 8.5), (-5.9, 8.5), (-9.5, -2.4)],
    6: [
        *((-3, -9), (3, -9), (3, -3), (9, -3), (9, 3), (3, 3)),
        *((3, 9), (-3, 9), (-3, 3), (-9, 3), (-9, -3), (-3, -3)),
    ],
}
CIRCLE_PART = 8  # the circle's radius in that box


def colour(number):
    return COLOURS[number - 1]


def corners(number, x, y, radius):
    """Return the corners of a layer's shape around a point; none for the circle."""
    scale = radius / CIRCLE_PART
    return [(x + dx * scale, y + dy * scale) for dx, dy in CORNERS.get(number, [])]
