"""Writing to somebody for the first time, and answering."""

from datetime import timedelta

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.models import Asset

from ..models import Contact, Message

PERIOD = timedelta(hours=24)
BY_ONE_SENDER = 10  # first contacts in the period
PATIENCE = _("You have written three times without an answer. Give them some time.")
OVER = _("This conversation is over. Nothing more can be written here.")


class NewContactForm(forms.ModelForm):
    """The first message. Where somebody has written to them already, that must be seen."""

    on_behalf = forms.ModelChoiceField(
        Asset.objects.none(),
        label=_("You write for"),
        required=False,
        to_field_name="uid",
        empty_label=_("myself"),
    )
    sure = forms.BooleanField(
        label=_("I know that they have been written to, and write all the same"),
        required=False,
    )

    class Meta:
        model = Message
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14, "dir": "auto"})}

    def __init__(self, *args, contact, behalf, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.contact, self.others = contact, others
        self.fields["on_behalf"].queryset = behalf
        if not others:
            del self.fields["sure"]

    def clean(self):
        cleaned = super().clean()
        if self.others and not cleaned.get("sure"):
            self.add_error("sure", _("They have been written to already. Tick the box to go on."))
        if cleaned.get("on_behalf") == self.contact.to:
            self.add_error("on_behalf", _("Nobody writes to themselves. Choose another."))
        recent = Contact.objects.filter(
            sender=self.contact.sender, created_at__gt=timezone.now() - PERIOD
        )
        if recent.count() >= BY_ONE_SENDER:
            said = _("You have written to many today. What you wrote stays here: try tomorrow.")
            self.add_error(NON_FIELD_ERRORS, said)
        return cleaned

    def save(self):
        """Write the contact and its first message."""
        contact = self.contact
        contact.on_behalf = self.cleaned_data["on_behalf"]
        contact.save()
        return Message.objects.create(
            contact=contact,
            author=contact.sender,
            from_sender=True,
            text=self.cleaned_data["text"],
        )


class ReplyForm(forms.ModelForm):
    """One more message in the thread."""

    class Meta:
        model = Message
        fields = ["text"]
        labels = {"text": _("Your answer")}
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "dir": "auto"})}
