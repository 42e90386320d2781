"""What the assets of a network have that others may draw on, as one audience may see it."""

from dataclasses import dataclass

from django.db.models import Count, Max, Sum
from django.db.models.functions import Length

from assetmap.inventory.models import Offering
from associations.models import Figure
from places.models import Place

KRONER = ("kr", "kr.", "dkk", "kroner", "danske kroner")

MOVES = {
    "number": Count("pk"),
    "which": Sum("pk"),
    "whose": Sum("asset"),
    "gifts": Sum("gift"),
    "letters": Sum(Length("text")),
}


@dataclass(frozen=True)
class Resources:
    """Lists with an entry a vertex of a Network.

    gifts: the keys of the gifts that it gives, as a tuple. words: how many it gives in own words.
    rooms: the kind of place that it is, "" if it is none. money: the kroner of its newest figure
    about money, 0 without one.
    """

    gifts: list
    words: list
    rooms: list
    money: list


def load_resources(area, user, network):
    """Return the Resources of a Network of the area, as a user may see them: three queries."""
    gifts, words = [set() for _key in network.keys], [0] * len(network)
    for key, gift in _given(area, user):
        vertex = network.vertex.get(key)
        if vertex is not None and gift:
            gifts[vertex].add(gift)
        elif vertex is not None:
            words[vertex] += 1
    kinds, money = dict(_kinds(area)), dict(_money(area))
    return Resources(
        gifts=[tuple(sorted(keys)) for keys in gifts],
        words=words,
        rooms=[kinds.get(key, "") for key in network.keys],
        money=[money.get(key, 0) for key in network.keys],
    )


def _given(area, user):
    seen = Offering.objects.visible_to(user).filter(asset__area=area, mode__in=Offering.GIVES)
    return seen.order_by().values_list("asset", "gift")


def _kinds(area):
    return Place.objects.filter(area=area).order_by().values_list("pk", "kind")


def _money(area):
    """Yield (association's key, kroner), the newest of an association last."""
    figures = Figure.objects.filter(association__area=area, value__gt=0).order_by("date", "pk")
    for key, unit, value in figures.values_list("association", "unit", "value"):
        if unit.strip().lower() in KRONER:
            yield key, float(value)


def resources_stamp(area):
    """Return a text that changes when a gift, a kind of place or a figure of the area does.

    It stands beside `stamp`: a gift that was approved or moved changes neither ties nor assets.
    """
    offerings = Offering.objects.filter(asset__area=area).order_by()
    figures = Figure.objects.filter(association__area=area).order_by()
    places = Place.objects.filter(area=area).order_by()
    return repr(
        [
            sorted(offerings.values_list("mode", "reveals", "waiting").annotate(**MOVES), key=str),
            figures.aggregate(Count("pk"), Max("pk"), Sum("value"), Sum("association")),
            sorted(places.values_list("kind").annotate(Count("pk"), Sum("pk"))),
        ]
    )
