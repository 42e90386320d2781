from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.areas.text import fold
from assetmap.areas.validators import refuse_cpr

from .audience import Visibility
from .languages import language_choices
from .models import Asset, Link, SpokenLanguage
from .moderation import WHOLE_WAITS, WORDS_WAIT, hold_newly_shown, hold_words, words_wait
from .photos import read_photo, set_photo
from .rows import OfferingFormSet
from .similar import Similar, find_similar
from .versions import VersionedForm


class PhotoField(forms.FileField):
    """A picture file, given back as clean pixels."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return read_photo(upload) if upload else None


class AssetForm(VersionedForm):
    """What is asked about every asset; a layer adds its own fields and rows.

    The rows (gifts, and a layer's own) are part of the form: it is valid, and saved, as a whole.
    """

    inlines = [OfferingFormSet]
    own_fields = []

    address = forms.CharField(
        label=_("Address"),
        max_length=150,
        required=False,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"list": "addresses", "autocomplete": "off"}),
        help_text=_("Begin typing, or put a pin on the map."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages one can talk in"),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    photo_upload = PhotoField(label=_("Photo"), required=False)
    photo_remove = forms.BooleanField(label=_("Remove the photo"), required=False)
    is_new = forms.BooleanField(label=_("It is not one of these: save it"), required=False)

    class Meta:
        model = Asset
        fields = ["name", "summary", "address", "latitude", "longitude", "photo_alt", "visibility"]

    def __init__(self, *args, area, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.area, self.user = area, user
        self.similar = Similar()
        self.waits = ""  # after saving: a sentence, if something waits for a coordinator
        if self.is_adding:
            self.instance.area, self.instance.created_by = area, user
            self.instance.status = self.instance.status_when_added
            self.initial["visibility"] = self.instance.usual_visibility
        else:
            self.initial["languages"] = [row.code for row in self.instance.languages.all()]
        self.formsets = [
            formset(
                self.data if self.is_bound else None,
                instance=self.instance,
                prefix=formset.prefix_name,
            )
            for formset in self.inlines
        ]

    @property
    def sections(self):
        """What may wait, in parts: (title, field names, whether the part starts open)."""
        photo_lost = bool(self.errors and self.files)  # a browser does not send it again
        return [
            (_("More about it"), self.own_fields, False),
            (_("Photo"), ["photo_upload", "photo_alt", "photo_remove"], photo_lost),
            (_("Languages"), ["languages"], False),
            (_("Who may see it"), ["visibility"], not self.instance.public_by_default),
        ]

    def is_valid(self):
        rows = [formset.is_valid() for formset in self.formsets]  # each must say its errors
        return super().is_valid() and all(rows)

    def clean(self):
        cleaned = super().clean()
        self._place_by_address(cleaned)
        if self.is_adding:
            self._refuse_likely_same(cleaned)
        return cleaned

    def _place_by_address(self, cleaned):
        """A new address of the area's own list gives the position, unless that is new too."""
        typed = cleaned.get("address") or ""
        if not typed or {"latitude", "longitude"} & set(self.changed_data):
            return
        if cleaned.get("latitude") is not None and "address" not in self.changed_data:
            return
        if found := self.area.addresses.filter(folded=fold(typed).strip()).first():
            cleaned["latitude"], cleaned["longitude"] = found.latitude, found.longitude

    def _refuse_likely_same(self, cleaned):
        name = cleaned.get("name")
        if not name or cleaned.get("is_new"):
            return
        self.similar = find_similar(
            self.area, self.user, name, cleaned.get("latitude"), cleaned.get("longitude")
        )
        if self.similar.likely:
            self.add_error(
                NON_FIELD_ERRORS,
                _("It may be here already. Look below; if it is another one, tick the box."),
            )

    @transaction.atomic
    def save(self):
        asset = self.instance
        asset.confirmed_at = asset.updated_at = timezone.now()
        if self.cleaned_data["photo_upload"] or self.cleaned_data["photo_remove"]:
            set_photo(asset, self.cleaned_data["photo_upload"])
        words_held = self._hold_words(asset)
        super().save()
        self._save_languages(asset)
        if asset.reveals and "reveals" in self.changed_data:
            Link.objects.of(asset).about_people().update(visibility=Visibility.PRIVATE)
        for formset in self.formsets:
            formset.save()
        asset.save(update_fields=["search_text"])
        self.waits = WORDS_WAIT if words_held else ""
        if hold_newly_shown(asset, self.user, self.initial["visibility"]):
            self.waits = WHOLE_WAITS
        return asset

    def _hold_words(self, asset):
        """Let new words wait, in the fields and in the rows; return whether some do."""
        if self.is_adding:
            return False
        was = self.initial["visibility"]
        changed = [name for name in asset.told_fields if name in self.changed_data]
        before = {name: self.initial[name] for name in changed}
        holds = words_wait(asset, self.user, was)
        held = [formset.hold_words(holds) for formset in self.formsets]
        return hold_words(asset, self.user, before, was) or any(held)

    def _save_languages(self, asset):
        codes = self.cleaned_data["languages"]
        asset.languages.exclude(code__in=codes).delete()
        SpokenLanguage.objects.bulk_create(
            [SpokenLanguage(asset=asset, code=code) for code in codes], ignore_conflicts=True
        )


class KnowMoreForm(forms.Form):
    """What somebody knows about an asset, with no account needed."""

    summary = forms.CharField(
        label=_("In short"),
        max_length=2000,
        required=False,
        validators=[refuse_cpr],
        show_hidden_initial=True,  # or it would seem changed whenever somebody else changed it
        widget=forms.Textarea(attrs={"dir": "auto"}),
        help_text=_("As it stands now. Change it if you know better."),
    )
    message = forms.CharField(
        label=_("What do you know?"),
        max_length=2000,
        required=False,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"dir": "auto"}),
        help_text=_("The coordinators read it; it is not put on the page as it stands."),
    )
    website = forms.CharField(  # people do not see it, robots fill it in
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.is_by_a_robot and not self.proposed():
            self.add_error(None, _("Write what you know, or change the text."))
        return cleaned

    @property
    def is_by_a_robot(self):
        return bool(self.cleaned_data.get("website"))

    def proposed(self):
        """Return what is proposed, as {field: text}; a message is for no field."""
        summary = self.cleaned_data["summary"]
        same = summary.split() == self.initial["summary"].split()
        new = "" if same or "summary" not in self.changed_data else summary
        texts = {"summary": new, "": self.cleaned_data["message"]}
        return {field: text for field, text in texts.items() if text}
