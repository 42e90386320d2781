"""The finder's questions, read from its address; what means nothing is said, and left out."""

import json
from functools import lru_cache

from django import forms
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assetmap.activities.filters import ANY, TIMES
from assetmap.activities.models import Activity
from assetmap.activities.models.activity import OLDEST
from assetmap.areas.text import fold, words_in
from assetmap.inventory.languages import language_choices
from assetmap.inventory.models import Gift, Layer
from assetmap.network.ideas.facts import ROOM_GIFT

from ..roles.fields import ROLES
from .asked import HEAVIEST, WEIGHTS, WHOLE_DAY, Asked

MOST_WORDS = 6
FEW = 3  # gifts that one word may name
LABELS = {
    "gift": _("Gives what we look for"),
    "wish": _("Wishes for what we have"),
    "role": _("Fills the role"),
    "audience": _("Is for the right people"),
    "language": _("Speaks the language"),
    "free": _("Is free at that time"),
    "near": _("Is close by"),
    "new": _("Is new to us"),
    "known": _("Is known through somebody"),
}


class FinderForm(forms.Form):
    """What one has and looks for, and how much each part of it counts."""

    theme = forms.CharField(
        label=_("We look for somebody who can …"),
        required=False,
        max_length=200,
        help_text=_("With commas between: sew, homework, bees."),
    )
    give = forms.CharField(
        label=_("We can offer …"),
        required=False,
        max_length=200,
        help_text=_("What you could teach or do for others, with commas between."),
    )
    room = forms.BooleanField(label=_("We have a room"), required=False)
    day = forms.TypedChoiceField(label=_("On"), required=False, coerce=int, empty_value=None)
    time = forms.ChoiceField(
        label=_("When on the day"),
        required=False,
        choices=[*ANY, *((name, words) for name, (words, _from, _to) in TIMES.items())],
    )
    audience = forms.ChoiceField(
        label=_("For"), required=False, choices=[*ANY, *Activity.MeantFor.choices]
    )
    age = forms.IntegerField(label=_("Age"), required=False, min_value=0, max_value=OLDEST)
    language = forms.ChoiceField(label=_("Language"), required=False)
    role = forms.ChoiceField(label=_("A role to fill"), required=False)
    layer = forms.MultipleChoiceField(
        label=_("Look among"),
        required=False,
        choices=lambda: [(layer.value, capfirst(layer.plural)) for layer in Layer],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data, *, area):
        super().__init__(data)
        self.area = area
        days = [(number, capfirst(str(name))) for number, name in WEEKDAYS.items()]
        self.fields["day"].choices = [*ANY, *days]
        self.fields["language"].choices = [*ANY, *language_choices()]
        groups = [(label, [(f.value, f.label) for f in fields]) for label, fields in ROLES]
        self.fields["role"].choices = [*ANY, *groups]
        for name, weight in WEIGHTS.items():
            self.fields[f"w_{name}"] = _weight(LABELS[name], weight)

    @property
    def weights(self):
        """The fields of the weights, for the page."""
        return [self[f"w_{name}"] for name in WEIGHTS]

    def asked(self, asker=None):
        """Return the Asked; `asker` is the asset that looks."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value != ""}
        wanted, words = self._read(chosen.get("theme", ""))
        offered, _unknown = self._read(chosen.get("give", ""))
        if chosen.get("room"):
            offered += tuple(Gift.objects.filter(code=ROOM_GIFT).values_list("pk", flat=True))
        _said, first, last = TIMES.get(chosen.get("time"), ("", 0, 24))
        return Asked(
            area=self.area,
            asker=asker,
            wanted=wanted,
            words=words,
            offered=offered,
            role=chosen.get("role", ""),
            day=chosen.get("day"),
            span=(first * 60, last * 60) if chosen.get("time") else WHOLE_DAY,
            audience=chosen.get("audience", ""),
            age=chosen.get("age"),
            language=chosen.get("language", ""),
            layers=tuple(chosen.get("layer", ())),
            weights={name: self._weight(name) for name in WEIGHTS},
        )

    def _weight(self, name):
        chosen = self.cleaned_data.get(f"w_{name}")
        return WEIGHTS[name] if chosen is None else chosen

    def _read(self, typed):
        """Return (gifts, words) of what was typed: what names no gift stays a word."""
        parts = [part.strip() for part in typed.split(",") if part.strip()][:MOST_WORDS]
        named = gifts_named(parts) if parts else {}
        gifts = [gift for part in parts for gift in named[part]]
        words = [part for part in parts if not named[part] and words_in(part)]
        return tuple(dict.fromkeys(gifts)), tuple(dict.fromkeys(words))

    @property
    def unknown_offers(self):
        """What was typed as an offer and is no gift that is known here, to be said."""
        self.is_valid()
        return self._read(self.cleaned_data.get("give", ""))[1]


def gifts_named(parts):
    """Return {what was typed: keys of the gifts that it names}.

    A gift is named by its whole name or a synonym; else by a word in one of them, as "sew" is in
    "Sew, alter and mend", unless that word is in too many.
    """
    as_text = (Cast(field, TextField()) for field in ("names", "synonyms"))
    whole, few = _naming(tuple(Gift.objects.order_by("pk").values_list("pk", *as_text)))
    return {part: whole.get(fold(part)) or few.get(fold(part), []) for part in parts}


@lru_cache(2)  # the gifts of a site seldom change
def _naming(rows):
    """Return ({name: gifts}, {word of few names: gifts}) for (key, names, synonyms as JSON)."""
    gifts = [(key, _words(json.loads(names), json.loads(more))) for key, names, more in rows]
    whole = {fold(word): [key] for key, words in gifts for word in words}
    inside = {}
    for key, words in gifts:
        for word in {word for each in words for word in words_in(each)}:
            inside.setdefault(word, []).append(key)
    return whole, {word: keys for word, keys in inside.items() if len(keys) <= FEW}


def _words(names, synonyms):
    return Gift(names=names, synonyms=synonyms).words()


def _weight(label, usual):
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=HEAVIEST,
        initial=usual,
        widget=forms.NumberInput(attrs={"placeholder": usual}),
    )
