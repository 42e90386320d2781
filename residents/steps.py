"""The steps of a resident's registration: one form each, asked for one at a time."""

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assetmap.areas.text import fold
from assetmap.areas.validators import refuse_cpr
from assetmap.inventory.languages import language_choices
from assetmap.inventory.models import Gift, Offering

from .consent_forms import ConsentForm
from .contact import check_shown_contact
from .levels import LEVELS
from .models import Resident

MOST_GIFTS = 60
MOST_PROUD = 3
TIMES = [
    ("weekday", _("weekdays in the daytime")),
    ("evening", _("weekday evenings")),
    ("weekend", _("weekends")),
    ("now_and_then", _("now and then, when somebody asks")),
]
FIRST_MODES = [
    (Offering.Mode.CAN, _("I can do it")),
    (Offering.Mode.TEACH, _("I can teach it")),
    (Offering.Mode.LEARN, _("I want to learn it")),
    (Offering.Mode.JOIN, _("I would join in")),
]


class GiftsForm(forms.Form):
    """What she can do, or would like to: ticked in the vocabulary, or in her own words."""

    gifts = forms.MultipleChoiceField(label=_("Gifts"), choices=(), required=False)
    words = forms.CharField(
        label=_("Something else? In your own words"),
        max_length=150,
        required=False,
        validators=[refuse_cpr],
    )
    sought = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gifts"].choices = [(gift.code, str(gift)) for gift in self.vocabulary]

    @cached_property
    def vocabulary(self):
        return list(Gift.objects.select_related("group"))

    @classmethod
    def searching(cls, post, **kwargs):
        """Return the form as filled in so far, not checked yet, with the gifts that are sought.

        This is the search where there is no script.
        """
        filled_in = cls(post, **kwargs)
        form = cls(initial={field.name: field.value() for field in filled_in}, **kwargs)
        form.sought = post.get("q", "")
        return form

    def groups(self):
        """Return [(group, [(gift, folded words, whether it is ticked)], how many are ticked)].

        What is ticked stays among what is found.
        """
        ticked, sought = set(self["gifts"].value() or []), fold(self.sought).split()
        groups = {}
        for gift in self.vocabulary:
            words, on = fold(" ".join(gift.words())), gift.code in ticked
            if on or all(word in words for word in sought):
                groups.setdefault(gift.group, []).append((gift, words, on))
        return [(group, rows, sum(row[2] for row in rows)) for group, rows in groups.items()]

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.get("gifts") or []
        if len(chosen) > MOST_GIFTS:
            text = _("Choose at most %(most)s. The ones you like best are enough.")
            self.add_error("gifts", text % {"most": MOST_GIFTS})
        if not chosen and not cleaned.get("words") and not self.errors:
            self.add_error("gifts", _("Choose at least one thing, or write one yourself."))
        return cleaned


