from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmap.inventory.moderation import hold_newly_shown, hold_words

from .levels import LEVELS
from .models import Resident
from .steps import WhoForm


class OwnWhoForm(WhoForm):
    """The same questions as at the registration, about a record that is there; and the photo."""

    photo_visibility = forms.ChoiceField(
        label=_("Who may see your photo?"), choices=LEVELS, widget=forms.RadioSelect
    )

    def __init__(self, *args, resident, **kwargs):
        placed = resident.cell is not None
        stands = (resident.latitude, resident.longitude) if placed else None
        super().__init__(*args, stands=stands, **kwargs)
        self.resident = resident
        nameless = resident.name_shown == Resident.NameShown.NONE
        self.initial = {
            "name_shown": resident.name_shown,
            "called": "" if nameless else resident.name,
            "visibility": resident.visibility,
            "contact": resident.contact,
            "contact_visibility": resident.contact_visibility,
            "photo_visibility": resident.photo_visibility,
            "on_map": placed,
        }

    def save(self, user):
        """Write what was chosen; return whether a coordinator must look at some of it first.

        The version is raised, as this is an edit like any other.
        """
        resident, told, was = self.resident, self.cleaned_data, self.resident.visibility
        before = {"name": resident.name}
        resident.call(told["name_shown"], told["called"])
        for name in ("visibility", "contact", "contact_visibility", "photo_visibility"):
            setattr(resident, name, told[name])
        resident.latitude, resident.longitude = told["position"] or (None, None)
        resident.version += 1
        resident.updated_at = timezone.now()
        name_waits = self._hold_name(user, before, was)
        resident.save()
        return hold_newly_shown(resident, user, was) or name_waits

    def _hold_name(self, user, before, was):
        """A new name waits like other words; less of a name is at once, whatever waited."""
        if not {"name_shown", "called"} & set(self.changed_data):
            return False
        nameless = self.cleaned_data["name_shown"] == Resident.NameShown.NONE
        if nameless or set(self.resident.name.split()) <= set(before["name"].split()):
            self.resident.proposals.filter(by=user, field="name").delete()
            return False
        return hold_words(self.resident, user, before, was)
