"""What may be the same thing already, and what lies close by: shown before something is added."""

from dataclasses import dataclass, field

from rapidfuzz import fuzz

from assetmap.areas.text import fold, words_in

from .models import Asset

SAME_NAME = 88  # of 100: a slip of the pen apart
LIKE_NAME = 60  # enough when it is also the same spot
SAME_SPOT = 40  # metres
CLOSE_BY = 80  # metres
CANDIDATES = 300


@dataclass
class Similar:
    """`likely`: assets that may be the same one; `close_by`: others within 80 metres."""

    likely: list = field(default_factory=list)
    close_by: list = field(default_factory=list)


def find_similar(area, user, name, latitude=None, longitude=None):
    """Return what the user may see in the area that is like, or near, what is being added."""
    assets = Asset.objects.visible_to(user).filter(area=area)
    found = Similar()
    placed = latitude is not None and longitude is not None
    near = list(assets.active().near(latitude, longitude, CLOSE_BY)[:CANDIDATES]) if placed else []
    distances = {asset.pk: asset.distance for asset in near}
    named = _sharing_a_word(assets, area, name)
    for asset in {a.pk: a for a in [*named, *near]}.values():
        asset.area = area
        metres = distances.get(asset.pk)
        if is_likely_same(name, asset.name, metres):
            found.likely.append(asset)
        elif metres is not None:
            found.close_by.append(asset)
    found.close_by = sorted(found.close_by, key=lambda asset: asset.distance)[:5]
    found.likely = found.likely[:5]
    return found


def is_likely_same(name, other, metres=None):
    """Whether two names, and the distance between the two if known, look like one thing."""
    score = fuzz.token_sort_ratio(fold(name), fold(other))
    return score >= SAME_NAME or (
        metres is not None and metres <= SAME_SPOT and score >= LIKE_NAME
    )


def _sharing_a_word(assets, area, name):
    words = sorted({word for word in words_in(name) if len(word) > 2}, key=len)[-3:]
    found = [assets.search(word, area).names_first(word)[:CANDIDATES] for word in words]
    return [asset for assets in found for asset in assets]
