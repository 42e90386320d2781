"""Proposing that two assets meet, and saying yes to it."""

from datetime import timedelta

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr
from residents.introduction_forms import BY_ONE_ASKER, TO_ONE_RESIDENT, again_at

from ..models import Meeting

RESTS = timedelta(days=30)  # before what one side declined may be proposed again


class ProposeForm(forms.ModelForm):
    """Why two assets should meet."""

    class Meta:
        model = Meeting
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"dir": "auto", "rows": 4})}
        help_texts = {
            "reason": _(
                "Both sides read it. Say what they could do together, and leave out phone numbers "
                "and what only one of them should know."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True

    def clean(self):
        cleaned = super().clean()
        meeting, everything = self.instance, Meeting.objects.all()
        own = everything.filter(connector=meeting.connector, area=meeting.area)
        self._refuse_at(
            again_at(own, BY_ONE_ASKER),
            _("You have proposed several meetings today. Try again after %(when)s."),
        )
        for asset in (meeting.one, meeting.other):
            about = everything.filter(Q(one=asset) | Q(other=asset))
            self._refuse_at(
                again_at(about, TO_ONE_RESIDENT),
                _("One of the two has been asked several times today. Try again after %(when)s."),
            )
        self._refuse_soon_after_a_no()
        return cleaned

    def _refuse_soon_after_a_no(self):
        """Without saying who said it: whoever declined is not asked the same again at once."""
        two = {"one": self.instance.one, "other": self.instance.other}
        late = timezone.now() - RESTS
        declined = Meeting.objects.filter(**two, state=Meeting.State.DECLINED)
        if declined.filter(answered_at__gt=late).exists():
            self.add_error(
                NON_FIELD_ERRORS, _("This was proposed not long ago. Let it rest for a month.")
            )

    def _refuse_at(self, again, sentence):
        if again:
            when = date_format(timezone.localtime(again), "DATETIME_FORMAT")
            self.add_error(NON_FIELD_ERRORS, sentence % {"when": when})

    def _get_validation_exclusions(self):
        """Who meets whom is set by the page, so the constraints on it hold here too."""
        return super()._get_validation_exclusions() - {"one", "other", "state"}


class AnswerForm(forms.Form):
    """The yes of one side: the name and the number that it shows to the other."""

    name = forms.CharField(
        label=_("The name to show"),
        max_length=100,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=_("The phone or e-mail to show"),
        max_length=150,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args, side, called, closed, **kwargs):
        super().__init__(*args, prefix=side, **kwargs)
        self.side, self.called, self.closed = side, called, closed

    def clean(self):
        if self.closed:
            raise forms.ValidationError(self.closed)
        if self.data.get("answer") != "yes":
            raise forms.ValidationError(_("Say yes or no."))
        return super().clean()

    def columns(self):
        """Return the columns of the meeting that the words stand in."""
        return {f"{self.side}_{name}": text for name, text in self.cleaned_data.items()}
