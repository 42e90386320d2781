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
        if self.instance.waiting:
            self.fields["what"].help_text = _("It waits until a coordinator has seen it.")

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

    def hold_words(self, holds):
        """Let the row wait if it has new words of one's own, or had some that wait already."""
        row = self.instance
        own = {"what": row.text, "note": row.note, "times": row.times}
        new = any(text and name in self.changed_data for name, text in own.items())
        row.waiting = holds and row.in_own_words and (row.waiting or new)
        return row.waiting and not self.cleaned_data.get("DELETE")


class RowFormSet(forms.BaseInlineFormSet):
    """Rows of an asset's form; one that somebody else removed meanwhile stays removed."""

    def hold_words(self, holds):
        """Let new words wait for a coordinator; a layer's own rows do not. Whether some do."""
        return False

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

    def hold_words(self, holds):
        waiting = [form.hold_words(holds) for form in self.forms if form.has_changed()]
        return any(waiting)  # each must be asked

    def save(self, commit=True):
        """Take the changed rows out before writing them, so that two rows may change places."""
        changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        Offering.objects.filter(pk__in=changed).delete()
        return super().save(commit)


def offering_rows(form, formset):
    """Return the rows of gifts and wishes, for a layer that asks more about each of them."""
    return forms.inlineformset_factory(
        Asset, Offering, form=form, formset=formset, extra=1, max_num=60, validate_max=True
    )


OfferingFormSet = offering_rows(OfferingForm, BaseOfferingFormSet)
