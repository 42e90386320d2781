"""Unsung heroes: residents whom many lean on, without a post that says so."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmap.inventory.models import Layer

from ..models import Recognition
from ..names import unnamed
from .words import not_named, sentence

MOST = 30  # heroes that are looked at
SHOWN = 12
ENOUGH = 3  # ties and recognitions together
POSTS = {"runs", "works_at"}  # chairs and staff


@dataclass(frozen=True)
class Hero:
    """A resident by key: assets that she is tied to, and neighbours who said they go to her."""

    key: int
    contacts: int
    recognitions: int


@dataclass(frozen=True)
class Row:
    """A hero by name, with the reasons in sentences."""

    named: object
    reasons: list
    figures: Hero


@dataclass(frozen=True)
class Heroes:
    """Heroes by name, and how many are not named."""

    rows: list
    unnamed: str
    none: str


def without_a_post(network):
    """Return {key: number of assets that she is tied to} of residents without a formal post.

    A post is to run something, or to work at it.
    """
    ends = zip(network.ends, network.kinds, strict=True)
    posted = {source for (source, _target), kind in ends if kind in POSTS}
    numbers = network.simple.degree()
    free = [v for v, layer in enumerate(network.layers) if layer == Layer.RESIDENT]
    return {network.keys[v]: numbers[v] for v in free if v not in posted}


def recognitions_in(area):
    """Return {resident's key: recognitions that she has accepted}, read anew each time."""
    standing = Recognition.objects.standing().filter(area=area).order_by()
    return Counter(dict(standing.values_list("resident").annotate(n=Count("pk"))))


def heroes(contacts, recognitions):
    """Return up to MOST Heroes, those first on whom most ties and recognitions lean."""
    found = [Hero(key, number, recognitions[key]) for key, number in contacts.items()]
    many = [hero for hero in found if _leaning(hero) >= ENOUGH]
    return sorted(many, key=lambda hero: (-_leaning(hero), hero.key))[:MOST]


def _leaning(hero):
    return hero.contacts + hero.recognitions


def tell(figures, names):
    """Return the Heroes by name."""
    rows = [(names.get(one.key, unnamed(one.key)), one) for one in figures]
    named = [Row(name, reasons(one), one) for name, one in rows if name.is_named]
    none = _("Nobody stands out yet. Neighbours can say whom they go to, and why.")
    return Heroes(
        rows=named[:SHOWN],
        unnamed=not_named(len(rows) - len(named)),
        none="" if rows else none,
    )


def reasons(hero):
    """Say in sentences what leans on her."""
    ties = ngettext("Tied to {n} other.", "Tied to {n} others.", hero.contacts)
    said = ngettext(
        "{n} neighbour has said: that is whom I go to.",
        "{n} neighbours have said: that is whom I go to.",
        hero.recognitions,
    )
    found = [(ties, hero.contacts), (said, hero.recognitions)]
    return [sentence(text, n=number) for text, number in found if number]
