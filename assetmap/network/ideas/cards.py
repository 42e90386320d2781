"""Ideas as a page shows them: read anew each time, by who looks at them."""

from dataclasses import dataclass

from django.db.models import Q

from assetmap.inventory.models import Asset, Offering

from ..models import Meeting
from ..models.meeting import OPEN
from ..names import names_of
from .facts import TIMES
from .kinds import kind_choices_of
from .reasons import Idea
from .sentences import Told, sentences


@dataclass(frozen=True)
class Card:
    """One idea. `one` and `other` are Named; `asked` is an open Meeting of the two, or None."""

    idea: Idea
    one: object
    other: object
    reasons: list
    kinds: list
    asked: object


def cards_of(ideas, area, user):
    """Return the Cards of those ideas that may still be shown, in order; in five queries."""
    ends = {key for idea in ideas for key in (idea.one, idea.other)}
    hours = _hours(ends, area, user)
    told = Told(
        names=names_of(ends | _mentioned(ideas), area, user),
        hours=hours,
        offerings=_offerings(ideas, user),
    )
    meetings = _open_meetings(ends)
    cards = [_card(idea, told, meetings) for idea in ideas if _shows(idea, told)]
    return [card for card in cards if card.reasons]


def _shows(idea, told):
    ends = (idea.one, idea.other)
    return told.are_named(ends) and all(key in told.hours for key in ends)


def _card(idea, told, meetings):
    one, other = told.names[idea.one], told.names[idea.other]
    return Card(
        idea=idea,
        one=one,
        other=other,
        reasons=sentences(idea, told),
        kinds=kind_choices_of(one, other),
        asked=meetings.get((idea.one, idea.other)),
    )


def _hours(keys, area, user):
    """{key: hours in words} of those that are in use."""
    seen = Asset.objects.visible_to(user).active().filter(area=area, pk__in=keys)
    rows = seen.values_list("pk", *TIMES)
    return {key: next(filter(None, times), "") for key, *times in rows}


def _mentioned(ideas):
    """Keys of the assets that two have in common."""
    where = {"apart": 1, "places": 2}
    reasons = [reason for idea in ideas for reason in idea.reasons]
    return {key for r in reasons if r.kind in where for key in r.facts[where[r.kind]]}


def _offerings(ideas, user):
    """Those of the ideas that still show, and neither reveal anything nor wait."""
    reasons = [reason for idea in ideas for reason in idea.reasons if reason.kind == "offers"]
    keys = {
        key for r in reasons for _seeker, wish, _giver, gift in r.facts for key in (wish, gift)
    }
    plain = Offering.objects.visible_to(user).plain()
    return plain.select_related("gift").in_bulk(keys)


def _open_meetings(keys):
    found = Meeting.objects.filter(Q(one__in=keys), Q(other__in=keys), state__in=OPEN)
    return {(meeting.one_id, meeting.other_id): meeting for meeting in found}
