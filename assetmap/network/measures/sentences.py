"""The three measures in plain words: each function returns one whole sentence.

A share is said as so many of 100, or of 1,000 and more where it is small. Names, where a sentence
takes one, come from whoever may read them.
"""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .position import SAMPLE, centralization, first_between, share_between

FEW = 5  # assets of which the area's sentence on position says what falls to them
SMALLEST = 1_000_000


def out_of(share):
    """Return (number, of) that say a share (0 to 1) in whole numbers: (31, 100), (4, 1000).

    Only nothing is said as 0, and only all of it as 100 of 100.
    """
    of = 100
    while 0 < share * of < 1 and of < SMALLEST:
        of *= 10
    number = round(share * of)
    if 0 < share < 1:
        number = min(max(number, 1), of - 1)
    return number, of


def _counted(share):
    number, of = out_of(share)
    return {"number": intcomma(number), "of": intcomma(of)}, number


# Position -----------------------------------------------------------------------------------


def position_of_one(position, vertex):
    """How many of the shortest ways between two others lead through an asset (Freeman 1977).

    Betweenness, a share of all pairs of others; see `position`.
    """
    share = position.betweenness[vertex]
    if not share:
        return _("No shortest way between two others leads through it.")
    words, number = _counted(share)
    if position.exact:
        text = ngettext(
            "Of %(of)s shortest ways between two others, %(number)s leads through it.",
            "Of %(of)s shortest ways between two others, %(number)s lead through it.",
            number,
        )
    else:
        text = ngettext(
            "Of %(of)s shortest ways between two others, about %(number)s leads through it.",
            "Of %(of)s shortest ways between two others, about %(number)s lead through it.",
            number,
        )
    return text % words


def openness_of_one(position, vertex, contacts):
    """Whether an asset's contacts are tied to each other, from Burt's constraint (1992).

    contacts: how many it has. Constraint is 1 / contacts where none of them is tied to another,
    and about four times as much where all are: the sentence goes by constraint times contacts.
    """
    constraint = position.constraint[vertex]
    if constraint is None:
        return _("It has no tie yet.")
    if contacts == 1:
        return _("All its ways into the area lead through one other.")
    closed = constraint * contacts
    if closed < 1.3:
        return _("Those it is tied to are hardly tied to each other: it brings them together.")
    if closed < 2.2:
        return _("Some of those it is tied to are tied to each other too.")
    return _("Those it is tied to are mostly tied to each other: they would meet without it too.")


def position_of_group(share, part):
    """How much of all standing between others falls to a group, and how large the group is.

    share: its `share_between`, None where nobody stands between others. part: its assets by all.
    """
    if share is None:
        return _("Nobody stands between others yet.")
    return _(
        "Of the stops on the shortest ways between others, %(share)s %% are in this group, "
        "which is %(part)s %% of the assets."
    ) % {"share": _percent(share), "part": _percent(part)}


def position_of_area(position):
    """How much of all standing between others falls to the few who do it most.

    `share_between` of the first FEW.
    """
    few = first_between(position, FEW)
    if not few:
        return _("Nobody stands between others yet.")
    share = share_between(position, few)
    return ngettext(
        "Of the stops on the shortest ways between others, %(share)s %% are %(number)s asset.",
        "Of the stops on the shortest ways between others, %(share)s %% are the same "
        "%(number)s assets.",
        len(few),
    ) % {"number": len(few), "share": _percent(share)}


def centralization_of_area(position):
    """How near the area is to a star around one asset (Freeman 1979); see `centralization`."""
    return _(
        "If everything went through one single asset, this figure would be 100; it is %(number)s."
    ) % {"number": _percent(centralization(position))}


def error_of(position):
    """How exact an estimate is; "" where betweenness is exact.

    The greatest of all assets' errors, half the width of a 95 % interval each.
    """
    if position.exact:
        return ""
    words, _number = _counted(max(position.error, default=0.0))
    return _(
        "The area is large, so this is estimated from the ways that begin at %(sample)s of its "
        "%(assets)s assets. For 95 assets of 100 it is off by at most %(number)s of %(of)s ways."
    ) % (words | {"sample": SAMPLE, "assets": intcomma(len(position.betweenness))})


# Reach --------------------------------------------------------------------------------------


def reach_of_one(found, vertex):
    """What an asset reaches within two ties (Bourdieu 1986); found: a Reach."""
    things = things_in_words(found.gifts[vertex], found.rooms[vertex], found.money[vertex])
    if not things:
        return _("Within two ties it reaches no gift, room or money that is written down yet.")
    return _("Within two ties it reaches %(things)s.") % {"things": things}


