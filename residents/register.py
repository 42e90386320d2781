"""A resident registers herself: no account, a few steps, and a receipt at the end."""

import time
import uuid

from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from formtools.wizard.storage import get_storage
from formtools.wizard.views import NamedUrlSessionWizardView, WizardView

from assetmap.areas.limits import form_within_limit
from assetmap.areas.views import AreaMixin
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Gift, Offering

from .links import code_link, qr
from .mails import mail_address_link, mail_guardian_link
from .models import Approval, Resident
from .receipt import AGAIN_WITHIN, ReceiptMixin
from .registration import Answers, preview, record_consent, register
from .steps import AboutForm, FinishForm, GiftsForm, HowForm, WhoForm, YoungFinishForm

WAYS = {  # what one presses on the first page: whether all steps are asked, and who says yes
    "quick": {"long": False, "young": False},
    "long": {"long": True, "young": False},
    "young": {"long": False, "young": True},
}


@method_decorator(never_cache, name="dispatch")  # nobody finds it by pressing Back afterwards
class DraftMixin(AreaMixin):
    """What is begun and not sent yet. It lives in the session, and goes with it."""

    storage_name = NamedUrlSessionWizardView.storage_name

    def get_prefix(self, request, *args, **kwargs):
        return f"register-{self.area.slug}"

    @property
    def draft(self):
        """What is known of the registration itself: its token, way, and when it was sent."""
        return self.storage.extra_data or {}

    @property
    def is_open(self):
        begun = "token" in self.draft and "sent" not in self.draft
        return begun and not self.has_record()


class StartView(DraftMixin, TemplateView):
    """What it is about, how long it takes, and whether she is 15: then straight on."""

    template_name = "residents/register/start.html"

    @cached_property
    def storage(self):
        """As formtools keeps it. To ask for it begins a session, so looking does not."""
        return get_storage(self.storage_name, self.get_prefix(self.request), self.request)

    def get(self, request, *args, **kwargs):
        if self.has_record():
            return redirect("me:me", self.area.slug)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        begun = f"wizard_{self.get_prefix(self.request)}" in self.request.session
        step = begun and self.is_open and (self.storage.current_step or "gifts")
        return super().get_context_data(begun=step, **kwargs)

    def post(self, request):
        way = WAYS.get(request.POST.get("way"))
        if way is None or self.has_record():
            return redirect("register:start", self.area.slug)
        self.storage.reset()
        self.storage.extra_data = {"token": uuid.uuid4().hex, **way}
        return redirect("register:step", self.area.slug, "gifts")


def takes_the_long_way(wizard):
    return wizard.draft.get("long")


