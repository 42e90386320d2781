"""Who joins us up: those who stand between others that hardly know each other."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..measures.sentences import out_of
from ..names import unnamed
from .separations import parts_without, separations
from .words import face, joined, linked, listed, named_in, not_named, part_of, sentence, whole

MOST = 9  # connectors that are looked at
HUBS = 3  # of them, those that join none but single assets
SAID = 3  # parts or groups that a sentence names


@dataclass(frozen=True)
class Connector:
    """An asset that others reach each other through, as keys and numbers.

    betweenness, constraint: as in Position. parts: what its part would fall into without it, none
    if it would hold. groups: the clusters that its
    contacts are in, without those whose only tie is to it. strangers: pairs of its
    contacts that are not tied to each other, the best known first.
    """

    key: int
    contacts: int
    betweenness: float
    constraint: float
    parts: tuple
    groups: tuple
    strangers: tuple


@dataclass(frozen=True)
class Row:
    """A connector by name, with the reason in a sentence."""

    named: object
    reason: str
    figures: Connector

    @property
    def ways(self):
        """Of 1,000 shortest ways between two others, those that lead through it."""
        return 1000 * self.figures.betweenness


@dataclass(frozen=True)
class Joining:
    """Connectors by name, and how many are not named."""

    rows: list
    unnamed: str
    none: str


def connectors(network, position, structure, collective):
    """Return up to MOST Connectors, those with the highest betweenness first.

    One is a connector whose contacts are tied to each other no more than those of the middle
    asset: its constraint (Burt) is at most the median of all that have a tie. Those who join none
    but single assets, as an office does its addresses, come last and are few.
    """
    ranked = _ranked(position)
    pieces = separations(network, structure)
    hubs = [v for v in ranked if pieces.get(v, [2])[0] == 1][:HUBS]
    others = [v for v in ranked if pieces.get(v, [2])[0] > 1][: MOST - len(hubs)]
    members = _members(collective.cluster)
    return [
        _connector(network, position, structure, collective, members, v) for v in others + hubs
    ]


def _ranked(position):
    between = position.betweenness
    constraints = [value for value in position.constraint if value is not None]
    limit = median(constraints) if constraints else 0
    found = [v for v, value in enumerate(position.constraint) if value is not None]
    found = [v for v in found if between[v] > 0 and position.constraint[v] <= limit]
    return sorted(found, key=lambda v: (-between[v], v))


def _members(cluster):
    found = {}
    for vertex, number in enumerate(cluster):
        found.setdefault(number, []).append(vertex)
    return found


def _connector(network, position, structure, collective, members, vertex):
    contacts = network.simple.neighbors(vertex)
    is_cut = vertex in structure.cuts
    pieces = parts_without(network, structure, vertex) if is_cut else []
    near = Counter(collective.cluster[other] for other in contacts)
    left_out = {vertex, *(v for piece in pieces if len(piece) == 1 for v in piece)}
    groups = [[v for v in members[one] if v not in left_out] for one, _n in near.most_common()]
    return Connector(
        key=network.keys[vertex],
        contacts=len(contacts),
        betweenness=position.betweenness[vertex],
        constraint=position.constraint[vertex],
        parts=tuple(part_of(network, piece) for piece in pieces),
        groups=tuple(part_of(network, group) for group in groups if len(group) > 1),
        strangers=_strangers(network, contacts),
    )


def _strangers(network, contacts):
    """The pairs among the best known contacts that have no tie, as keys."""
    known = [network.vertex[key] for key in part_of(network, contacts).known]
    apart = [pair for pair in combinations(known, 2) if tuple(sorted(pair)) not in network.between]
    return tuple((network.keys[one], network.keys[other]) for one, other in apart)


def keys_in(figures):
    """All keys that telling these Connectors needs the names of."""
    known = {key for one in figures for part in (*one.parts, *one.groups) for key in part.known}
    strangers = {key for one in figures for pair in one.strangers for key in pair}
    return known | strangers | {one.key for one in figures}


def tell(figures, names):
    """Return the Joining of some Connectors, with the names that may be said."""
    rows = [(names.get(one.key, unnamed(one.key)), one) for one in figures]
    return Joining(
        rows=[Row(named, reason(one, names), one) for named, one in rows if named.is_named],
        unnamed=not_named(sum(not named.is_named for named, _one in rows)),
        none=""
        if figures
        else _("Nobody stands between others: those who are tied are tied directly."),
    )


def reason(connector, names):
    """Say in a sentence or two why somebody is a connector."""
    wholes = [part for part in connector.parts if part.size > 1]
    loose = [part for part in connector.parts if part.size == 1]
    if len(wholes) > 1:
        return _only_way(wholes, names)
    if connector.parts and not wholes:
        return sentence(_("All that joins {ones}."), ones=whole(joined(loose), names))
    said = [_brings_together(connector.groups, names)] if len(connector.groups) > 1 else []
    if named_in(joined(loose).known, names):  # else it would tell of one neighbour who is not
        said.append(_only_tie(joined(loose), names))
    said = said or [_between_strangers(connector, names)]
    return format_html_join(" ", "{}", ([text] for text in said))


def _only_way(parts, names):
    """The only tie there is between several parts; two without a name would read as one."""
    faces = list(dict.fromkeys(face(part, names) for part in parts))
    if len(faces) < 2:
        said = _("Holds {number} groups together that would not reach each other otherwise.")
        return sentence(said, number=len(parts))
    return sentence(_("The only tie between {ones}."), ones=_some_of(faces))


def _only_tie(loose, names):
    """Of single assets that have no other tie."""
    said = ngettext("The only tie that {ones} has.", "The only tie that {ones} have.", loose.size)
    return sentence(said, ones=whole(loose, names))


def _brings_together(groups, names):
    """What it stands between, though they could meet without it."""
    faces = list(dict.fromkeys(face(group, names) for group in groups))
    said = _("Brings {number} groups together: those around {ones}.")
    return sentence(said, number=len(groups), ones=_some_of(faces))


def _between_strangers(connector, names):
    """Which two of its contacts are not tied to each other, if any two of them may be named."""
    for pair in connector.strangers:
        called = named_in(pair, names)
        if len(called) == 2:
            said = _("Is tied to both {one} and {other}, who are not tied to each other.")
            return sentence(said, one=linked(called[0]), other=linked(called[1]))
    return _lies_between(connector.betweenness)


def _lies_between(betweenness):
    number, of = out_of(betweenness)
    said = ngettext(
        "Of {of} shortest ways between two others, {number} leads this way.",
        "Of {of} shortest ways between two others, {number} lead this way.",
        number,
    )
    return sentence(said, number=intcomma(number), of=intcomma(of))


def _some_of(said):
    """The first of some texts, and how many more there are."""
    more = len(said) - SAID
    if more < 1:
        return listed(said)
    return listed([*said[:SAID], ngettext("{n} other", "{n} others", more).format(n=more)])
