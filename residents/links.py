"""Private links: the code stands behind #, so that no server, proxy or log ever sees it."""

import segno
from django.urls import reverse
from django.utils.safestring import mark_safe


def code_link(request, area, name, code):
    """Return the whole address of a page that reads the code itself, with the code behind it."""
    return f"{request.build_absolute_uri(reverse(name, args=[area.slug]))}#{code}"


def qr(address):
    """Return a QR code as SVG markup; it inherits the colour of the text around it."""
    code = segno.make(address, micro=False)
    return mark_safe(  # noqa: S308 - drawn by segno, and holds no text of anybody's
        code.svg_inline(scale=4, border=2, omitsize=True, svgclass="qr", lineclass=None)
    )
