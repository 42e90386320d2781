"""The ties inside one made area: three from every asset, where there are enough other ends."""

from assetmap.inventory.audience import Visibility
from assetmap.inventory.kinds import SYMMETRIC_KINDS

from .draw import shares

TIES_AN_ASSET = 3
TRIES = 20  # a small area runs out of other ends
# What an asset of a layer is tied to, and how: "kind layer".
ENDS = {
    "resident": {
        "knows resident": 4,
        "member_of association": 5,
        "helps association": 3,
        "uses place": 4,
        "runs association": 1,
        "works_at institution": 1,
    },
    "association": {
        "works_with association": 3,
        "meets_at place": 4,
        "uses place": 2,
        "works_with institution": 2,
        "supports association": 1,
        "grew_into association": 1,
    },
    "institution": {
        "runs place": 3,
        "supports association": 3,
        "works_with institution": 2,
        "has_department institution": 1,
        "has_site place": 1,
    },
    "place": {
        "part_of place": 3,
        "works_with association": 2,
        "supports association": 1,
        "supports resident": 1,
    },
}
DRAWN = {layer: [end.split() for end in shares(**ends)] for layer, ends in ENDS.items()}


def made_ties(draw, assets):
    """Yield (source id, target id, kind, visibility) for (id, layer, reveals) of an area's assets.

    None stands twice, and one that means the same both ways has its ends in order.
    """
    by_layer = {layer: [asset for asset in assets if asset[1] == layer] for layer in ENDS}
    seen = set()
    for asset in assets:
        made = 0
        for _ in range(TRIES):
            tie = _drawn(draw, asset, by_layer)
            if tie is not None and tie[:3] not in seen:
                seen.add(tie[:3])
                made += 1
                yield tie
            if made == TIES_AN_ASSET:
                break


def _drawn(draw, source, by_layer):
    kind, layer = draw.pick(DRAWN[source[1]])
    target = draw.pick(by_layer[layer]) if by_layer[layer] else source
    if target is source:
        return None
    if kind in SYMMETRIC_KINDS and source[0] > target[0]:
        source, target = target, source
    return source[0], target[0], kind, _visibility(source, target)


def _visibility(source, target):
    """As Link.usual_visibility says."""
    about_a_person = "resident" in (source[1], target[1])
    revealing = about_a_person and (source[2] or target[2])
    return Visibility.PRIVATE.value if revealing else Visibility.PUBLIC.value
