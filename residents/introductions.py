"""Contact without an address: somebody asks to meet a resident, and both say yes first."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, ListView, UpdateView, View
from django.views.generic.detail import SingleObjectMixin

from assetmap.areas.models import Membership, User
from assetmap.areas.roles import Role, areas_as
from assetmap.areas.views import AreaMixin
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset
from assetmap.inventory.versions import HoldMixin

from .introduction_forms import AnswerForm, AskForm
from .models import Consent, Introduction, Resident
from .models.introduction import NO_WORDS, OPEN

State = Introduction.State
LATEST = 100  # rows of the coordinators' table
ROLES = {
    Role.RESIDENT: gettext_lazy("a neighbour"),
    Role.PARTNER: gettext_lazy("a partner"),
    Role.COORDINATOR: gettext_lazy("a coordinator"),
}


# Who may be asked, and by whom ------------------------------------------------------------


def may_ask(user, area):
    """Whether the user is somebody in the area, and so may ask for introductions there."""
    return user.is_authenticated and (user.is_superuser or area.pk in areas_as(user, *Role))


def open_to(user):
    """Residents whom the user sees, who agreed to be introduced, and who can answer."""
    agreed = Consent.objects.standing().filter(purpose=Consent.Purpose.INTRODUCE)
    seen = Resident.objects.visible_to(user).filter(status=Status.ACTIVE, owner__is_active=True)
    return seen.filter(pk__in=agreed.values("resident")).exclude(owner=user.pk)


def may_be_asked(resident, user):
    """Whether a resident's page offers an introduction; a visitor is asked to sign in first."""
    if user.is_authenticated and not may_ask(user, resident.area):
        return False
    return open_to(user).filter(pk=resident.pk).exists()


def why_closed(introduction):
    """Return why she cannot say yes any more, in a sentence; empty if she can."""
    if not introduction.asker_role:
        return _("Whoever asked has no part in the area any more. You can only say no.")
    if introduction.resident.status != Status.ACTIVE:
        return _("Your page is not in use, so for now you can only say no.")
    if not introduction.resident.agrees_to(Consent.Purpose.INTRODUCE):
        return _("You have chosen not to be introduced. Change that to say yes, or say no.")
    return ""


def with_role(introductions):
    """Add `asker_role`: what the asker is in the area now, None if nothing any more."""
    held = Membership.objects.filter(
        user=OuterRef("asker"), area=OuterRef("resident__area"), user__is_active=True
    )
    everywhere = Q(asker__is_superuser=True, asker__is_active=True)
    role = Case(
        When(everywhere, then=Value(Role.COORDINATOR.value)),
        default=Subquery(held.values("role")[:1]),
    )
    return introductions.annotate(asker_role=role)


def in_words(role):
    return ROLES.get(role, _("somebody who has no part in the area any more"))


def whom(introduction):
    """The resident's name as it shows on her page, if the page still shows to the asker."""
    seen = introduction.shows
    return introduction.resident.name if seen else _("somebody who is not shown")


# The pages --------------------------------------------------------------------------------


class BetweenTwoMixin(LoginRequiredMixin, AreaMixin):
    """Pages for the two whom an introduction is about; for others it does not exist."""

    def get_queryset(self):
        user = self.request.user
        seen = Asset.objects.visible_to(user).filter(pk=OuterRef("resident"))
        own = Introduction.objects.of(user).filter(resident__area=self.area)
        return with_role(own).annotate(shows=Exists(seen)).select_related("resident")

    def is_asked(self, introduction):
        return introduction.resident.owner_id == self.request.user.pk

    def page_of(self, introduction):
        return reverse("introductions:answer", args=[self.area.slug, introduction.pk])

    def move(self, introduction, states, **columns):
        """Change it if it is still in one of the states, or say that it is not."""
        still = Introduction.objects.filter(pk=introduction.pk, state__in=states)
        return still.update(**columns) or self.say_late()

    def say_late(self):
        messages.warning(self.request, _("It was answered or stopped in the meantime."))

    def send(self, to, subject, template, introduction):
        """Mail that something waits on the page; what it is stands in no mail."""
        if to.email:
            link = self.request.build_absolute_uri(self.page_of(introduction))
            body = render_to_string(template, {"area": self.area, "link": link})
            send_mail(subject, body, None, [to.email])


