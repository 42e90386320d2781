from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assetmap.areas.models import Area
from assetmap.areas.validators import refuse_cpr

from .models import Consent

Purpose = Consent.Purpose


def purposes_asked(area):
    """Return what is asked consent for: keeping the record only where that is its legal basis."""
    keeps_by_consent = area.legal_basis == Area.LegalBasis.CONSENT
    return [purpose for purpose in Purpose if purpose != Purpose.KEEP or keeps_by_consent]


class ConsentForm(forms.Form):
    """One tick a purpose, none ticked beforehand."""

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = purposes_asked(area)
        ticks = {
            purpose.value: forms.BooleanField(label=purpose.label, required=False)
            for purpose in self.asked
        }
        self.fields = ticks | self.fields

    def clean(self):
        cleaned = super().clean()
        if Purpose.KEEP in self.asked and not cleaned.get(Purpose.KEEP):
            self.add_error(
                Purpose.KEEP.value,
                _("Without this tick nothing can be kept. Tick it, or leave the page."),
            )
        return cleaned

    def given(self):
        """Return the purposes that were ticked."""
        return [purpose for purpose in self.asked if self.cleaned_data.get(purpose)]

    def how(self):
        """Return in which language and way it was given, for Consent.objects.give."""
        return {"language": get_language() or "da", "channel": Consent.Channel.WEB}


class SpokenConsentForm(ConsentForm):
    """A yes that a coordinator heard on the phone or has on paper."""

    channel = forms.ChoiceField(
        label=_("How did you get the yes?"),
        choices=[(Consent.Channel.PHONE, _("by phone")), (Consent.Channel.PAPER, _("on paper"))],
        widget=forms.RadioSelect,
    )
    given_by = forms.ChoiceField(
        label=_("Who said yes?"), choices=Consent.GivenBy, initial=Consent.GivenBy.SELF
    )
    read_by = forms.CharField(
        label=_("Who read the words aloud?"),
        max_length=100,
        required=False,
        validators=[refuse_cpr],
        help_text=_("Leave it empty if the person read them."),
    )

    def ask_guardian(self):
        """Take a yes from a parent or guardian alone."""
        guardian = Consent.GivenBy.GUARDIAN
        self.fields["given_by"].choices = [(guardian, guardian.label)]
        self.fields["given_by"].initial = guardian

    def how(self):
        fields = ("channel", "given_by", "read_by")
        return super().how() | {name: self.cleaned_data[name] for name in fields}
