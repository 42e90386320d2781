"""Descriptions of map files as plain text: HTML of Google My Maps, the signs of uMap."""

import re
from html import unescape

LINK = re.compile(r'https?://[^\s<>"\'|\]]+')
ENDS = re.compile(r"<br\s{0,9}/?>|</(?:p|div|li|tr|h[1-6])>", re.IGNORECASE)
HIDDEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
UMAP_LINK = re.compile(r"\[\[\s*(https?://[^\s|\[\]]+)\s*(?:\|([^\[\]]*))?\]\]")
UMAP_EMBEDDED = re.compile(r"\{\{\{?[^{}]*\}\}\}?")
NEAR = 80  # letters; a text of nothing but links must not take the square of its length
UMAP_SIGNS = re.compile(r"\*\*|^#{1,3} |^-{3,}$", re.MULTILINE)


def from_html(html):
    """Return (plain text, first link or "") of a description in HTML."""
    link = unescape(_first(html))
    text = TAG.sub("", ENDS.sub("\n", HIDDEN.sub("", html)))
    return _lines(unescape(text), link), link


def from_umap(text):
    """Return (plain text, first link or "") of a description in uMap's own signs."""
    link = _first(text)
    text = UMAP_LINK.sub(lambda found: _beside(found, link), UMAP_EMBEDDED.sub("", text))
    return _lines(UMAP_SIGNS.sub("", text), link), link


def _first(text):
    link = LINK.search(text)
    return link[0].rstrip(".,;:)") if link else ""


def _beside(found, link):
    """What stays of a link in the text: of the first only its words, and only inside a line."""
    words = (found[2] or "").strip()
    if found[1] != link:
        return f"{words} ({found[1]})" if words else found[1]
    start, end = found.span()
    before = found.string[max(0, start - NEAR) : start].rpartition("\n")[2].strip()
    after = found.string[end : end + NEAR].partition("\n")[0].strip()
    return words if before or after else ""


def _lines(text, link):
    """The text without edges, empty lines and lines that hold nothing but the link."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line and line != link)