class IntroductionListView(BetweenTwoMixin, ListView):
    """What was asked of her and what she asked; for coordinators also that others did."""

    template_name = "residents/introduction_list.html"
    paginate_by = 50

    def get_queryset(self):
        over = Case(When(state__in=OPEN, then=0), default=1)
        return super().get_queryset().order_by(over, "-created_at", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        context["of_her"] = [(r, in_words(r.asker_role)) for r in rows if self.is_asked(r)]
        context["by_her"] = [(r, whom(r)) for r in rows if not self.is_asked(r)]
        if context["coordinator"]:
            context["happened"] = self.happened()
        return context

    def happened(self):
        """That people asked, never what or who: no such column is even read."""
        rows = with_role(Introduction.objects.filter(resident__area=self.area))
        columns = rows.values("created_at", "state", "asker_role", name=F("resident__name"))
        return [
            row | {"role": in_words(row["asker_role"]), "state": State(row["state"]).label}
            for row in columns[:LATEST]
        ]


class AskView(BetweenTwoMixin, HoldMixin, CreateView):
    """Ask to be introduced to a resident: the message, and the asker's own yes."""

    form_class = AskForm
    template_name = "residents/introduction_ask.html"
    held = Asset

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may_ask(request.user, self.area):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def resident(self):
        asked = open_to(self.request.user).filter(area=self.area).select_related("area", "owner")
        return get_object_or_404(asked, uid=self.kwargs["uid"])

    def get(self, request, *args, **kwargs):
        before = self.get_queryset().filter(asker=request.user, resident=self.resident)
        if waiting := before.filter(state__in=OPEN).first():
            return redirect(self.page_of(waiting))
        return super().get(request, *args, **kwargs)

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        # Both are held, she here and the resident by HoldMixin, so that the limits count right.
        User.objects.select_for_update().get(pk=request.user.pk)
        return super().post(request, *args, **kwargs)

    def get_initial(self):
        user = self.request.user
        return {"asker_name": user.name, "asker_contact": user.email}

    def get_form_kwargs(self):
        introduction = Introduction(resident=self.resident, asker=self.request.user)
        return {**super().get_form_kwargs(), "instance": introduction}

    def get_context_data(self, **kwargs):
        return super().get_context_data(asset=self.resident, **kwargs)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:  # what the form looked for came between
            form.add_error(None, _("You have asked already. Wait for the answer."))
            return self.form_invalid(form)
        subject = _("Somebody would like to meet you")
        template = "residents/mail/introduction_asked.txt"
        self.send(self.resident.owner, subject, template, form.instance)
        messages.success(self.request, _("Your message is sent. The answer comes here."))
        return redirect(self.page_of(form.instance))


class AnswerView(BetweenTwoMixin, UpdateView):
    """What each of the two may read of it, and her yes or no."""

    form_class = AnswerForm
    template_name = "residents/introduction.html"
    context_object_name = "introduction"

    def get_queryset(self):
        both = super().get_queryset()
        if self.request.method == "POST":
            return both.filter(resident__owner=self.request.user)
        return both

    def get_initial(self):
        resident = self.object.resident
        return {"resident_name": resident.name, "resident_contact": resident.contact}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "closed": why_closed(self.object)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            is_asked=self.is_asked(self.object),
            role=in_words(self.object.asker_role),
            whom=whom(self.object),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if request.POST.get("answer") != "no":
            return super().post(request, *args, **kwargs)
        introduction = self.get_object()
        no = {"state": State.DECLINED, "answered_at": timezone.now()}
        if self.move(introduction, [State.ASKED], **no, **NO_WORDS):
            messages.success(request, _("You said no, thank you. What was written is gone."))
        return redirect(self.page_of(introduction))

    @transaction.atomic
    def form_valid(self, form):
        yes = {"state": State.ACCEPTED, "answered_at": timezone.now()}
        if self.move(self.object, [State.ASKED], **yes, **form.cleaned_data):
            subject = _("The answer is yes")
            template = "residents/mail/introduction_accepted.txt"
            self.send(self.object.asker, subject, template, self.object)
            messages.success(self.request, _("You both said yes: now you can reach each other."))
        return redirect(self.page_of(self.object))


class StopView(BetweenTwoMixin, SingleObjectMixin, View):
    """Either of the two stops it, and takes the words away for both."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        introduction = self.get_object()
        if Introduction.objects.filter(pk=introduction.pk).stop():
            messages.success(request, _("It is stopped. What was written is gone."))
        else:
            self.say_late()
        return redirect(self.page_of(introduction))
