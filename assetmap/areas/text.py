"""How text is compared and ordered, the same on every database engine."""

import re
import unicodedata

_DANISH = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "đ": "d"}
)
# Digits sort before letters in every collation, so "zz1" stands after z and before nothing else.
_LAST_LETTERS = {"æ": "zz1", "ä": "zz1", "ø": "zz2", "ö": "zz2", "å": "zz3"}


def fold(text):
    """Return text in plain ASCII-like lower case for comparing: "Ågård" becomes "aagaard".

    Accents go, æ, ø and å become ae, oe and aa, so that either spelling finds the other.
    """
    plain = unicodedata.normalize("NFC", text).casefold().translate(_DANISH)
    plain = unicodedata.normalize("NFKD", plain).replace("\0", "")  # PostgreSQL takes no NUL
    return "".join(char for char in plain if not unicodedata.combining(char))


def sort_key(text):
    """Return a key of [0-9a-z] that orders names as Danes do: …, z, æ, ø, å (aa sorts as å).

    Numbers are padded, so that 2 comes before 10. No collation of any engine can disagree
    about the order of such keys.
    """
    plain = unicodedata.normalize("NFC", text).casefold().replace("aa", "å")
    plain = re.sub(r"\d+", lambda number: number[0][:9].zfill(9), plain)
    return "".join(_sort_letter(char) for char in plain)[:200]


def _sort_letter(char):
    if char in _LAST_LETTERS:
        return _LAST_LETTERS[char]
    letters = "".join(c for c in fold(char) if c.isascii() and c.isalnum())
    return letters or "0"
