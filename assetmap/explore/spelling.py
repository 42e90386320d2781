"""What somebody may have meant whose word is nowhere: the word nearest to it, if there is one.

One slip of the pen leaves the first or the second half of a word as it was. So the assets that
hold either half are found by the index, and the words in what one may read of them are compared.
Nothing is kept for it, and nothing is suggested that the same person could not find.
"""

from rapidfuzz import fuzz, process

from assetmap.areas.text import fold, words_in
from assetmap.inventory.models import Gift

SHORTEST = 4  # letters; shorter words have too many neighbours
LIKENESS = 75  # of 100
MOST_WORDS = 8  # each takes some queries, and who typed more did not slip
LOOKED_AT = 200  # assets


def nearest(assets, text, area=None):
    """Return the text with its unknown words put right, or "" if that is not possible.

    assets: those that the user may see, in the area if there is one.
    """
    words = list(dict.fromkeys(words_in(text)))
    if len(words) > MOST_WORDS:
        return ""
    known = {word for word in words if assets.search(word, area).exists()}
    meant = [word if word in known else _nearest_word(assets, word, area) for word in words]
    if not words or not all(meant) or known.issuperset(words):
        return ""
    guess = " ".join(meant)
    return guess if assets.search(guess, area).exists() else ""


def _nearest_word(assets, word, area):
    if len(word) < SHORTEST:
        return ""
    candidates = _gift_words() | _words_beside(assets, word, area)
    found = process.extractOne(word, list(candidates), scorer=fuzz.ratio, score_cutoff=LIKENESS)
    return candidates[found[0]] if found else ""


def _gift_words():
    """The words of all gifts as {folded: as written}."""
    return _as_written(word for gift in Gift.objects.all() for word in gift.words())


def _words_beside(assets, word, area):
    middle = len(word) // 2
    halves = {half for half in (word[:middle], word[middle:], word[:3]) if len(half) > 2}
    read = {}
    for half in halves:
        found = assets.search(half, area)[:LOOKED_AT]
        read |= _as_written(text for row in found.values_list("name", "summary") for text in row)
    return read


def _as_written(texts):
    pieces = (piece.strip(".,:;!?()[]«»”“\"'") for text in texts for piece in text.split())
    return {fold(piece): piece.lower() for piece in pieces if len(piece) >= SHORTEST}
