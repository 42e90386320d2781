"""A resident's own page: see what is kept about her, take it away, correct, pause, erase it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from assetmap.areas.receipts import may_hold
from assetmap.areas.views import AreaMixin
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Export

from .consent_forms import Purpose, purposes_asked
from .erasure import erase_resident
from .exports import as_file
from .models import Consent, Resident
from .mydata import everything_about
from .receipt import ReceiptMixin
from .seen import seen_when_in_use
from .who import OwnWhoForm


@method_decorator(never_cache, name="dispatch")  # the computer may be the library's
class OwnMixin(LoginRequiredMixin, AreaMixin):
    """Pages about the one record in the area that belongs to the user."""

    def own_records(self):
        own = Resident.objects.filter(area=self.area, owner=self.request.user)
        return own.select_related("area", "owner").prefetch_related("languages").order_by("pk")

    def handle_no_permission(self):
        """She who is not signed in may have a receipt; the page leads on to the other ways."""
        return redirect("me:open", self.area.slug)

    def get_resident(self):
        resident = self.own_records().first()
        if resident is None:
            raise Http404
        return resident


class MeView(OwnMixin, TemplateView):
    template_name = "residents/me.html"

    def get_context_data(self, **kwargs):
        resident = self.own_records().first()
        if resident:
            kwargs |= {
                "everything": everything_about(resident),
                "seen": seen_when_in_use(resident),
                "consents": self._consents(resident),
                "may_hold_receipt": may_hold(self.request.user),
            }
        return super().get_context_data(resident=resident, **kwargs)

    def _consents(self, resident):
        """Return [(purpose, the consent that stands or None)] for all that may be asked here."""
        standing = {consent.purpose: consent for consent in resident.consents.standing()}
        return [(purpose, standing.get(purpose)) for purpose in purposes_asked(self.area)]


class WhoView(OwnMixin, FormView):
    """Who may see what of her: takes effect at once, and shows at once how it looks."""

    template_name = "residents/who.html"
    form_class = OwnWhoForm

    @cached_property
    def resident(self):
        return self.get_resident()

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "area": self.area, "resident": self.resident}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            resident=self.resident, seen=seen_when_in_use(self.resident), **kwargs
        )

    @transaction.atomic
    def form_valid(self, form):
        if form.save(self.request.user):
            said = _("Saved. A coordinator looks at your words before others see them.")
        else:
            said = _("Saved.")
        messages.success(self.request, said)
        return redirect("me:who", self.area.slug)


class ConsentView(OwnMixin, View):
    """Saying yes to a purpose, or taking it back: one button each way."""

    http_method_names = ["post"]

    def post(self, request):
        resident, purpose = self.get_resident(), request.POST.get("purpose")
        if purpose in purposes_asked(self.area):
            answer = self._yes if "yes" in request.POST else self._no
            messages.info(request, answer(resident, purpose))
        return redirect("me:me", self.area.slug)

    def _yes(self, resident, purpose):
        if resident.status == Status.UNCONFIRMED:
            return _("It waits for a yes. After that you decide here.")
        if resident.guarded:
            return _("A parent or guardian says yes to this. Ask a coordinator for a code.")
        how = {"language": self.request.LANGUAGE_CODE, "channel": Consent.Channel.WEB}
        Consent.objects.give(resident, [purpose], **how)
        return _("You have said yes. You can take it back here any time.")

    def _no(self, resident, purpose):
        if purpose == Purpose.KEEP:  # without it nothing may be kept
            return _("Tick the box at the bottom, and all of it is erased.")
        Consent.objects.withdraw(resident, purpose)
        return _("You have taken it back. It is over from now on.")


class NewReceiptView(OwnMixin, ReceiptMixin, View):
    """A new receipt for one that is lost, or that somebody else has seen."""

    http_method_names = ["post"]

    def post(self, request):
        return self.receipt(self.get_resident())


class DownloadView(OwnMixin, View):
    """What is kept, as a file: for a spreadsheet (CSV) or for other programs (JSON)."""

    form = "csv"

    def get(self, request):
        resident = self.get_resident()
        reason = _("own copy")
        Export.objects.log(self.area, request.user, self.form, reason, [resident.asset_ptr])
        return as_file(self.area, self.form, everything_about(resident))


class EraseView(OwnMixin, View):
    """Erase every record of hers in the area, and the sign-in too if it was only for that."""

    http_method_names = ["post"]

    @transaction.atomic
    def post(self, request):
        if "sure" not in request.POST:
            messages.warning(request, _("Tick the box if you want all of it erased."))
            return redirect("me:me", self.area.slug)
        request.user.introductions.filter(resident__area=self.area).delete()
        gone = [erase_resident(resident) for resident in self.own_records()]
        if any(gone):
            logout(request)  # her sign-in went with the last of them
        messages.success(request, _("All that was kept about you here is erased."))
        return redirect(self.area)
