"""It gives what is looked for."""

from assetmap.inventory.models import Asset, Gift, Offering
from assetmap.network.ideas.facts import ROOM_GIFT, ROOMS
from places.models import Place

from .value import Value

# How much each way of giving it is worth.
TEACH, CAN, PRACTISED, WORD, CLOSE = 1, 0.9, 0.8, 0.6, 0.3
GRADES = {Offering.Mode.TEACH: ("teach", TEACH), Offering.Mode.CAN: ("can", CAN)}
MANY = 1_000  # assets that a word may find


def values(reading):
    """The mean, over all that is looked for, of the best way in which an asset gives it.

    To teach it counts 1, to be able to do it 0.9, an activity in which it is practised 0.8, the
    word in what it tells of itself 0.6, another gift of the same group 0.3, nothing 0.
    facts: ("teach" | "can" | "close", gift), ("practised", gift, activity), ("room",),
    ("word", which of the words).
    """
    asked = reading.asked
    gifts = list(Gift.objects.filter(pk__in=asked.wanted))
    found = {}
    for rows in (_offered(reading, gifts), _practised(reading), _rooms(reading, gifts)):
        _keep_best(found, rows)
    _keep_best(found, _told(reading))
    whole = len(asked.wanted) + len(asked.words)
    return {key: _mean(graded, whole) for key, graded in found.items()}


def _keep_best(found, rows):
    """rows: (asset, what is looked for, grade, fact); of each asset and thing the best stays."""
    for asset, what, grade, fact in rows:
        graded = found.setdefault(asset, {})
        if grade > graded.get(what, (0, None))[0]:
            graded[what] = grade, fact


def _mean(graded, whole):
    best = sorted(graded.values(), key=lambda pair: -pair[0])
    return Value(sum(grade for grade, _fact in best) / whole, tuple(fact for _g, fact in best))


def _offered(reading, gifts):
    """Offerings of the gifts themselves, and of others of their groups."""
    groups = {}
    for gift in gifts:
        groups.setdefault(gift.group_id, []).append(gift.pk)
    rows = reading.offerings.filter(mode__in=Offering.GIVES, gift__group__in=groups).order_by("pk")
    for asset, gift, group, mode in rows.values_list("asset", "gift", "gift__group", "mode"):
        for wanted in groups[group]:
            name, grade = GRADES[mode] if gift == wanted else ("close", CLOSE)
            yield asset, wanted, grade, (name, gift)


def _practised(reading):
    rows = reading.held.filter(gifts__in=reading.asked.wanted).order_by("pk")
    for organiser, gift, pk in rows.values_list("organiser", "gifts", "pk"):
        yield organiser, gift, PRACTISED, ("practised", gift, pk)


def _rooms(reading, gifts):
    """A room gives what is looked for by who looks for a room."""
    wanted = [gift.pk for gift in gifts if gift.code == ROOM_GIFT]
    if wanted:
        rooms = Place.objects.filter(area=reading.area, kind__in=ROOMS)
        for key in rooms.values_list("pk", flat=True):
            yield key, wanted[0], CAN, ("room",)


def _told(reading):
    seen = Asset.objects.visible_to(reading.user).active()
    for number, word in enumerate(reading.asked.words):
        found = seen.search(word, reading.area).order_by("pk")
        for key in found.values_list("pk", flat=True)[:MANY]:
            yield key, word, WORD, ("word", number)