class HowForm(forms.Form):
    """How she would use each gift, and which three she is proudest of."""

    def __init__(self, *args, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen = chosen  # [(key, gift or own words)]
        if self.is_bound:  # a gift that was ticked after this was answered is not an error
            self.data = self.data.copy()
            for key, _gift in chosen:
                self.data.setdefault(self.add_prefix(f"mode-{key}"), Offering.Mode.CAN.value)
        for key, gift in chosen:
            self.fields[f"mode-{key}"] = forms.ChoiceField(
                label=str(gift),
                choices=FIRST_MODES,
                initial=Offering.Mode.CAN,
                widget=forms.RadioSelect,
            )
        self.fields["proud"] = forms.MultipleChoiceField(
            label=_("Which are you proudest of? At most three"),
            choices=[(key, str(gift)) for key, gift in chosen],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_proud(self):
        proud = self.cleaned_data["proud"]
        if len(proud) > MOST_PROUD:
            raise forms.ValidationError(_("Choose at most three."))
        return proud


class AboutForm(forms.Form):
    """Languages, when, and what she would start."""

    languages = forms.MultipleChoiceField(
        label=_("Which languages can one talk with you in?"),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    times = forms.MultipleChoiceField(
        label=_("When does it suit you?"),
        choices=TIMES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    would_start = forms.CharField(
        label=_("What would you start, if two neighbours joined?"),
        max_length=200,
        required=False,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        cleaned = super().clean()
        words = [str(label) for value, label in TIMES if value in cleaned.get("times", [])]
        cleaned["availability"] = ", ".join(words)[:150]
        return cleaned


def is_legible(name):
    """Whether a name holds anything that can be seen: spaces and invisible marks do not count."""
    return any(char.isprintable() and not char.isspace() for char in name or "")


class WhoForm(forms.Form):
    """Who may see what of her. Unless she says otherwise: herself and her own coordinator."""

    name_shown = forms.ChoiceField(
        label=_("Which name may others see?"),
        choices=Resident.NameShown,
        initial=Resident.NameShown.FIRST,
        widget=forms.RadioSelect,
    )
    called = forms.CharField(
        label=_("The name"), max_length=100, required=False, validators=[refuse_cpr]
    )
    visibility = forms.ChoiceField(
        label=_("Who may see what you can do?"),
        choices=LEVELS,
        initial=LEVELS[0][0],
        widget=forms.RadioSelect,
    )
    contact = forms.CharField(
        label=_("Your phone or e-mail, if somebody may call or write"),
        max_length=150,
        required=False,
        validators=[refuse_cpr],
    )
    contact_visibility = forms.ChoiceField(
        label=_("Who may see how to reach you?"),
        choices=LEVELS,
        initial=LEVELS[0][0],
        widget=forms.RadioSelect,
    )
    on_map = forms.BooleanField(label=_("Show me on the map, by the block"), required=False)
    address = forms.CharField(
        label=_("Your street and number"),
        max_length=150,
        required=False,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"list": "addresses", "autocomplete": "off"}),
        help_text=_("Only finds the block, some 170 metres wide. The address is not kept."),
    )

    def __init__(self, *args, area, stands=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.area = area
        self.stands = stands  # the position that is kept already
        source = reverse("areas:addresses", args=[area.slug])
        self.fields["address"].widget.attrs["data-addresses"] = source

    def clean(self):
        cleaned = super().clean()
        nameless = cleaned.get("name_shown") == Resident.NameShown.NONE
        if not nameless and not is_legible(cleaned.get("called")) and "called" not in self.errors:
            self.add_error("called", _("Write the name, or choose to show no name."))
        self._check_contact(cleaned)
        cleaned["position"] = self._find_block(cleaned) if cleaned.get("on_map") else None
        return cleaned

    def _check_contact(self, cleaned):
        try:
            check_shown_contact(cleaned.get("contact"), cleaned.get("contact_visibility"))
        except forms.ValidationError as error:
            self.add_error("contact", error)

    def _find_block(self, cleaned):
        """Return (latitude, longitude) of the address; the record keeps only its block."""
        typed = fold(cleaned.get("address") or "").strip()
        if not typed:
            if self.stands is None and "address" not in self.errors:
                self.add_error("address", _("Write your street and number to be on the map."))
            return self.stands
        whole = Q(folded=typed) | Q(folded__startswith=f"{typed},")  # or "Vej 1" could be 10
        found = self.area.addresses.filter(whole).first()
        if found is None:
            text = _("This address is not in the area's list. Write another, or stay off the map.")
            self.add_error("address", text)
            return None
        return found.latitude, found.longitude


class FinishForm(ConsentForm):
    """The last step: what she agrees to, and an e-mail if she wants one to sign in by."""

    email = forms.EmailField(
        label=_("Your e-mail, if you want to sign in with it"),
        max_length=254,
        required=False,
        validators=[refuse_cpr],
        help_text=_("You can do without. It shows to nobody."),
    )


class YoungFinishForm(forms.Form):
    """The last step of somebody under 15: the yes is a parent's or guardian's."""

    guardian_email = forms.EmailField(
        label=_("Your parent's or guardian's e-mail"),
        max_length=254,
        required=False,
        validators=[refuse_cpr],
        help_text=_(
            "We send one mail with the link, and do not keep the address. "
            "You can also show the code yourself."
        ),
    )


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        validators=[refuse_cpr],
        help_text=_("It shows to nobody."),
    )
