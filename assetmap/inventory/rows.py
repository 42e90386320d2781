"""The rows of an asset's form: its gifts and wishes, and what a layer adds."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assetmap.areas.text import fold
from assetmap.areas.validators import refuse_cpr

from .models import Asset, Gift, Offering


class OfferingForm(forms.ModelForm):
    """One gift or wish: typed in words; words that name a known gift become that gift."""

    what = forms.CharField(
        label=_("Gift or wish"),
        max_length=150,
        required=False,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"list": "gift-names", "autocomplete": "off"}),
    )

    class Meta:
        model = Offering
        fields = ["what", "mode", "note", "times"]

    def __init__(self, *args, gifts_by_word, **kwargs):
        super().__init__(*args, **kwargs)
        self.gifts_by_word = gifts_by_word
        self.fields["what"].initial = str(self.instance) if self.instance.pk else ""

    def has_changed(self):
        """A new row in which only the way was chosen is still an empty row."""
        changed = set(self.changed_data)
        return bool(changed if self.instance.pk else changed - {"mode"})

    def clean(self):
        cleaned = super().clean()
        typed = (cleaned.get("what") or "").strip()
        gift = self.gifts_by_word.get(fold(typed))
        self.instance.gift, self.instance.text = gift, "" if gift else typed
        if not typed and "what" not in self.errors and not cleaned.get("DELETE"):
            self.add_error("what", _("Write what it is, or tick delete."))
        return cleaned


class RowFormSet(forms.BaseInlineFormSet):
    """Rows of an asset's form; one that somebody else removed meanwhile stays removed."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        stood_there = form.is_bound and index is not None and index < self.initial_form_count()
        if stood_there and form.instance.pk is None:
            form.fields[self._pk_field.name] = forms.Field(
                required=False, widget=forms.HiddenInput
            )


class BaseOfferingFormSet(RowFormSet):
    title = _("Gifts and wishes")
    prefix_name = "gifts"

    @cached_property
    def gifts_by_word(self):
        return Gift.objects.by_word()

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "gifts_by_word": self.gifts_by_word}

    def clean(self):
        """Say in words that a gift stands twice, before the database would."""
        seen = set()
        for form in self.forms:
            row = form.instance
            if not form.is_valid() or form.cleaned_data.get("DELETE") or not str(row):
                continue
            key = (row.gift_id or fold(row.text), row.mode)
            if key in seen:
                form.add_error("what", _("This gift stands there already in the same way."))
            seen.add(key)

    def save(self, commit=True):
        """Take the changed rows out before writing them, so that two rows may change places."""
        changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        Offering.objects.filter(pk__in=changed).delete()
        return super().save(commit)


OfferingFormSet = forms.inlineformset_factory(
    Asset,
    Offering,
    form=OfferingForm,
    formset=BaseOfferingFormSet,
    extra=1,
    max_num=60,
    validate_max=True,
)
