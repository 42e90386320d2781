from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assetmap.areas.validators import refuse_cpr

from .audience import Visibility
from .kinds import directed_choices
from .models import Asset, Layer, Link, layer_models
from .similar import find_similar
from .versions import VersionedForm


class LinkForm(VersionedForm):
    """A tie read from one asset: its kind with a direction, and what is known about it."""

    tie = forms.ChoiceField(label=_("How are they tied?"))

    class Meta:
        model = Link
        fields = ["tie", "since", "until", "strength", "note", "visibility"]

    def __init__(self, *args, asset, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.asset, self.user = asset, user
        self.fields["tie"].choices = directed_choices(asset.layer)
        if not self.is_adding:
            direction = "out" if self.instance.source_id == asset.pk else "back"
            symmetric = self.instance.kind_row.symmetric
            self.initial["tie"] = f"{self.instance.kind}:{'out' if symmetric else direction}"
            self.other = self.instance.seen_from(asset)[1]

    def clean(self):
        cleaned = super().clean()
        if self.other is not None and "tie" in cleaned:
            self.instance.kind, direction = cleaned["tie"].split(":")
            ends = (self.asset, self.other) if direction == "out" else (self.other, self.asset)
            self.instance.source, self.instance.target = ends
        return cleaned

    def _get_validation_exclusions(self):
        """The ends and the kind are set in clean(), so the constraints on them hold here too."""
        if self.other is None or self.other.pk is None or "tie" in self.errors:
            return super()._get_validation_exclusions()
        return super()._get_validation_exclusions() - {"source", "target", "kind"}


class NewLinkForm(LinkForm):
    """A tie to another asset, found by typing, or made on the spot."""

    q = forms.CharField(label=_("Find the other end"), required=False, max_length=150)
    target = forms.UUIDField(required=False)
    new_name = forms.CharField(
        label=_("Name"), required=False, max_length=150, validators=[refuse_cpr]
    )
    new_layer = forms.ChoiceField(label=_("What is it?"), required=False, choices=Layer.choices)

    other = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("new_layer", Layer.ASSOCIATION)
        self.fields["visibility"].required = False
        self.fields["visibility"].choices = [("", _("as usual")), *Visibility.choices]
        self.fields["visibility"].help_text = _(
            "As usual is everybody, but a tie that reveals a person's faith, health, politics "
            "or union is private."
        )

    def clean(self):
        cleaned = self.cleaned_data
        self.other = self._new_asset(cleaned) or self._found_asset(cleaned)
        cleaned = super().clean()
        self.instance.created_by = self.user
        return cleaned

    def _found_asset(self, cleaned):
        found = (
            Asset.objects.visible_to(self.user)
            .filter(area=self.asset.area, uid=cleaned.get("target"))
            .first()
        )
        if found is None:
            self.add_error("q", _("Choose the other end: type a part of its name and pick it."))
        elif found.pk == self.asset.pk:
            self.add_error("q", _("A tie joins two different assets."))
            return None
        return found

    def _new_asset(self, cleaned):
        name = cleaned.get("new_name")
        if not name or "new_layer" not in cleaned:
            return None
        likely = find_similar(self.asset.area, self.user, name).likely
        if likely:
            self.add_error(
                "new_name",
                _("“%s” is in the inventory already. Find it above instead.") % likely[0],
            )
        model = layer_models()[cleaned["new_layer"] or Layer.ASSOCIATION]
        asset = model(name=name, area=self.asset.area, created_by=self.user)
        asset.status = asset.status_when_added
        return asset.prepare()

    @transaction.atomic
    def save(self):
        if self.other.pk is None:
            self.other.save()
            outwards = self.cleaned_data["tie"].endswith(":out")
            setattr(self.instance, "target" if outwards else "source", self.other)
        return super().save()
