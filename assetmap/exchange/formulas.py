"""Cells of CSV that a spreadsheet would calculate: made plain on the way out, and back again."""

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what a spreadsheet would work out


def unharmed(text):
    """Return a text that no spreadsheet takes for a formula: an apostrophe makes it plain."""
    risky = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(FORMULA)
    return f"'{text}" if risky else text


def as_meant(cell):
    """Return what a cell was before `unharmed`."""
    return cell[1:] if cell.startswith("'") and unharmed(cell[1:]) == cell else cell
