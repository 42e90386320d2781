"""What a group of young people can do together: the group is written down, and no member."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from assetmap.areas.limits import form_within_limit
from assetmap.areas.validators import refuse_cpr
from assetmap.areas.views import AreaMixin
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Gift, Layer, Offering, layer_models

from .steps import GiftsForm


class GroupForm(GiftsForm):
    """A choir, a team, a clothing brand: its name, and what it can do."""

    name = forms.CharField(
        label=_("What is the group called?"),
        max_length=150,
        validators=[refuse_cpr],
        help_text=_("The name of the group. Do not write the names of its members."),
    )
    summary = forms.CharField(
        label=_("What do you do together?"),
        max_length=500,
        required=False,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ["name", "summary"]


class GroupView(AreaMixin, FormView):
    """Open to everybody; a coordinator looks at it before others see it."""

    template_name = "residents/register/group.html"
    form_class = GroupForm

    def post(self, request, *args, **kwargs):
        if "find" in request.POST:
            form = GroupForm.searching(request.POST)
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if not form_within_limit(form, self.request, "register"):
            return self.form_invalid(form)
        if not self._sent_before(form.cleaned_data["name"]):
            self._write(form.cleaned_data)
        messages.success(
            self.request, _now("Thank you. A coordinator looks at it, and then others see it.")
        )
        return redirect(self.area)

    def _sent_before(self, name):
        """A form sent twice makes one group."""
        waiting = Asset.objects.filter(area=self.area, status=Status.PENDING)
        return waiting.filter(layer=Layer.ASSOCIATION, name=name).exists()

    @transaction.atomic
    def _write(self, told):
        group = layer_models()[Layer.ASSOCIATION](
            area=self.area, name=told["name"], summary=told["summary"], status=Status.PENDING
        )
        group.save()
        for gift in Gift.objects.filter(code__in=told["gifts"]):
            Offering(asset=group, gift=gift).save()
        if told["words"]:
            Offering(asset=group, text=told["words"]).save()
        group.save(update_fields=["search_text"])
