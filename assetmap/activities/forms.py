"""Writing an activity down."""

from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assetmap.areas.text import fold, searchable
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.languages import language_choices
from assetmap.inventory.models import Asset, Gift, Layer
from assetmap.inventory.versions import VersionedForm

from .models import Activity
from .recurrence import occurrences
from .waiting import hold, words_of

FOUND = 8  # places to pick from
LONGEST = 100  # letters of a place's name that are looked for


class PartsField(forms.CharField):
    """Several things in one line, with commas between them, as a list of texts."""

    def to_python(self, value):
        parts = (part.strip() for part in super().to_python(value).split(","))
        return [part for part in parts if part]

    def run_validators(self, value):
        return super().run_validators(", ".join(value))


class ActivityForm(VersionedForm):
    """What happens, where, when and for whom; the place is typed, and picked if several fit."""

    where = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=LONGEST,
        help_text=_("The name of a place here, or a part of it. Empty: it is not known yet."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    place_uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    pick = forms.UUIDField(required=False)  # a button, where several places fit
    days_off = PartsField(
        label=_("Days it does not happen on"),
        required=False,
        max_length=1000,
        help_text=_("With commas between them: 2026-12-24, 2026-12-31."),
    )
    gift_words = PartsField(
        label=_("Gifts that are practised"),
        required=False,
        max_length=300,
        validators=[refuse_cpr],
        help_text=_("As they are called here, with commas between them: bake, sing."),
    )
    spoken = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Activity
        fields = [
            *("title", "summary", "first_day", "begins", "ends", "repeats", "last_day"),
            *("meant_for", "age_from", "age_to", "price", "joining"),
        ]
        widgets = {
            "first_day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "last_day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "begins": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "summary": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "title": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.area = user, self.instance.area
        self.found = []  # places to pick from, where several fit what was typed
        self.was = {} if self.is_adding else words_of(self.instance)
        self.waits = ""  # after saving: a sentence, if something waits for a coordinator
        if not self.is_adding:
            self._begin_with(self.instance)

    def _begin_with(self, activity):
        place = activity.place
        self.initial |= {
            "where": place.name if place else "",
            "place_uid": place.uid if place else None,
            "days_off": ", ".join(activity.off),
            "gift_words": ", ".join(map(str, activity.gifts.all())),
            "spoken": activity.languages,
        }

    def clean_days_off(self):
        try:
            days = {date.fromisoformat(text) for text in self.cleaned_data["days_off"]}
        except ValueError:
            raise forms.ValidationError(
                _("Write each day as year, month and day: 2026-12-24.")
            ) from None
        return sorted(days)

    def clean_gift_words(self):
        known = Gift.objects.by_word()
        typed = self.cleaned_data["gift_words"]
        if unknown := [word for word in typed if fold(word) not in known]:
            sentence = _("“%(word)s” is no gift that is known here. Try another word for it.")
            raise forms.ValidationError(sentence % {"word": unknown[0]})
        return [known[fold(word)] for word in typed]

    def clean(self):
        cleaned = super().clean()
        self.place = self._find_place(cleaned)
        self._refuse_wrong_days_off(cleaned)
        return cleaned

    def _find_place(self, cleaned):
        """The place that was picked, or the only one that what was typed can mean."""
        typed = cleaned.get("where") or ""
        places = Asset.objects.visible_to(self.user).active()
        places = places.filter(area=self.area, layer=Layer.PLACE)
        if not typed:
            return None
        if cleaned.get("pick"):
            return places.filter(uid=cleaned["pick"]).first() or self._only_one(places, typed)
        kept = places.filter(uid=cleaned.get("place_uid"), name=typed).first()
        return kept or self._only_one(places, typed)

    def _only_one(self, places, typed):
        same = list(places.filter(search_name=searchable([typed])).order_by("pk")[:FOUND])
        found = same or list(places.search(typed, self.area).names_first(typed)[:FOUND])
        if len(found) == 1:
            return found[0]
        self.found = found
        if found:
            self.add_error("where", _("Several places are called that. Pick one of them."))
        else:
            self.add_error(
                "where", _("No place here is called that. Add the place first, or leave it empty.")
            )
        return None

    def _refuse_wrong_days_off(self, cleaned):
        days = cleaned.get("days_off")
        if not days or self.errors:
            return
        made = Activity(**{name: cleaned[name] for name in ("first_day", "begins", "ends")})
        made.repeats, made.last_day = cleaned["repeats"], cleaned["last_day"]
        for day in days:
            if not occurrences(made, day, day):
                shown = date_format(day, "DATE_FORMAT")
                sentence = _("It would not happen on %(day)s anyhow.") % {"day": shown}
                self.add_error("days_off", sentence)

    def save(self, *args, **kwargs):
        activity, cleaned = self.instance, self.cleaned_data
        activity.place, activity.languages = self.place, cleaned["spoken"]
        activity.off = [day.isoformat() for day in cleaned["days_off"]]
        self.waits = hold(activity, self.user, self.was)
        super().save(*args, **kwargs)
        activity.gifts.set(cleaned["gift_words"])
        return activity
