from django import template

from assetmap.areas.dates import decimal_year

register = template.Library()

WIDTH, HEIGHT, MARGIN = 560, 170, 46


@register.inclusion_tag("associations/_curve.html")
def curve(figures):
    """A line through the figures of one measure; those without a date stand evenly apart.

    The table beside it holds the same, so the drawing itself is hidden from screen readers.
    """
    return {
        "points": _points(figures) if len(figures) > 1 else [],
        "width": WIDTH,
        "height": HEIGHT,
        "ground": HEIGHT - MARGIN / 2,
    }


def _points(figures):
    dated = all(figure.date for figure in figures)
    steps = [decimal_year(f.date) if dated else i for i, f in enumerate(figures)]
    most = max(float(figure.value) for figure in figures) or 1.0
    span = (steps[-1] - steps[0]) or 1
    return [
        {
            "x": round(MARGIN * 1.5 + (step - steps[0]) / span * (WIDTH - 3 * MARGIN), 1),
            "y": round(HEIGHT - MARGIN - float(f.value) / most * (HEIGHT - 2 * MARGIN), 1),
            "figure": f,
        }
        for step, f in zip(steps, figures, strict=True)
    ]
