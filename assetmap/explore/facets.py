"""What stands beside the list: the facets with their counts, and the filters that are on."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmap.inventory.models import Asset, Layer, SpokenLanguage

from .filters import MODES
from .happening import AUDIENCES, DAYS, TIMES_OF_DAY

TITLES = {
    "layer": gettext_lazy("Layers"),
    "mode": gettext_lazy("Gives or wishes"),
    "gift": gettext_lazy("Gifts"),
    "sector": gettext_lazy("Sector"),
    "stage": gettext_lazy("How far a group is"),
    "language": gettext_lazy("Languages"),
}


@dataclass
class Option:
    """One value of a facet, with the number of hits it has under all the other filters.

    The number is None where there are too many assets to count them while somebody waits.
    """

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass
class Facet:
    name: str
    options: list

    @property
    def title(self):
        return TITLES[self.name]

    @property
    def chosen(self):
        return sum(option.chosen for option in self.options)


def facets(assets):
    """Return the facets of an AssetFilter as {name: Facet}, values without hits left out."""
    return {name: _facet(assets, name) for name in assets.facets}


def _facet(assets, name):
    counts = _counts(assets.without(name), name)
    chosen = assets.chosen.get(name, [])
    labels = assets.filters[name].field.choices
    options = [
        Option(value, Layer(value).plural if name == "layer" else label, n, value in chosen)
        for value, label in labels
        for n in [counts.get(value, 0) if counts is not None else None]
        if n != 0 or value in chosen or name == "layer"
    ]
    return Facet(name, options)


def _counts(others, name):
    """Return {value: hits}, or None if counting them would take too long."""
    if name == "layer" and not others.narrows:
        return _count_layers(others)
    if not others.area and (others.total.more or not others.narrows):
        return None
    return _COUNTS[name](others) if name in _COUNTS else _count_column(others, name)


def _count_column(others, name):
    column = others.filters[name].field_name
    layer, _, own = column.partition("__")  # the layer whose own column it is, if it is one's
    hits = others.qs.filter(layer=layer) if own else others.qs
    return dict(hits.order_by().values_list(column).annotate(n=Count("pk")))


def _count_layers(others):
    """Count everything by layer: from the tallies, and what only its owner sees."""
    counts = Counter(dict(others.tallies.values_list("layer").annotate(n=Sum("number"))))
    counts.update(others.own_only.values_list("layer", flat=True))
    return counts


def _count_gifts(others):
    """Count the assets by gift; an asset may have a gift in several ways."""
    rows = others.offerings().values_list("gift").annotate(n=Count("asset", distinct=True))
    codes = {gift.pk: gift.code for gift in others.gifts}
    return {codes.get(gift): n for gift, n in rows}


def _count_modes(others):
    """Count by way of giving; a gift that is chosen must be the one given."""
    rows = others.of_gifts(others.offerings())
    return rows.aggregate(
        **{
            name: Count("asset", distinct=True, filter=Q(mode__in=modes))
            for name, modes in MODES.items()
        }
    )


def _count_languages(others):
    return dict(
        SpokenLanguage.objects.filter(asset__in=others.qs.order_by().values("pk"))
        .order_by()
        .values_list("code")
        .annotate(n=Count("asset"))
    )


_COUNTS = {"gift": _count_gifts, "mode": _count_modes, "language": _count_languages}


@dataclass
class Chip:
    """A filter that is on: what it says, and the query that is left without it."""

    label: str
    query: str


def chips(assets):
    """Return a Chip for every filter that is on."""
    found = []
    for name, value in assets.chosen.items():
        if name in assets.facets:
            labels = dict(assets.filters[name].field.choices)
            found += [Chip(_label(name, v, labels), _query(assets, name, v)) for v in value]
        elif name in _SAY:
            found.append(Chip(_SAY[name](assets, value), _query(assets, name)))
    return found


def _label(name, value, labels):
    return str(Layer(value).plural if name == "layer" else labels[value])


def _say_near(assets, value):
    metres = localize(int(assets.metres))
    return _("at most %(metres)s m from %(name)s") % {"metres": metres, "name": value[2]}


def _say_tied(assets, value):
    seen = Asset.objects.visible_to(assets.user).filter(**assets.scope)
    asset = seen.filter(uid=value).first()
    return _("tied to %s") % (asset or "?")


_SAY = {
    "q": lambda assets, value: _("“%s”") % value,
    "near": _say_near,
    "linked_to": _say_tied,
    "bbox": lambda assets, value: _("inside the map section"),
    "day": lambda assets, value: _("something happens on %s") % dict(DAYS)[value],
    "time": lambda assets, value: _("something happens %s") % dict(TIMES_OF_DAY)[value],
    "audience": lambda assets, value: _("something for %s") % dict(AUDIENCES)[value],
    "age": lambda assets, value: _("something for people of %s years") % value,
}


def _query(assets, name, value=None):
    """Return the query string without a parameter, or without one of its values."""
    data = assets.data.copy()
    left = [kept for kept in data.pop(name, []) if value is not None and kept != value]
    data.setlist(name, left)
    for gone in ("page", "within") if name == "near" else ("page",):
        data.pop(gone, None)
    return data.urlencode()
