"""Across: which layers, and which sectors, are tied to each other; no tie yet is an invitation.

Counted is what whoever looks may see, and could count on the assets' own pages.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmap.inventory.models import Layer
from institutions.models import Institution

SECTORS = Institution.Sector
BETWEEN_SECTORS = {
    ("public", "private"): gettext_lazy(
        "No tie yet between the public and the private sector: who could bring two together?"
    ),
    ("public", "civil"): gettext_lazy(
        "No tie yet between the public sector and civil society: who could bring two together?"
    ),
    ("private", "civil"): gettext_lazy(
        "No tie yet between the private sector and civil society: who could bring two together?"
    ),
    ("public", "public"): gettext_lazy(
        "No tie yet within the public sector: which two could do something together?"
    ),
    ("private", "private"): gettext_lazy(
        "No tie yet within the private sector: which two could do something together?"
    ),
    ("civil", "civil"): gettext_lazy(
        "No tie yet within civil society: which two could do something together?"
    ),
}


@dataclass(frozen=True)
class Counts:
    """assets: {layer or sector: number}. ties: {(one, other): number}, both ways round."""

    assets: dict
    ties: dict


@dataclass(frozen=True)
class Cell:
    """The ties of one kind of asset with another; not possible where there are no two to tie."""

    number: int
    possible: bool
    invitation: str = ""


@dataclass(frozen=True)
class Matrix:
    """A table of ties: `rows` are (heading, [Cell, …]); `invitations` say its empty cells."""

    title: str
    headings: list
    rows: list

    @property
    def invitations(self):
        found = [cell.invitation for _heading, cells in self.rows for cell in cells]
        return list(dict.fromkeys(text for text in found if text))


def counts(network, groups):
    """Return the Counts of a Network by groups: its `layers`, or its `sectors`."""
    ties = Counter()
    for source, target in network.ends:
        one, other = groups[source], groups[target]
        ties[one, other] += 1
        if one != other:
            ties[other, one] += 1
    return Counts(assets=dict(Counter(groups)), ties=dict(ties))


def layer_matrix(figures):
    """Return the Matrix of layer × layer."""
    headings = {layer.value: layer.plural for layer in Layer}
    return _matrix(_("Ties between layers"), figures, headings, between_layers)


def sector_matrix(figures):
    """Return the Matrix of public × private × civil."""
    headings = {sector.value: sector.label for sector in SECTORS}
    return _matrix(_("Ties between sectors"), figures, headings, between_sectors)


def _matrix(title, figures, headings, invite):
    rows = [
        (capfirst(heading), [_cell(figures, one, other, invite) for other in headings])
        for one, heading in headings.items()
    ]
    return Matrix(title, [capfirst(heading) for heading in headings.values()], rows)


def _cell(figures, one, other, invite):
    number = figures.ties.get((one, other), 0)
    needed = 2 if one == other else 1
    possible = min(figures.assets.get(one, 0), figures.assets.get(other, 0)) >= needed
    empty = possible and not number
    return Cell(number, possible, invite(*_in_order(one, other)) if empty else "")


def _in_order(one, other):
    """Two layers or sectors in the order that they are written in."""
    order = [*Layer.values, *SECTORS.values]
    return sorted((one, other), key=order.index)


def between_layers(one, other):
    """Say that two layers are not tied, as an invitation."""
    shown = {"ones": Layer(one).plural, "others": Layer(other).plural}
    if one == other:
        return _("No tie yet among %(ones)s: which two could do something together?") % shown
    return _("No tie yet between %(ones)s and %(others)s: who could bring two together?") % shown


def between_sectors(one, other):
    """Say that two sectors are not tied, as an invitation."""
    return str(BETWEEN_SECTORS[one, other])
