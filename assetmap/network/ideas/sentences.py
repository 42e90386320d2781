"""The reasons for a tie in words, with the facts as they stand now.

What holds no longer since the idea was worked out is not said.
"""

from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assetmap.inventory.hours import hours_in, in_common
from assetmap.inventory.models import Layer
from institutions.models import Institution

from .facts import ITSELF

PLACES_SAID = 3
MATCHES = {
    ("learn", "teach"): gettext_lazy(
        "%(seeker)s wants to learn “%(gift)s”, and %(giver)s can teach it."
    ),
    ("learn", "can"): gettext_lazy(
        "%(seeker)s wants to learn “%(gift)s”, and %(giver)s can do it."
    ),
    ("join", "teach"): gettext_lazy(
        "%(seeker)s would like to join in “%(gift)s”, and %(giver)s can teach it."
    ),
    ("join", "can"): gettext_lazy(
        "%(seeker)s would like to join in “%(gift)s”, and %(giver)s can do it."
    ),
}

# By matrix, whether it is one group, and whether nothing ties it yet.
CELLS = {
    ("layer", False, True): gettext_lazy(
        "Between %(one)s and %(other)s there is no tie yet. This would be the first."
    ),
    ("layer", False, False): gettext_lazy(
        "Between %(one)s and %(other)s there are few ties so far."
    ),
    ("layer", True, True): gettext_lazy(
        "Among %(one)s there is no tie yet. This would be the first."
    ),
    ("layer", True, False): gettext_lazy("Among %(one)s there are few ties so far."),
    ("sector", False, True): gettext_lazy(
        "Between the sectors “%(one)s” and “%(other)s” there is no tie yet. "
        "This would be the first."
    ),
    ("sector", False, False): gettext_lazy(
        "Between the sectors “%(one)s” and “%(other)s” there are few ties so far."
    ),
    ("sector", True, True): gettext_lazy(
        "Within the sector “%(one)s” there is no tie yet. This would be the first."
    ),
    ("sector", True, False): gettext_lazy(
        "Within the sector “%(one)s” there are few ties so far."
    ),
}


@dataclass(frozen=True)
class Told:
    """What sentences are made of, each by primary key: the Named, the words in which assets tell
    their hours, and the offerings that may be shown."""

    names: dict
    hours: dict
    offerings: dict

    def are_named(self, keys):
        return all(key in self.names and self.names[key].is_named for key in keys)


def sentences(idea, told):
    """Return the reasons for an idea as sentences, the strongest first."""
    said = (part for reason in idea.reasons for part in SAYING[reason.kind](idea, reason, told))
    return [str(sentence) for sentence in said if sentence]


def _offers(idea, reason, told):
    return [_match(*match, told) for match in reason.facts]


def _match(seeker, wish, giver, gift, told):
    words = {"seeker": told.names[seeker].name, "giver": told.names[giver].name}
    wished, given = told.offerings.get(wish), told.offerings.get(gift)
    if wished and gift == ITSELF:
        return _("%(seeker)s wishes for a room, and %(giver)s is one.") % words
    if not wished or not given:
        return ""
    return MATCHES[wished.mode, given.mode] % {**words, "gift": wished}


def _places(idea, reason, told):
    metres, _days, keys = reason.facts
    return [_same_place(keys, told), _distance(idea, metres, told), _same_days(idea, told)]


def _same_place(keys, told):
    names = [told.names[key].name for key in keys if told.are_named([key])][:PLACES_SAID]
    if not names:
        return ""
    return ngettext(
        "Both are tied to the same place: %(places)s.",
        "Both are tied to the same places: %(places)s.",
        len(names),
    ) % {"places": get_text_list(names, _("and"))}


def _distance(idea, metres, told):
    """Nobody's distance is told: a resident lies somewhere in her block."""
    if metres < 0:
        return ""
    if Layer.RESIDENT in (told.names[idea.one].layer, told.names[idea.other].layer):
        return _("They are close to each other.")
    if metres == 0:
        return _("They are in the same spot.")
    return _("They are about %(metres)d metres apart.") % {"metres": metres}


def _same_days(idea, told):
    one, other = told.hours.get(idea.one, ""), told.hours.get(idea.other, "")
    days = in_common(hours_in(one), hours_in(other))
    if not days:
        return ""
    return _(
        "Days in common: %(days)s. %(one)s writes “%(one_hours)s”, and %(other)s "
        "“%(other_hours)s”."
    ) % {
        "days": get_text_list([str(WEEKDAYS[day]) for day in days], _("and")),
        "one": told.names[idea.one].name,
        "one_hours": one,
        "other": told.names[idea.other].name,
        "other_hours": other,
    }


def _apart(idea, reason, told):
    number, keys = reason.facts
    if not told.are_named(keys):
        return []
    one, other = (told.names[key].name for key in keys)
    words = {"one": one, "other": other, "more": number - len(keys)}
    if not words["more"]:
        return [_("Both are tied to %(one)s and %(other)s.") % words]
    return [
        ngettext(
            "Both are tied to %(one)s, %(other)s and %(more)d more.",
            "Both are tied to %(one)s, %(other)s and %(more)d more.",
            words["more"],
        )
        % words
    ]


def _cells(idea, reason, told):
    matrix, one, other, is_empty = reason.facts
    label = {"layer": _layers, "sector": _sector}[matrix]
    words = {"one": label(one), "other": label(other)}
    return [CELLS[matrix, one == other, is_empty] % words]


def _layers(value):
    return Layer(value).plural


def _sector(value):
    return Institution.Sector(value).label


SAYING = {"offers": _offers, "places": _places, "apart": _apart, "cells": _cells}
