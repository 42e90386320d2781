"""Saying whom one goes to and why, and finding out who that is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.models import Asset

from ..models import Recognition


class OneLineField(forms.CharField):
    """Text in which line breaks are spaces: a browser counts one as one letter, a form as two."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class RecognitionForm(forms.ModelForm):
    """Whom somebody goes to, and why. Nothing about whoever writes it is asked."""

    website = forms.CharField(  # people do not see it, robots fill it in
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = Recognition
        fields = ["name", "reason"]
        field_classes = {"reason": OneLineField}
        labels = {"name": _("Their first name"), "reason": _("Why do you go to them?")}
        help_texts = {
            "name": _("Of what you write here, only the first word is kept."),
            "reason": _(
                "Say what they do that you are glad of, so that we know who it is. Write nothing "
                "about anybody's health, faith, money or family."
            ),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "reason": forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        }

    def clean_name(self):
        return self.cleaned_data["name"].split()[0]

    @property
    def is_by_a_robot(self):
        return bool(self.cleaned_data.get("website"))


class MatchForm(forms.Form):
    """The neighbour whom a coordinator takes a recognition to be about."""

    resident = forms.ModelChoiceField(
        label=_("Who is it?"),
        queryset=Asset.objects.none(),
        to_field_name="uid",
        error_messages={
            "required": _("Choose who it is about."),
            "invalid_choice": _("This neighbour cannot be chosen any more. Search anew."),
        },
    )

    def __init__(self, *args, residents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["resident"].queryset = residents

    def clean(self):
        """Whatever cannot be a choice is refused in the same words as an unknown one."""
        field = self.fields["resident"]
        if self.has_error("resident") and not self.has_error("resident", "required"):
            self.errors["resident"] = self.error_class([field.error_messages["invalid_choice"]])
        return super().clean()
