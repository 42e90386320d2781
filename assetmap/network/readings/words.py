"""How a reading says whom it means: by name where it may, and by number where not."""

from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmap.inventory.models import Layer

from ..names import number_of_residents, unnamed

KNOWN = 6  # of a part, whom it may be called after


@dataclass(frozen=True)
class Part:
    """Assets that hang together: how many, and the keys of the best known among them.

    Groups and places come before residents, who may not be named, and many ties before few.
    """

    size: int
    known: tuple


def part_of(network, vertices):
    """Return some vertices of a Network as a Part."""
    ties, layers = network.ties_of, network.layers

    def rank(vertex):
        return layers[vertex] == Layer.RESIDENT, -len(ties[vertex]), vertex

    known = nsmallest(KNOWN, vertices, key=rank)
    return Part(len(vertices), tuple(network.keys[vertex] for vertex in known))


def joined(parts):
    """Return several Parts as one, that of the first foremost."""
    known = [key for part in parts for key in part.known]
    return Part(sum(part.size for part in parts), tuple(known[:KNOWN]))


def named_in(keys, names):
    """Return the Named of those of some keys who may be named, in their order."""
    found = [names.get(key, unnamed(key)) for key in keys]
    return [named for named in found if named.is_named]


def linked(named):
    """An asset's name as a link to its page; a neighbour who is not named is only called so."""
    if not named.is_named:
        return named.name
    return format_html('<a href="{}"><bdi>{}</bdi></a>', named.url, named.name)


def listed(said):
    """Put texts one after the other: “a”, “a and b”, “a, b and c”."""
    if len(said) < 2:
        return said[0] if said else ""
    first = format_html_join(", ", "{}", ([text] for text in said[:-1]))
    return format_html(_("{first} and {last}"), first=first, last=said[-1])


def whole(part, names, shown=2):
    """Say which assets a Part is: the best known by name, the others by number."""
    called = named_in(part.known, names)[:shown]
    if not called:
        return _some(part)
    return named_and_others(called, part.size)


def named_and_others(called, number):
    """Say some Named and how many more they are in all.

    Where two have one name, as an institution and its address may, each is said with its layer;
    what has both alike counts with the others.
    """
    called = list({(one.name, one.layer): one for one in called}.values())
    often = Counter(named.name for named in called)
    said = [_with_layer(one) if often[one.name] > 1 else linked(one) for one in called]
    others = number - len(said)
    if others:
        said.append(ngettext("{n} other", "{n} others", others).format(n=intcomma(others)))
    return listed(said)


def _with_layer(named):
    return format_html("{} ({})", linked(named), Layer(named.layer).label)


def face(part, names):
    """Say a Part by its best known alone."""
    called = named_in(part.known, names)
    return linked(called[0]) if called else _some(part)


def _some(part):
    return _("some neighbours") if part.size > 1 else _("a neighbour")


def not_named(number):
    """Say how many neighbours are left out by name; "" for none."""
    if not number:
        return ""
    shown = {"number": number_of_residents(number)}
    return _("There are also %(number)s neighbours who are not named.") % shown


def sentence(text, **parts):
    """Fill the {places} of a translated text; what is filled in is escaped unless it is HTML."""
    return format_html(str(text), **parts)
