"""Ties worth making: the coordinators' list of them, and the buttons on each."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from assetmap.areas.views import CoordinatorMixin

from ..models import Verdict
from ..names import names_of, unnamed
from ..pages import NetworkMixin
from .cards import cards_of
from .forms import IdeaFilter
from .ideas import EACH, SHOWN, best, ideas_about, ideas_of
from .pairs import in_a_while, make_tie, pair_of, put_aside, refuse_stale, take_back

LATEST = 50  # of those put aside


class IdeasView(CoordinatorMixin, NetworkMixin, TemplateView):
    """Ties that the area could make, with reasons; those put aside below."""

    template_name = "network/ideas.html"

    @cached_property
    def form(self):
        return IdeaFilter(self.request.GET, area=self.area, user=self.request.user)

    @cached_property
    def verdicts(self):
        found = Verdict.objects.in_force().filter(one__area=self.area)
        return list(found.order_by("-created_at", "-pk").select_related("one", "other"))

    def get_context_data(self, **kwargs):
        chosen = self.form.chosen
        return super().get_context_data(
            form=self.form,
            about=chosen.get("about"),
            cards=cards_of(self.ideas(**chosen), self.area, self.request.user),
            query={**chosen, "about": chosen["about"].uid} if "about" in chosen else chosen,
            aside=self.aside(),
            more=max(0, len(self.verdicts) - LATEST),
            **kwargs,
        )

    def ideas(self, about=None, reason=None):
        """The ideas to show: without those put aside, and not too many with the same asset."""
        ideas = ideas_about(self.seen, about.pk) if about else ideas_of(self.seen)
        aside = {(verdict.one_id, verdict.other_id) for verdict in self.verdicts}
        left = [idea for idea in ideas if (idea.one, idea.other) not in aside]
        if reason:
            left = [idea for idea in left if any(r.kind == reason for r in idea.reasons)]
        return best(left, SHOWN, None if about else EACH)

    def aside(self):
        """The latest that were put aside, as (verdict, Named, Named)."""
        rows = self.verdicts[:LATEST]
        keys = {key for verdict in rows for key in (verdict.one_id, verdict.other_id)}
        names = names_of(keys, self.area, self.request.user)
        return [
            (v, *(names.get(key) or unnamed(key) for key in (v.one_id, v.other_id))) for v in rows
        ]


class IdeaView(CoordinatorMixin, View):
    """A button on an idea: make the tie, put it aside, or take it back."""

    http_method_names = ["post"]

    def post(self, request):
        try:
            decide = self.buttons.get(request.POST.get("do"))
            if decide is None:
                raise ValidationError(_("Choose one of the buttons."))
            self.pair = self.get_pair()
            return self.answer(decide(self))
        except ValidationError as refusal:
            return self.answer(" ".join(refusal.messages), is_refused=True)

    def get_pair(self):
        uids = [self.request.POST.get(end, "") for end in ("one", "other")]
        return pair_of(self.area, self.request.user, uids)

    def make(self):
        refuse_stale(*self.pair)
        link = make_tie(*self.pair, self.request.user, self.request.POST.get("tie", ""))
        self.link = link
        return _("The tie is there now: %(tie)s.") % {"tie": link}

    def never(self):
        refuse_stale(*self.pair)
        put_aside(*self.pair, self.request.user, until=None)
        return _("Not suggested any more: %(one)s and %(other)s.") % self.names

    def later(self):
        refuse_stale(*self.pair)
        put_aside(*self.pair, self.request.user, until=in_a_while())
        return _("Suggested again in 30 days: %(one)s and %(other)s.") % self.names

    def again(self):
        if not take_back(*self.pair):
            raise ValidationError(_("This was taken back already."))
        return _("Taken back. The tie may be suggested again.")

    buttons = {"make": make, "never": never, "later": later, "again": again}

    @property
    def names(self):
        one, other = self.pair
        return {"one": one, "other": other}

    def answer(self, sentence, is_refused=False):
        """Say it in the card's place, or on the list where there is no script."""
        if not self.request.htmx:
            say = messages.warning if is_refused else messages.success
            say(self.request, sentence)
            return redirect(f"{reverse('network:ideas', args=[self.area.slug])}{self.query}")
        aside = not is_refused and self.request.POST["do"] in ("never", "later")
        context = {"area": self.area, "sentence": sentence, "link": getattr(self, "link", None)}
        pair = self.pair if aside else None
        return render(self.request, "network/idea_done.html", {**context, "pair": pair})

    @property
    def query(self):
        """What the list was narrowed to, to come back to it."""
        kept = {
            name: self.request.POST[name]
            for name in ("reason", "about")
            if name in self.request.POST
        }
        return f"?{urlencode(kept)}" if kept else ""
