"""A yes before a record is kept: from the person a coordinator wrote about, or from a guardian."""

import time

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from assetmap.areas.codes import digests
from assetmap.areas.limits import form_within_limit
from assetmap.areas.receipts import new_holder
from assetmap.areas.views import AreaMixin
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset
from assetmap.inventory.single import CoordinatedMixin

from .code_forms import CodeForm
from .consent_forms import ConsentForm, SpokenConsentForm
from .erasure import erase_resident
from .links import code_link, qr
from .models import Approval, Consent, Resident
from .mydata import everything_about
from .receipt import AGAIN_WITHIN, ReceiptMixin
from .registration import record_consent, status_when_agreed
from .seen import seen_when_in_use

Who = Approval.Who


def to_hand_over():
    """Records whose person has not said yes yet, or has no e-mail to get in by."""
    no_way_in = Q(owner=None) | Q(owner__email=None)
    in_use = Q(status__in=[Status.ACTIVE, Status.PENDING])
    return Q(status=Status.UNCONFIRMED) | in_use & no_way_in


def let_in(resident):
    """Take a record into use that its person, or her guardian, said yes to."""
    status = status_when_agreed(resident)
    Asset.objects.filter(pk=resident.pk, status=Status.UNCONFIRMED).update(status=status)
    Approval.objects.filter(resident=resident).delete()


@method_decorator(never_cache, name="dispatch")
class ApproveView(AreaMixin, ReceiptMixin, FormView):
    """The page behind the code: what is written, what it would be used for, and a yes or no."""

    template_name = "residents/register/approve.html"
    form_class = CodeForm

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if not form_within_limit(form, request, "answer_approval"):
            return self.form_invalid(form)
        code = form.cleaned_data["code"] if form.is_valid() else ""
        approval = Approval.objects.open_to(code)
        if approval and approval.resident.area == self.area:
            return self._ask(approval, code)
        if resident := self._just_answered(code):
            return self.receipt(resident)
        if code:
            form.add_error("code", _("This code opens nothing: it may be answered, or too old."))
        return self.form_invalid(form)

    def _just_answered(self, code):
        """Return the record she said yes to here, if the line broke before she saw the receipt."""
        known, pk, at = self.request.session.get("said_yes", ("", None, 0))
        if known not in digests(code) or time.time() - at > AGAIN_WITHIN:
            return None
        answered = Resident.objects.filter(pk=pk, area=self.area)
        return answered.select_related("area", "owner").first()

    def _ask(self, approval, code):
        answer = self.request.POST.get("answer")
        ticks = ConsentForm(self.request.POST if answer == "yes" else None, area=self.area)
        if answer == "no":
            return self._no(approval)
        if answer == "yes" and ticks.is_valid():
            return self._yes(approval, ticks)
        context = {**self.frame(), "approval": approval, "code": code, "ticks": ticks}
        context["resident"] = approval.resident
        context["seen"] = seen_when_in_use(approval.resident)
        # A coordinator may have the code too, so nothing of her introductions.
        context["everything"] = everything_about(approval.resident, hers=False)
        return render(self.request, "residents/register/approve_ask.html", context)

    def _no(self, approval):
        erase_resident(approval.resident)
        messages.success(self.request, _("All of it is erased."))
        return redirect(self.area)

    @transaction.atomic
    def _yes(self, approval, ticks):
        resident, guardian = approval.resident, approval.who == Who.GUARDIAN
        given_by = Consent.GivenBy.GUARDIAN if guardian else Consent.GivenBy.SELF
        Consent.objects.give(resident, ticks.given(), **ticks.how(), given_by=given_by)
        let_in(resident)
        if guardian:
            messages.success(self.request, _("Thank you. It is kept now, as you said yes."))
            return redirect(self.area)
        self._give_way_in(resident)
        self.request.session["said_yes"] = [approval.digest, resident.pk, time.time()]
        return self.receipt(resident)

    def _give_way_in(self, resident):
        """Let her own it, and end what is open between her and others.

        The code was in a coordinator's hands, and those words are for the two alone.
        """
        resident.introductions.stop()
        if resident.owner is None:
            resident.owner = new_holder()
            Asset.objects.filter(pk=resident.pk).update(owner=resident.owner)
        else:
            resident.owner.introductions.filter(resident__area=self.area).stop()


@method_decorator(never_cache, name="dispatch")
class HandOverView(CoordinatedMixin, TemplateView):
    """A coordinator asks the person a record is about: by a code, or notes a yes she heard.

    Also a record in use can be handed over, unless its owner gets in by an e-mail: the person
    was asked on paper, or has lost her receipt. What the code opens ends in a receipt that the
    coordinator never sees.
    """

    model = Resident
    context_object_name = "resident"
    template_name = "residents/hand_over.html"

    def get_queryset(self):
        here = super().get_queryset().editable_by(self.request.user)
        return here.filter(to_hand_over())

    @property
    def who_is_asked(self):
        """A guardian if the young person asked for one, who keeps a code of her own."""
        resident = self.object
        if asked := Approval.objects.filter(resident=resident).first():
            return asked.who
        return Who.GUARDIAN if resident.guarded else Who.PERSON

    def get_form(self, data=None):
        form = SpokenConsentForm(data, area=self.area)
        if self.who_is_asked == Who.GUARDIAN:
            form.ask_guardian()
        return form

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(**kwargs)

    def post(self, request, **kwargs):
        return self._code() if "code" in request.POST else self._spoken()

    def _code(self):
        code = Approval.objects.ask(self.object, self.who_is_asked)
        link = code_link(self.request, self.area, "register:approve", code)
        return self.render_to_response(self.get_context_data(code=code, link=link, qr=qr(link)))

    def _spoken(self):
        form, resident = self.get_form(self.request.POST), self.object
        if resident.status != Status.UNCONFIRMED:
            raise Http404
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        with transaction.atomic():
            record_consent(resident, form)
            let_in(resident)
        messages.success(self.request, _("The yes is noted, and the record is in use."))
        return redirect(resident)
