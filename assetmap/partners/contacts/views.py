from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, TemplateView, View
from django.views.generic.detail import SingleObjectMixin

from assetmap.areas.views import AreaMixin

from ..finding.ranking import found_of
from ..finding.views import FinderMixin
from ..models import Contact
from ..models.contact import OPEN
from .board import board
from .called import with_names
from .draft import draft
from .forms import OVER, PATIENCE, NewContactForm, ReplyForm
from .mails import tell_other_side
from .open import asked_before
from .rights import (
    is_answering,
    may_be_written_to,
    may_make_tie,
    may_write,
    of_hers,
    on_whose_behalf,
)
from .steps import become, close, may_add, meet, write

NOBODY = gettext_lazy(
    "Your message stands here, but nobody gets a mail: they have neither an account nor an "
    "e-mail. Ask them in another way, or write their e-mail on their page first."
)
TOO_EARLY = gettext_lazy("They have not answered yet. It becomes a tie when they have.")
LANGUAGES = {"da": "Dansk", "en": "English"}


class BoardView(LoginRequiredMixin, AreaMixin, TemplateView):
    """Who has been written to in the area, and how far it has come."""

    template_name = "partners/contacts.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(columns=board(self.area, user), **kwargs)


class NewContactView(LoginRequiredMixin, FinderMixin, FormView):
    """A drafted message to what was found, to be changed and sent."""

    template_name = "partners/contact_new.html"
    form_class = NewContactForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may_write(request.user, self.area):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def to(self):
        written = may_be_written_to(self.area, self.request.user).select_related("owner")
        return get_object_or_404(written, uid=self.kwargs["uid"])

    @cached_property
    def about(self):
        """Whom the asset is asked to introduce one to, as ?about= says."""
        uid = self.query.get("about")
        try:
            others = may_be_written_to(self.area, self.request.user).exclude(pk=self.to.pk)
            return others.filter(uid=uid).first() if uid else None
        except ValidationError:
            return None

    @cached_property
    def found(self):
        """How the asset fits what was looked for."""
        return found_of(self.asked, self.to, self.request.user)

    @cached_property
    def language(self):
        asked = self.query.get("lang") or get_language()[:2]
        return asked if asked in LANGUAGES else "da"

    @cached_property
    def others(self):
        return asked_before([self.to.pk], self.area, self.request.user).get(self.to.pk, [])

    def get(self, request, *args, **kwargs):
        own = Contact.objects.filter(sender=request.user, to=self.to, state__in=OPEN).first()
        if own:
            messages.info(request, _("You have written to them already. Go on here."))
            return redirect(own)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        user = self.request.user
        contact = Contact(area=self.area, sender=user, to=self.to, about=self.about)
        behalf = on_whose_behalf(self.area, user).order_by("name_order", "pk")
        return {
            **super().get_form_kwargs(),
            "contact": contact,
            "behalf": behalf,
            "others": self.others,
        }

    def get_initial(self):
        asker, user = self.asked.asker, self.request.user
        text = draft(self.asked, self.found, self.to, user, self.language, self.about)
        return {"text": text, "on_behalf": asker.uid if asker else None}

    def get_context_data(self, **kwargs):
        query = self.query.copy()
        query.pop("lang", None)
        return super().get_context_data(
            asset=self.to,
            about=self.about,
            others=self.others,
            languages=[(code, name, code == self.language) for code, name in LANGUAGES.items()],
            query=query.urlencode(),
            asker=self.asked.asker,
            between=self.between(),
            **kwargs,
        )

    def between(self):
        """The asset through which the two know each other, where that one can be written to."""
        found = self.found
        facts = found.parts["known"].facts if found and "known" in found.parts else ()
        keys = [fact[1] for fact in facts if fact[0] == "through"]
        seen = may_be_written_to(self.area, self.request.user)
        return None if self.about else seen.filter(pk__in=keys).first()

    def form_valid(self, form):
        try:
            with transaction.atomic():
                form.save()
                told = tell_other_side(form.contact, from_sender=True)
        except IntegrityError:  # a second click, or another window
            form.add_error(None, _("You have written to them already."))
            return self.form_invalid(form)
        if told:
            messages.success(self.request, _("Your message is sent. The answer comes here."))
        else:
            messages.warning(self.request, NOBODY)
        return redirect(form.contact)


class ContactMixin(LoginRequiredMixin, AreaMixin):
    """A page for the two sides of a contact; for others there is none."""

    slug_field = slug_url_kwarg = "uid"
    context_object_name = "contact"

    def get_queryset(self):
        rows = of_hers(self.area, self.request.user)
        return rows.select_related("area", "to__owner", "sender", "on_behalf", "about")


class ContactView(ContactMixin, DetailView):
    """The thread of one contact, with a field to answer in."""

    template_name = "partners/contact.html"

    def get_context_data(self, **kwargs):
        contact = with_names(self.object, self.request.user)
        kwargs.setdefault("form", ReplyForm())
        return super().get_context_data(
            thread=list(contact.messages.all()),
            answering=is_answering(contact, self.request.user, self.area),
            may_make_tie=may_make_tie(contact, self.request.user, self.area),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        self.object = contact = self.get_object()
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        from_sender = not is_answering(contact, request.user, self.area)
        if not may_add(contact, from_sender):
            form.add_error(None, PATIENCE)
        elif write(contact, form.cleaned_data["text"], request.user, from_sender):
            messages.success(request, _("Sent."))
            return redirect(contact)
        else:
            form.add_error(None, OVER)
        return self.render_to_response(self.get_context_data(form=form))


class StepView(ContactMixin, SingleObjectMixin, View):
    """A button on a contact: we met, it became something, not this time."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        contact, step = self.get_object(), request.POST.get("do")
        steps = {
            "met": lambda: meet(contact) and _("Good that you met."),
            "became": lambda: (
                become(contact, request.user) and _("How good. It stands in the inventory now.")
            ),
            "closed": lambda: close(contact) and _("It is put aside. You can write again later."),
        }
        if step not in steps:
            messages.warning(request, _("Choose one of the buttons."))
        elif step == "became" and not may_make_tie(contact, request.user, self.area):
            messages.warning(request, TOO_EARLY)
        elif said := steps[step]():
            messages.success(request, said)
        else:
            messages.warning(request, _("It has gone on in the meantime."))
        return redirect(reverse("partners:contact", args=[self.area.slug, contact.uid]))
