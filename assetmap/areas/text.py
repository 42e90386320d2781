"""How text is compared and ordered, the same on every database engine."""

import re
import unicodedata
from functools import lru_cache

_DANISH = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "đ": "d"}
)
# Digits sort before letters in every collation, so "zz1" stands after z and before nothing else.
_LAST_LETTERS = {"æ": "zz1", "ä": "zz1", "ø": "zz2", "ö": "zz2", "å": "zz3"}
# All but blanks, punctuation and the private letters of Unicode, which the search index uses.
_WORD = re.compile(r"[^\s\0-/:-@\[-`{-¿\u2000-\u206f\ue000-\uf8ff\U000f0000-\U0010ffff]+")


def fold(text):
    """Return text in plain ASCII-like lower case for comparing: "Ågård" becomes "aagaard".

    Accents go, æ, ø and å become ae, oe and aa, so that either spelling finds the other.
    NUL goes too, as PostgreSQL does not take it.
    """
    plain = unicodedata.normalize("NFC", text).casefold().translate(_DANISH)
    if plain.isascii():  # as most are by now: what follows would change nothing
        return plain.replace("\0", "")
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(char for char in plain if not unicodedata.combining(char) and char != "\0")
    return plain.casefold().translate(_DANISH)  # again: "ǿ" was an ø with an accent, "™" is "TM"


def words_in(text):
    """Return the words of a text, folded: "Ågård (kor)" has "aagaard" and "kor"."""
    return _WORD.findall(fold(text))


def searchable(texts):
    """Return the words of some texts as the search index keeps them: each after one space.

    So " ko" finds what begins with "ko", and "or" what has it anywhere.
    """
    return " ".join(["", *(word for text in texts for word in words_in(text))])


def sort_key(text):
    """Return a key of [0-9a-z] that orders names as Danes do: …, z, æ, ø, å (aa sorts as å).

    Numbers are padded, so that 2 comes before 10. No collation of any engine can disagree
    about the order of such keys.
    """
    plain = unicodedata.normalize("NFC", text).casefold().replace("aa", "å")
    plain = re.sub(r"\d+", lambda number: number[0][:9].zfill(9), plain)
    return "".join(_sort_letter(char) for char in plain)[:200]


@lru_cache(4096)
def _sort_letter(char):
    if char in _LAST_LETTERS:
        return _LAST_LETTERS[char]
    letters = "".join(c for c in fold(char) if c.isascii() and c.isalnum())
    return letters or "0"
