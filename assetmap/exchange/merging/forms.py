from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from .choices import GONE, KEPT, choices_of
from .merge import merge

HELP = {
    "visibility": _("The ties and gifts of both are then seen by these."),
    "reveals": _("With “yes”, all its ties to people become private."),
    "photo": _("The words for those who cannot see it come along."),
    "source": _("Its licence comes along, and so does what a later import knows it by."),
}


class MergeForm(forms.Form):
    """Where two records differ: which of the two texts to take; and the versions that were seen.

    What is left out is as usual: what is said rather than nothing, and the narrower audience.
    """

    kept_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    gone_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, kept, gone, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept, self.gone, self.user = kept, gone, user
        self.initial |= {"kept_version": kept.version, "gone_version": gone.version}
        self.same = []  # (label, text) of what both say
        self.choices = []
        for choice in choices_of(type(kept)):
            if choice.values(kept) != choice.values(gone):
                self._ask(choice)
            elif choice.is_filled_by(kept):
                self.same.append((choice.label, choice.shown(kept)))

    def _ask(self, choice):
        self.choices.append(choice)
        self.fields[choice.name] = forms.ChoiceField(
            label=choice.label,
            choices=[(KEPT, choice.shown(self.kept)), (GONE, choice.shown(self.gone))],
            widget=forms.RadioSelect,
            required=False,
            help_text=HELP.get(choice.name, ""),
        )
        self.initial[choice.name] = choice.usual(self.kept, self.gone)

    @property
    def rows(self):
        return [self[choice.name] for choice in self.choices]

    def clean(self):
        cleaned = super().clean()
        seen = [cleaned.get("kept_version"), cleaned.get("gone_version")]
        if seen != [self.kept.version, self.gone.version]:
            self._refuse_stale()
        return cleaned

    def _refuse_stale(self):
        """Ask again, with what was chosen and, for what is new, what is usual."""
        versions = {"kept_version": self.kept.version, "gone_version": self.gone.version}
        self.data = self.initial | self.data.dict() | versions
        self.add_error(
            NON_FIELD_ERRORS,
            _("Somebody changed one of the two meanwhile. Look at them again, then merge them."),
        )

    def save(self):
        """Merge the two and return the Merge; None, with errors said, if that cannot be."""
        chosen = {row.name: self.cleaned_data.get(row.name) or row.initial for row in self.rows}
        taken = [name for name, which in chosen.items() if which == GONE]
        try:
            return merge(self.kept, self.gone, taken, self.user)
        except ValidationError as refused:
            self.add_error(NON_FIELD_ERRORS, refused.messages)
