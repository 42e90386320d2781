"""A first message, drafted from facts alone: what is offered, what is looked for, and why them."""

from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from assetmap.activities.models import Activity
from assetmap.inventory.languages import language_name
from assetmap.inventory.models import Gift
from institutions.models import RoleOffer

from ..finding.cards import Told
from ..finding.parts.value import Value
from ..finding.ranking import Found
from ..finding.sentences import sentences, time_of_day

NO_REASON = {"new", "close"}  # kinds of facts that are no reason to write to somebody


def draft(asked, found, to, user, language, about=None):
    """Return the text of a message to an asset in a language, "da" or "en".

    asked: the Asked that led to it. found: the Found of the asset, or None if it was not found by
    a search. about: whom it is asked to introduce one to, if that is what the message is for.
    """
    with translation.override(language):
        parts = [_("Hello %(to)s,") % {"to": to}, _who(asked, user)]
        if about:
            parts.append(_("Would you introduce us to %(about)s?") % {"about": about})
        parts += [_given(asked), _sought(asked)]
        parts += [] if about else [_why(asked, found, user)]
        parts += [_("Could we meet and see what we can do together?"), _closing(user)]
        return "\n\n".join(part for part in parts if part)


def _who(asked, user):
    if asked.asker:
        return _("I write to you from %(asker)s.") % {"asker": asked.asker}
    return _("I write to you from %(area)s.") % {"area": asked.area}


def _given(asked):
    """What the asker has to give."""
    said = []
    if asked.day is not None:
        words = {"day": WEEKDAYS[asked.day], "time": time_of_day(asked.span)}
        timed = _("We think of %(day)s %(time)s.") if words["time"] else _("We think of %(day)s.")
        said.append(timed % words)
    if asked.offered:
        said.append(_("We can offer: %(gifts)s.") % {"gifts": _gifts(asked.offered)})
    return " ".join(said)


def _sought(asked):
    """What the asker looks for."""
    said = []
    looked_for = [*Gift.objects.filter(pk__in=asked.wanted).order_by("pk"), *asked.words]
    if looked_for:
        said.append(_("We look for: %(what)s.") % {"what": _listed(looked_for)})
    if asked.role:
        field = RoleOffer.Field(asked.role).label
        said.append(_("We would like to do more in the field “%(field)s”.") % {"field": field})
    if asked.audience:
        whom = Activity.MeantFor(asked.audience).label
        said.append(_("It is meant for: %(whom)s.") % {"whom": whom})
    if asked.age is not None:
        said.append(_("It is meant for people of %(age)s years.") % {"age": asked.age})
    if asked.language:
        language = language_name(asked.language)
        said.append(_("It is to be in this language: %(language)s.") % {"language": language})
    return " ".join(said)


def _why(asked, found, user):
    """What the inventory tells of them that speaks for it."""
    if found is None:
        return ""
    parts = {name: _worth_saying(value) for name, value in found.parts.items()}
    found = Found(found.key, found.score, parts)
    told = Told(asked, [found], user)
    said = [sentence for sentence, speaks_for in sentences(found, told) if speaks_for]
    if not said:
        return ""
    return "\n".join([_("We came to think of you because of this:"), *(f"- {s}" for s in said)])


def _worth_saying(value):
    facts = tuple(fact for fact in value.facts if fact[0] not in NO_REASON)
    return Value(value.number, facts)


def _closing(user):
    return "\n".join([_("Kind regards"), *([user.name] if user.name else [])])


def _gifts(keys):
    return _listed(Gift.objects.filter(pk__in=keys).order_by("pk"))


def _listed(things):
    return get_text_list([str(thing) for thing in things], _("and"))
