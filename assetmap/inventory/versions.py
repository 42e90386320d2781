"""Edits that know which version they began from."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext_lazy as _


class HoldMixin:
    """A page that holds its row while it posts, so that nobody else saves in between."""

    held = None  # the model whose row has the version

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        self.held.objects.select_for_update().filter(uid=kwargs["uid"]).first()
        return super().post(request, *args, **kwargs)


class VersionedForm(forms.ModelForm):
    """Refuses an edit that began before somebody else's was saved, and shows both texts."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_adding = self.instance.pk is None
        self.conflicts = []
        if not self.is_adding:
            self.initial["version"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if not self.is_adding and cleaned.get("version") != self.instance.version:
            self._refuse_stale(cleaned)
        return cleaned

    def _refuse_stale(self, cleaned):
        self.conflicts = [
            (self.fields[name].label, self._shown(name, theirs), self._shown(name, yours))
            for name in self._meta.fields
            for theirs, yours in [(self.initial.get(name), cleaned.get(name))]
            if (theirs or "") != (yours or "")
        ]
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = self.instance.version
        self.add_error(
            NON_FIELD_ERRORS,
            _(
                "Somebody else changed this while you were writing. Both texts stand below. "
                "Change what you wrote if needed, and save again to keep yours."
            ),
        )

    def _shown(self, name, value):
        return dict(getattr(self.fields[name], "choices", ())).get(value, value)

    def save(self, *args, **kwargs):
        if not self.is_adding:
            self.instance.version += 1
        return super().save(*args, **kwargs)
