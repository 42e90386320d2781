"""Bringing a file in as a test wants it, step by step or at once."""

from pathlib import Path

from django.core.files.base import ContentFile

from assetmap.exchange.importing import runs

FILES = Path(__file__).parents[1] / "files"


def begin(area, user, content, filename="liste.csv", **told):
    """Take in a file given as a text, as bytes, or as the name of one in tests/exchange/files."""
    if isinstance(content, str) and "\n" not in content:
        filename, content = content, next(FILES.rglob(content)).read_bytes()
    content = content.encode() if isinstance(content, str) else content
    return runs.begin(area, user, ContentFile(content), filename, **told)


def check(area, user, content, filename="liste.csv", *, columns=None, layer=None, **told):
    """Read a file as far as it can be looked through; the first sheet's columns as told."""
    run = begin(area, user, content, filename, **told)
    first = run.mapping["sheets"][0]
    first["columns"] |= columns or {}
    first["layer"] = layer or first["layer"]
    runs.match(run, run.mapping)
    run.refresh_from_db()
    return run


def bring_in(area, user, content, filename="liste.csv", **options):
    """Bring a file in to the end."""
    run = check(area, user, content, filename, **options)
    runs.write(run)
    run.refresh_from_db()
    return run


def outcomes(run):
    """The numbers of rows by outcome, as (new, changed, unchanged, refused)."""
    return tuple(run.counts[name] for name in ("new", "changed", "unchanged", "refused"))


def said(run):
    """The codes of what is said about each row, by its number."""
    return {row.number: [code for code, _about in row.problems] for row in run.rows.all()}