def reach_of_group(reached):
    """What a group reaches outside itself within two ties; reached: a Reached."""
    both = reached.both
    things = things_in_words(both.different_gifts, both.number_of_rooms, both.money)
    if not things:
        return _("Within two ties they reach no gift, room or money beyond their own yet.")
    return _("Within two ties they reach %(things)s beyond their own.") % {"things": things}


def reach_of_area(usual):
    """What half of an area's assets reach at least, and how many reach a room; usual: a Usual."""
    things = things_in_words(usual.gifts, usual.rooms, usual.money)
    share = {"share": _percent(usual.with_rooms)}
    if not things:
        return (
            _("Fewer than half of the assets reach a gift; %(share)s %% reach a room or place.")
            % share
        )
    return _(
        "Half of the assets reach at least %(things)s within two ties; "
        "%(share)s %% reach a room or place."
    ) % (share | {"things": things})


def things_in_words(gifts, rooms, money):
    """Say how many different gifts, how many rooms and how much money; "" for nothing at all."""
    parts = [
        (gifts, ngettext("%(number)s gift", "%(number)s different gifts", gifts)),
        (rooms, ngettext("%(number)s room or place", "%(number)s rooms and places", rooms)),
        (money, _("%(number)s kroner")),
    ]
    said = [text % {"number": intcomma(round(value))} for value, text in parts if value]
    return listed(said)


def listed(parts):
    """Join parts as a sentence does: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


# Collective ---------------------------------------------------------------------------------


def density_of_area(collective):
    """How many of all pairs are tied: density (Putnam 2000; see `collective`)."""
    words, number = _counted(collective.density)
    return (
        ngettext(
            "Of %(of)s pairs of assets, %(number)s is tied.",
            "Of %(of)s pairs of assets, %(number)s are tied.",
            number,
        )
        % words
    )


def reciprocity_of_area(collective):
    """How many ties go both ways; see `collective`."""
    if collective.reciprocity is None:
        return _("There are no ties yet.")
    words, number = _counted(collective.reciprocity)
    return (
        ngettext(
            "Of %(of)s ties, %(number)s goes both ways.",
            "Of %(of)s ties, %(number)s go both ways.",
            number,
        )
        % words
    )


def clusters_of_area(collective):
    """How many clusters (Leiden) the ties form; assets without a tie are none."""
    sizes = [size for size in collective.sizes if size > 1]
    if not sizes:
        return _("The ties form no cluster yet.")
    return ngettext(
        "The ties form %(number)s cluster of %(largest)s assets.",
        "The ties form %(number)s clusters; the largest has %(largest)s assets.",
        len(sizes),
    ) % {"number": intcomma(len(sizes)), "largest": intcomma(sizes[0])}


def bonding_of_area(collective, among="layer"):
    """How many ties bond like and like, and how many bridge (Putnam 2000).

    among: "layer", "sector" or "cluster".
    """
    share = collective.bonding[among]
    if share is None:
        return _("There are no ties yet.")
    text = {
        "layer": _("%(inside)s %% of the ties stay within a layer, %(across)s %% reach across."),
        "sector": _("%(inside)s %% of the ties stay within a sector, %(across)s %% reach across."),
        "cluster": _(
            "%(inside)s %% of the ties stay within a cluster, %(across)s %% reach across."
        ),
    }[among]
    inside = _percent(share)
    return text % {"inside": inside, "across": 100 - inside}


def ties_of_one(inside, across):
    """How many of an asset's ties stay in its own cluster and how many do not.

    inside, across: its contacts by cluster. Bonding and bridging (Putnam 2000) from one place.
    """
    words = {"number": intcomma(inside + across), "across": intcomma(across)}
    if not inside + across:
        return _("It has no tie yet.")
    if inside + across == 1:
        within = _("Its only tie stays within its own cluster.")
        return _("Its only tie leads out of its own cluster.") if across else within
    if not across:
        return _("All its %(number)s ties stay within its own cluster.") % words
    return (
        ngettext(
            "%(across)s of its %(number)s ties leads out of its own cluster.",
            "%(across)s of its %(number)s ties lead out of its own cluster.",
            across,
        )
        % words
    )


def ties_of_group(inside, across):
    """How many of a group's ties stay inside and how many reach out; see `inside_and_out`."""
    if not inside + across:
        return _("They have no tie yet.")
    return _("Ties among them: %(inside)s; ties that reach out: %(across)s.") % {
        "inside": intcomma(inside),
        "across": intcomma(across),
    }


def _percent(share):
    """A share as whole hundredths; only nothing is 0, and only all of it is 100."""
    number = round(share * 100)
    return min(max(number, 1), 99) if 0 < share < 1 else number
