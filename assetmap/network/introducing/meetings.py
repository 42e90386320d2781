"""Introductions: somebody proposes that two assets meet, and both sides say yes first."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DetailView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from assetmap.areas.models import User
from assetmap.areas.roles import may_coordinate
from assetmap.areas.views import AreaMixin
from assetmap.inventory.models import Asset
from residents.introductions import in_words

from ..models import Meeting
from .becoming import became
from .mails import say_that_both_agreed, say_that_it_waits
from .meeting_forms import AnswerForm, ProposeForm
from .reading import Reading, connector_role
from .sides import OTHER, involving, may_meet, may_propose, with_names

State = Meeting.State
OPEN_STATES = [State.ASKED, State.AGREED]


class MeetingMixin(LoginRequiredMixin, AreaMixin):
    """Pages for the two sides of a meeting and whoever proposed it; for others there is none."""

    def get_queryset(self):
        found = Meeting.objects.filter(involving(self.request.user, self.area))
        return found.select_related("one__owner", "other__owner", "connector", "area")

    def page_of(self, meeting):
        return reverse("network:meeting", args=[self.area.slug, meeting.pk])

    def read(self, meetings):
        """Return the Readings of some meetings, as whoever looks may read them."""
        user = self.request.user
        coordinates = may_coordinate(user, self.area)
        named = with_names(meetings, self.area, user)
        return [Reading(meeting, user, coordinates) for meeting in named]

    def say_late(self):
        messages.warning(self.request, _("It was answered or stopped in the meantime."))


class MeetingListView(MeetingMixin, ListView):
    """What waits for her answer, what she proposed, and what else she has a part in."""

    template_name = "network/meetings.html"
    paginate_by = 50

    def get_queryset(self):
        over = Case(When(state__in=OPEN_STATES, then=0), default=1)
        return super().get_queryset().order_by(over, "-created_at", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = self.read(context["object_list"])
        waiting = [row for row in rows if row.to_answer]
        rest = [row for row in rows if not row.to_answer]
        return context | {
            "waiting": waiting,
            "taking_part": [row for row in rest if row.sides],
            "proposed": [row for row in rest if not row.sides],
        }


class ProposeView(MeetingMixin, CreateView):
    """Propose that two assets meet: one text, why they should."""

    form_class = ProposeForm
    template_name = "network/meeting_propose.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may_propose(request.user, self.area):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def two(self):
        """The two assets of the address, in the order that a meeting keeps them in."""
        uids = [self.request.GET.get(side) for side in OTHER]
        try:
            found = list(may_meet(self.area, self.request.user).filter(uid__in=uids))
        except ValidationError:
            raise Http404 from None
        if len(found) != len(OTHER):
            raise Http404
        return sorted(found, key=lambda asset: asset.pk)

    def get(self, request, *args, **kwargs):
        one, other = self.two
        before = self.get_queryset().filter(one=one, other=other, state__in=OPEN_STATES)
        if waiting := before.first():
            return redirect(self.page_of(waiting))
        return super().get(request, *args, **kwargs)

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        # All three are held, so that the limits count right; in this order, so that none waits
        # for another in a circle.
        User.objects.select_for_update().get(pk=request.user.pk)
        keys = [asset.pk for asset in self.two]
        list(Asset.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        one, other = self.two
        made = Meeting(area=self.area, connector=self.request.user, one=one, other=other)
        return {**super().get_form_kwargs(), "instance": made}

    def get_context_data(self, **kwargs):
        for asset in self.two:
            asset.area = self.area
        return super().get_context_data(two=self.two, **kwargs)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:  # what the form looked for came between
            form.add_error(None, _("Somebody has proposed this already."))
            return self.form_invalid(form)
        say_that_it_waits(self.request, form.instance)
        messages.success(self.request, _("Both sides are asked. What they answer comes here."))
        return redirect(self.page_of(form.instance))


class MeetingView(MeetingMixin, DetailView):
    """What each of the three may read of a meeting, and the yes or no of a side."""

    template_name = "network/meeting.html"
    context_object_name = "meeting"

    @cached_property
    def reading(self):
        return self.read([self.object])[0]

    def get_context_data(self, form=None, **kwargs):
        typed = {form.side: form} if form else {}
        forms = [typed.get(side) or self.form(side) for side in self.reading.to_answer]
        role = in_words(connector_role(self.object))
        return super().get_context_data(reading=self.reading, forms=forms, role=role, **kwargs)

    def form(self, side, data=None):
        of = self.reading
        words = {"called": of.called(side), "closed": of.why_closed(side)}
        return AnswerForm(data, side=side, initial=of.begins_with(side), **words)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        side = request.POST.get("side")
        if side not in self.reading.sides:
            raise Http404  # whoever proposed it, or the other side
        if request.POST.get("answer") == "no":
            return self.say_no()
        form = self.form(side, request.POST)
        if side in self.reading.to_answer and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self.say_yes(form)

    def say_no(self):
        rows = Meeting.objects.filter(pk=self.object.pk)
        if rows.end(State.DECLINED, [State.ASKED]):
            said = _("You said no, thank you. What was written is gone.")
            messages.success(self.request, said)
        else:
            self.say_late()
        return redirect(self.page_of(self.object))

    @transaction.atomic
    def say_yes(self, form):
        rows = Meeting.objects.filter(pk=self.object.pk)
        if not (form.is_valid() and rows.say_yes(form.side, OTHER[form.side], **form.columns())):
            self.say_late()
        elif rows.filter(state=State.AGREED).exists():
            say_that_both_agreed(self.request, self.object)
            messages.success(self.request, _("You both said yes: now you can reach each other."))
        else:
            said = _(
                "You said yes. As soon as the other side does too, you see each other's names."
            )
            messages.success(self.request, said)
        return redirect(self.page_of(self.object))


class MeetingStepView(MeetingMixin, SingleObjectMixin, View):
    """A button on a meeting's page."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        meeting = self.get_object()
        said = self.step(self.read([meeting])[0])
        if said:
            messages.success(request, said)
        else:
            self.say_late()
        return redirect(self.page_of(meeting))


class StopView(MeetingStepView):
    """A side stops it at any time, and whoever proposed it until both have said yes."""

    def step(self, reading):
        states = OPEN_STATES if reading.sides else [State.ASKED]
        stopped = Meeting.objects.filter(pk=reading.meeting.pk).end(State.STOPPED, states)
        return stopped and _("It is stopped. What was written is gone.")


class BecameView(MeetingStepView):
    """Either side says that it became something, which makes a tie."""

    def step(self, reading):
        if not reading.sides:
            raise Http404
        return became(reading.meeting, self.request.user) and _(
            "How good. The two are tied from now on, and the names and numbers are gone from here."
        )
