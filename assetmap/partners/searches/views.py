from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import CreateView, TemplateView, View

from assetmap.areas.views import AreaMixin

from ..finding.cards import cards_of
from ..finding.ranking import find
from ..models import SavedSearch
from .fitting import LOOKED_THROUGH, asked_by, fitting, new_for
from .forms import SaveForm

NAMED = 5  # new ones of a search that the page names


class OwnMixin(LoginRequiredMixin, AreaMixin):
    """A page about one's own searches in an area."""

    @property
    def own(self):
        user = self.request.user
        return SavedSearch.objects.filter(user=user.pk, area=self.area).select_related("area")

    @property
    def page(self):
        return reverse("partners:searches", args=[self.area.slug])


class SearchesView(OwnMixin, TemplateView):
    """What one looks for, and what of it is new."""

    template_name = "partners/searches.html"

    def get_context_data(self, **kwargs):
        rows = [(search, *self.news(search)) for search in self.own]
        return super().get_context_data(searches=rows, **kwargs)

    def news(self, search):
        """The new ones by name, and how many there are."""
        search.user, search.area = self.request.user, self.area
        new = set(new_for(search))
        if not new:
            return [], 0
        asked = asked_by(search)
        found = find(asked, search.user, LOOKED_THROUGH).found
        cards = cards_of(asked, [f for f in found if f.key in new][:NAMED], search.user)
        return cards, len(new)


class SaveView(OwnMixin, CreateView):
    """Keep the search that the address holds."""

    form_class = SaveForm
    template_name = "partners/search_save.html"

    @property
    def query(self):
        """The finder's query without what was left empty."""
        kept = QueryDict(mutable=True)
        for name, values in self.request.GET.lists():
            if values := [value for value in values if value]:
                kept.setlist(name, values)
        return kept.urlencode()[:1000]

    def get_form_kwargs(self):
        search = SavedSearch(user=self.request.user, area=self.area, query=self.query)
        return {**super().get_form_kwargs(), "instance": search}

    def get_context_data(self, **kwargs):
        return super().get_context_data(query=self.query, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        search = form.save()
        search.known.set(fitting(search))
        messages.success(self.request, _("The search is saved."))
        return redirect(self.page)


class StepView(OwnMixin, View):
    """A button on a saved search: seen, mails on or off, take it out."""

    http_method_names = ["post"]

    def post(self, request, pk):
        search, step = get_object_or_404(self.own, pk=pk), request.POST.get("do")
        steps = {"seen": self.seen, "mail": self.mail, "erase": self.erase}
        if step in steps:
            messages.success(request, steps[step](search))
        else:
            messages.warning(request, _("Choose one of the buttons."))
        return redirect(self.page)

    def seen(self, search):
        search.known.add(*new_for(search))
        return _("You are told of what is new from now on.")

    def mail(self, search):
        search.by_mail = not search.by_mail
        search.save(update_fields=["by_mail"])
        return _("You get mails about it.") if search.by_mail else _("You get no mails about it.")

    def erase(self, search):
        search.delete()
        return _("The search is gone.")
