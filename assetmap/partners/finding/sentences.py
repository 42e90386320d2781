"""Why an asset fits, in words: every sentence says a fact that stands in the inventory."""

from django.utils.dates import WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmap.activities.filters import TIMES
from assetmap.inventory.languages import language_name
from institutions.models import RoleOffer

SAID = 3  # facts of one part that are told
GIVING = {
    "teach": gettext_lazy("Can teach “%(gift)s”."),
    "can": gettext_lazy("Can do “%(gift)s”."),
    "close": gettext_lazy("Can do something close to it: “%(gift)s”."),
}
DOUBTS = {"unknown", "taken", "closed"}  # kinds of facts that do not speak for an asset
SAYING = {}


def sentences(found, told):
    """Return what is said of a Found as [(sentence, whether it speaks for it), …], part by part.

    told: a Told, which holds what the facts are keys of; what it does not hold is not said.
    """
    facts = ((part, fact) for part, value in found.parts.items() for fact in value.facts[:SAID])
    said = ((SAYING[part](fact, found, told), fact[0] not in DOUBTS) for part, fact in facts)
    return list(dict.fromkeys((text, speaks_for) for text, speaks_for in said if text))


def says(part):
    def register(say):
        SAYING[part] = say
        return say

    return register


@says("gift")
def _gift(fact, found, told):
    kind, *keys = fact
    if kind == "room":
        return _("Is a room itself.")
    if kind == "word":
        return _("“%(word)s” is found in what it tells of itself.") % {"word": told.words[keys[0]]}
    words = {"gift": told.gifts.get(keys[0])}
    if kind != "practised":
        return words["gift"] and GIVING[kind] % words
    words["activity"] = told.activities.get(keys[1])
    return words["activity"] and _("“%(gift)s” is practised in “%(activity)s”.") % words


@says("wish")
def _wish(fact, found, told):
    return _("Wishes for what you have: “%(gift)s”.") % {"gift": told.gifts[fact[1]]}


@says("role")
def _role(fact, found, told):
    words = {"field": RoleOffer.Field(told.asked.role).label}
    if fact[0] == "gift":
        words["gift"] = told.gifts.get(fact[1])
        return words["gift"] and _("Can do “%(gift)s”, which %(field)s can be made of.") % words
    if fact[0] == "offers":
        return _("Offers something in the field “%(field)s” itself.") % words
    words["kind"] = told.assets[found.key].child.get_kind_display()
    return _("Is of a kind that suits the field “%(field)s”: %(kind)s.") % words


@says("audience")
def _audience(fact, found, told):
    if fact[0] == "says":
        return _("Says that it is for: %(whom)s.") % {"whom": told.assets[fact[1]].child.audience}
    activity = told.activities.get(fact[1])
    words = {"activity": activity, "whom": activity and ", ".join(told.whom(activity))}
    return activity and _("Holds “%(activity)s”, which is for: %(whom)s.") % words


@says("language")
def _language(fact, found, told):
    words = {"language": language_name(told.asked.language)}
    if fact[0] == "speaks":
        return _("One can talk %(language)s there.") % words
    words["activity"] = told.activities.get(fact[1])
    return words["activity"] and _("Holds “%(activity)s” in %(language)s.") % words


@says("free")
def _free(fact, found, told):
    words = {"day": WEEKDAYS[told.asked.day], "time": told.time_of_day}
    if fact[0] == "meets":
        return _meets(set(fact[1:]), told.asked.day, words)
    return FREE[fact[0], bool(words["time"])] % words


def _meets(days, day, words):
    others = [str(WEEKDAYS[other]) for other in sorted(days - {day})]
    if not others:
        return _("Meets on %(day)s, but not %(time)s.") % words
    words["days"] = get_text_list(others, _("and"))
    if day in days:
        return _("Meets on %(days)s, and on %(day)s at another time.") % words
    return _("Meets on %(days)s, so %(day)s is free.") % words


# By what is known, and whether a time of the day was asked for.
FREE = {
    ("open", False): gettext_lazy("Is open on %(day)s, with time when nothing happens."),
    ("open", True): gettext_lazy("Is open on %(day)s %(time)s, and nothing happens then."),
    ("says", False): gettext_lazy("Has time on %(day)s."),
    ("says", True): gettext_lazy("Has time on %(day)s %(time)s."),
    ("unknown", False): gettext_lazy("Whether %(day)s is free is not known."),
    ("unknown", True): gettext_lazy("Whether %(day)s %(time)s is free is not known."),
    ("taken", False): gettext_lazy("Has something else on %(day)s."),
    ("taken", True): gettext_lazy("Has something else on %(day)s %(time)s."),
    ("closed", False): gettext_lazy("Is closed on %(day)s."),
    ("closed", True): gettext_lazy("Is closed on %(day)s."),
}


@says("near")
def _near(fact, found, told):
    words = {"metres": fact[1], "asker": told.asked.asker}
    if not fact[1]:
        return _("Lies at the same place as %(asker)s.") % words
    return _("%(metres)s m from %(asker)s.") % words


@says("new")
def _new(fact, found, told):
    return _("No tie to %(asker)s yet.") % {"asker": told.asked.asker}


@says("known")
def _known(fact, found, told):
    words = {"asker": told.asked.asker}
    if fact[0] == "tied":
        return _("Tied to %(asker)s already.") % words
    between = told.names.get(fact[1])
    words["between"] = between.name if between and between.is_named else ""
    return words["between"] and _("Known to %(asker)s through %(between)s.") % words


def time_of_day(span):
    """Return the words for a span of a day that a time of day names, else ""."""
    found = [words for words, first, last in TIMES.values() if (first * 60, last * 60) == span]
    return str(found[0]) if found else ""
