"""One made-up asset of each layer, as pieces of text: what is in them is worked out only once."""

from typing import NamedTuple

from associations.models import Association
from institutions.models import Institution
from places.models import Place
from residents.models import Resident

from . import words
from .draw import shares

RESIDENT_NAME_SHOWN = Resident.NameShown.NICKNAME.value
STAGES = shares(idea=1, activity=4, group=4, association=8, self_running=3)
FORMS = ("", *shares(informal=2, voluntary=3, enterprise=1, network=1))
AGE_BANDS = ("", *Resident.AgeBand.values)
WHEELCHAIR = ("", *Place.Wheelchair.values)
ALL_GROUPS = words.GROUP + words.OTHER_GROUP
MIDDLES = [sentence.split("{}") for sentence in words.MIDDLES]
WOULD_START = [sentence.split("{}") for sentence in words.WOULD_START]


class Made(NamedTuple):
    """An asset's texts in pieces that end where words end, and the layer's own columns.

    `told` is what a search finds beside name, summary and address, `own` fits OWN_COLUMNS.
    """

    name: tuple
    summary: tuple
    address: tuple
    told: tuple
    own: tuple
    reveals: bool = False


OWN_COLUMNS = {
    Resident: ("name_shown", "availability", "would_start", "age_band"),
    Association: ("stage", "form", "founded", "audience", "meeting_times"),
    Institution: ("kind", "sector", "opening_hours", "outreach", "facilitating"),
    Place: ("kind", "facilities", "capacity", "wheelchair", "opening_hours"),
}


def make_resident(draw, area):
    name = (
        draw.pick(words.NEIGHBOUR),
        draw.pick(words.NONSENSE) + draw.pick(words.PET_NAME),
        str(draw.number(1, 1000)),
    )
    would_start = ()
    if draw.chance(0.2):
        before, after = draw.pick(WOULD_START)
        would_start = (before, compound(draw), after)
    own = (
        RESIDENT_NAME_SHOWN,
        draw.pick(words.AVAILABILITY),
        "".join(would_start),
        draw.pick(AGE_BANDS),
    )
    return Made(name, summary(draw, "resident"), (), would_start, own)


def make_association(draw, area):
    last = draw.pick(words.FANCY) if draw.chance(0.5) else area.name
    audience = draw.pick(words.AUDIENCE)
    own = (
        draw.pick(STAGES),
        draw.pick(FORMS),
        str(draw.number(1925, 2026)) if draw.chance(0.6) else "",
        audience,
        draw.pick(words.MEETING_TIMES),
    )
    return Made(
        (compound(draw, ALL_GROUPS).capitalize(), last),
        summary(draw, "association"),
        address(draw, area),
        (audience,),
        own,
    )


def make_institution(draw, area):
    kind, sector, names = draw.pick(words.INSTITUTIONS)
    own = (kind, sector, draw.pick(words.OPENING_HOURS), draw.chance(0.2), draw.chance(0.2))
    called = (draw.pick(words.FANCY),) if draw.chance(0.6) else ()
    return Made(
        (area.name, draw.pick(names), *called),
        summary(draw, "institution"),
        address(draw, area),
        (),
        own,
        reveals=kind == "faith",
    )


def make_place(draw, area):
    kind, names = draw.pick(words.PLACES)
    first, second = draw.pick(words.FACILITIES), draw.pick(words.FACILITIES)
    facilities = (first,) if first == second else (first, ", ", second)
    own = (
        kind,
        "".join(facilities),
        draw.number(5, 200) if draw.chance(0.5) else None,
        draw.pick(WHEELCHAIR),
        draw.pick(words.OPENING_HOURS),
    )
    name = ((draw.pick(words.WHOSE) + draw.pick(names)).capitalize(), "ved", street(draw))
    return Made(name, summary(draw, "place"), address(draw, area), facilities, own)


MAKERS = {
    "resident": make_resident,
    "association": make_association,
    "institution": make_institution,
    "place": make_place,
}


def compound(draw, groups=words.GROUP):
    """Return a word such as "pigegymnastikforening"."""
    return draw.pick(words.WHO) + draw.pick(words.WHAT) + draw.pick(groups)


def street(draw):
    return draw.pick(words.FIRST) + draw.pick(words.STREET)


def address(draw, area):
    """Return an address that is nowhere: no postcode goes with the made-up neighbourhood."""
    return (street(draw), f" {draw.number(1, 200)}", f", {area.name}")


def summary(draw, layer):
    before, after = draw.pick(MIDDLES)
    opening = draw.pick(words.OPENINGS[layer])
    return (opening, " " + before, compound(draw), after + " ", _ending(draw))


def _ending(draw):
    chance = draw.random()
    for share, sentence in words.MEASURED:
        if chance < share:
            return sentence
        chance -= share
    return draw.pick(words.ENDINGS)
