"""Offers against wishes: who wishes for what somebody else gives.

A wish is matched by whoever gives the same gift, or the same own words. Who wishes for a room is
matched by places that are rooms, too.
"""

from dataclasses import dataclass, field

from assetmap.areas.text import fold
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Gift, Layer, Offering
from assetmap.network.ideas.facts import ROOM_GIFT, ROOMS

TEACH, LEARN = Offering.Mode.TEACH, Offering.Mode.LEARN
COLUMNS = ("asset", "gift", "text", "mode", "gift__code", "gift__group")


@dataclass
class Match:
    """One thing that is wished for or offered. Assets are keys, in the order of being written.

    what: the key of a gift, or folded own words; group: the gift's group, None for own words.
    """

    what: object
    text: str = ""
    group: int | None = None
    wishes: list = field(default_factory=list)
    gives: list = field(default_factory=list)
    learners: int = 0  # of those who wish, how many want to learn it
    teachers: int = 0  # of those who give, how many can teach it

    @property
    def is_open(self):
        """Whether somebody gives it to somebody else who wishes for it."""
        both = set(self.wishes) | set(self.gives)
        return bool(self.wishes and self.gives) and len(both) > 1


def matches_in(area, user):
    """Return the Matches of an area, of what a user may see; the most wished for first.

    Neither what would reveal something about a person nor what waits for a coordinator is in it.
    """
    found = {}
    for asset, gift, text, mode, _code, group in _offerings(area, user):
        what = gift or fold(text).strip()
        match = found.setdefault(what, Match(what, text, group))
        _add(match, asset, mode)
    _add_rooms(found, area, user)
    return sorted(found.values(), key=lambda m: (-len(m.wishes), -len(m.gives), str(m.what)))


def _offerings(area, user):
    plain = Offering.objects.visible_to(user).plain()
    rows = plain.filter(asset__area=area, asset__status=Status.ACTIVE).order_by("pk")
    return rows.values_list(*COLUMNS)


def _add(match, asset, mode):
    side = match.gives if mode in Offering.GIVES else match.wishes
    if asset not in side:
        side.append(asset)
    match.learners += mode == LEARN
    match.teachers += mode == TEACH


def _add_rooms(found, area, user):
    """Let places that are rooms give what those look for who wish for a room."""
    room = Gift.objects.filter(code=ROOM_GIFT).first()
    match = found.get(room and room.pk)
    if match and match.wishes:
        rooms = Asset.objects.visible_to(user).active().filter(area=area, layer=Layer.PLACE)
        keys = rooms.filter(place__kind__in=ROOMS).order_by("pk").values_list("pk", flat=True)
        match.gives += [key for key in keys if key not in match.gives]