class RegisterView(DraftMixin, ReceiptMixin, NamedUrlSessionWizardView):
    """The steps, one form each; what is answered is kept until the last one is sent."""

    form_list = [
        ("gifts", GiftsForm),
        ("how", HowForm),
        ("about", AboutForm),
        ("who", WhoForm),
        ("finish", FinishForm),
    ]
    condition_dict = {"how": takes_the_long_way, "about": takes_the_long_way}

    def get_step_url(self, step):
        return reverse(self.url_name, args=[self.area.slug, step])

    def get_template_names(self):
        return [f"residents/register/{self.steps.current}.html"]

    def get(self, request, *args, step, **kwargs):
        if not self.is_open or step not in self.get_form_list():
            return redirect("register:start", self.area.slug)
        return super().get(request, *args, step=step, **kwargs)

    def post(self, request, *args, step, **kwargs):
        if "sent" in self.draft:
            return self._post_again(step)
        if not self.is_open or step not in self.get_form_list():
            return redirect("register:start", self.area.slug)
        if request.POST.get(f"{self.prefix}-current_step") != step:  # no form of this page
            return redirect("register:step", self.area.slug, step)
        self.storage.current_step = step
        if step == "gifts" and "find" in request.POST:
            return self.render(GiftsForm.searching(request.POST, prefix=step))
        return WizardView.post(self, request, *args, **kwargs)

    # The forms

    def get_form_step_data(self, form):
        """Keep what the form asks for and nothing else that came along, such as a search."""
        asked = [form.add_prefix(name) for name in form.fields]
        kept = {name: form.data.getlist(name) for name in asked if name in form.data}
        return MultiValueDict(kept)

    def get_form(self, step=None, data=None, files=None):
        step = step or self.steps.current
        if step == "finish" and self.draft.get("young"):
            return YoungFinishForm(data, prefix=step)
        return super().get_form(step, data, files)

    def get_form_kwargs(self, step=None):
        if step == "how":
            return {"chosen": self._chosen()}
        return {"area": self.area} if step in ("who", "finish") else {}

    def _chosen(self):
        """Return [(key, gift or own words)] of what she ticked and wrote in the first step."""
        told = self.get_cleaned_data_for_step("gifts") or {"gifts": [], "words": ""}
        gifts = Gift.objects.filter(code__in=told["gifts"])
        words = [("words", told["words"])] if told["words"] else []
        return [(gift.code, gift) for gift in gifts] + words

    def _answers(self):
        told = {step: self.get_cleaned_data_for_step(step) or {} for step in self.get_form_list()}
        how = told.get("how", {})
        offerings = [
            Offering(
                gift=None if key == "words" else gift,
                text=gift if key == "words" else "",
                mode=how.get(f"mode-{key}", Offering.Mode.CAN),
                proud=key in how.get("proud", []),
            )
            for key, gift in self._chosen()
        ]
        return Answers(told["who"], offerings, told.get("about", {}), self.draft["young"])

    def get_context_data(self, form, **kwargs):
        if self.steps.current == "finish" and self.get_cleaned_data_for_step("who"):
            kwargs["seen"] = preview(self.area, self._answers())
        return super().get_context_data(form=form, young=self.draft["young"], **kwargs)

    # The end

    def render_done(self, form, **kwargs):
        """Check all the steps once more and write the record, where formtools would redirect."""
        if not form_within_limit(form, self.request, "register"):
            return self.render(form)
        draft = self.draft
        response = WizardView.render_done(self, form, **kwargs)
        if self.draft != draft:  # formtools has emptied it: all steps were right
            self.storage.extra_data = draft | {"sent": time.time()}
        return response

    def done(self, forms, form_dict, **kwargs):
        finish = form_dict["finish"]
        user = self.request.user if self.request.user.is_authenticated else None
        try:
            with transaction.atomic():
                resident = register(self.area, self._answers(), self.draft["token"], user)
                if not self.draft["young"]:
                    record_consent(resident, finish)
                # In here, so that of two receipts the one she sees is the one that holds.
                return self._end(resident, finish)
        except IntegrityError:  # the same form, sent twice at once
            if (resident := self._sent()) is None:
                raise
            return self._end(resident, finish)

    def _sent(self):
        sent = Resident.objects.filter(area=self.area, source_id=self.draft["token"])
        return sent.select_related("area", "owner").first()

    def _post_again(self, step):
        """The line broke before she saw the receipt: she gets a new one, for a little while."""
        form = self.get_form("finish", self.request.POST)
        early = time.time() - self.draft["sent"] < AGAIN_WITHIN
        resident = self._sent() if early and step == "finish" and form.is_valid() else None
        if resident is None:
            return redirect("register:start", self.area.slug)
        return self._end(resident, form)

    def _end(self, resident, finish):
        if self.draft["young"]:
            return self.receipt(resident, **self._ask_guardian(resident, finish))
        if (email := finish.cleaned_data["email"]) and not resident.owner.email:
            mailed = mail_address_link(self.request, resident, email)
            return self.receipt(resident, email=email, mailed=mailed)
        return self.receipt(resident)

    def _ask_guardian(self, resident, finish):
        if resident.status != Status.UNCONFIRMED:
            return {}  # answered before the form was sent again
        code = Approval.objects.ask(resident, Approval.Who.GUARDIAN)
        link = code_link(self.request, self.area, "register:approve", code)
        email = finish.cleaned_data["guardian_email"]
        mailed = bool(email) and mail_guardian_link(self.request, resident, email, code)
        return {
            "guardian_code": code,
            "guardian_link": link,
            "guardian_qr": qr(link),
            "guardian_mailed": mailed,
        }


class YoungView(AreaMixin, TemplateView):
    """Under 15: a group's gift without names, or a parent's or guardian's yes."""

    template_name = "residents/register/young.html"


class PosterView(AreaMixin, TemplateView):
    """A sheet to print and put up in the stairway, with the short link as words and as QR."""

    template_name = "residents/register/poster.html"

    def get_context_data(self, **kwargs):
        short = self.request.build_absolute_uri(reverse("register-short", args=[self.area.slug]))
        return super().get_context_data(link=short, qr=qr(short), **kwargs)
