"""Coordinators pass on what neighbours said: they find out whom it is about, or erase it."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView, View

from assetmap.areas.views import CoordinatorMixin
from assetmap.inventory.models import Asset, Layer, Offering
from residents.links import qr

from ..models import Recognition
from .forms import MatchForm
from .mails import mail_that_something_waits

FOUND = 20  # neighbours shown for one search
SHUT_OUT = 5  # of those who could not answer
WAY_IN = {"owner__is_active": True}


def in_use(user, area):
    """Residents of an area in use whom the user sees; those with a WAY_IN can answer."""
    return Asset.objects.visible_to(user).active().filter(area=area, layer=Layer.RESIDENT)


class UnmatchedMixin(CoordinatorMixin):
    """Pages about what waits for a coordinator; what is passed on is between her and the site."""

    def get_queryset(self):
        return Recognition.objects.waiting().filter(area=self.area, resident=None)

    def say_late(self):
        messages.warning(self.request, _("It was passed on or erased in the meantime."))
        return redirect("network:recognitions", self.area.slug)


class WaitingView(UnmatchedMixin, ListView):
    """What neighbours said that nobody has passed on yet, the oldest first."""

    template_name = "network/recognitions.html"
    context_object_name = "recognitions"
    paginate_by = 50

    def get_context_data(self, **kwargs):
        passed_on = Recognition.objects.waiting().filter(area=self.area).exclude(resident=None)
        return super().get_context_data(passed_on=passed_on.count(), **kwargs)


class PosterView(CoordinatorMixin, TemplateView):
    """A sheet to print and put up, with the address of the question as words and as QR."""

    template_name = "network/recognition_poster.html"

    def get_context_data(self, **kwargs):
        page = reverse("network:recognise", args=[self.area.slug])
        link = self.request.build_absolute_uri(page)
        return super().get_context_data(link=link, qr=qr(link), **kwargs)


class MatchView(UnmatchedMixin, FormView):
    """Find the neighbour whom it is about, and pass it on to them."""

    template_name = "network/recognition.html"
    form_class = MatchForm

    @cached_property
    def recognition(self):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    @cached_property
    def residents(self):
        return in_use(self.request.user, self.area).filter(**WAY_IN)

    @property
    def typed(self):
        return self.request.GET.get("q", self.recognition.name)[:100]

    def found_among(self, residents, number):
        """Return those who are found by what was typed, one more than the number if there are."""
        hits = residents.order_by("name_order", "pk")  # all, as long as nothing is typed
        if self.typed.strip():
            hits = residents.search(self.typed, self.area).names_first(self.typed)
        gifts = Prefetch("offerings", Offering.objects.select_related("gift"), to_attr="rows")
        return list(hits.select_related("area").prefetch_related(gifts)[: number + 1])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "residents": self.residents}

    def get_context_data(self, **kwargs):
        found = self.found_among(self.residents, FOUND)
        without = in_use(self.request.user, self.area).exclude(**WAY_IN)
        return super().get_context_data(
            recognition=self.recognition,
            typed=self.typed,
            found=found[:FOUND],
            more=found[FOUND:],
            shut_out=self.found_among(without, SHUT_OUT)[:SHUT_OUT],
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if not self.get_queryset().filter(pk=self.kwargs["pk"]).exists():
            return self.say_late()
        return super().post(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        resident = form.cleaned_data["resident"]
        if not self._pass_on_to(resident):
            return self.say_late()
        if mail_that_something_waits(self.request, resident):
            said = _("It waits on the page of “%(name)s”, and a mail says so.")
        else:
            said = _("It waits on the page of “%(name)s”. There is no e-mail, so tell them.")
        messages.success(self.request, said % {"name": resident.name})
        return redirect("network:recognitions", self.area.slug)

    def _pass_on_to(self, resident):
        """Make it hers, if it is nobody's yet; held, she is not erased meanwhile."""
        Asset.objects.select_for_update().filter(pk=resident.pk).first()
        there = self.residents.filter(pk=resident.pk).exists()
        waiting = self.get_queryset().filter(pk=self.kwargs["pk"])
        return there and waiting.update(resident=resident.pk)


class EraseView(UnmatchedMixin, View):
    """Erase what is not to be passed on."""

    http_method_names = ["post"]

    def post(self, request, pk):
        deleted, _tables = self.get_queryset().filter(pk=pk).delete()
        if not deleted:
            return self.say_late()
        messages.success(request, _("It is erased."))
        return redirect("network:recognitions", self.area.slug)
