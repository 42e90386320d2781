from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from assetmap.areas.views import AreaMixin
from assetmap.inventory.models import Asset
from assetmap.network.introducing.ends import read_end

from ..contacts.open import asked_before
from ..models import Aside
from .asides import AsideForm, asides_of
from .cards import cards_of
from .forms import FinderForm
from .ranking import find


class FinderMixin(AreaMixin):
    """A page about what somebody looks for, as its address says."""

    @cached_property
    def form(self):
        return FinderForm(self.query, area=self.area)

    @property
    def query(self):
        return self.request.GET

    @cached_property
    def asker(self):
        return read_end("from", self.query, self.area, self.request.user)

    @cached_property
    def asked(self):
        return self.form.asked(self.asker.chosen)


class FinderView(FinderMixin, TemplateView):
    """Start from what you have, and see who fits, with reasons."""

    template_name = "partners/finder.html"

    def get_context_data(self, **kwargs):
        answer = find(self.asked, self.request.user)
        cards = cards_of(self.asked, answer.found, self.request.user)
        return super().get_context_data(
            form=self.form,
            ends=[self.asker],
            asker=self.asker.chosen,
            asked=self.asked,
            cards=with_contacts(cards, self.area, self.request.user),
            number=answer.number,
            because=Aside.Because.choices,
            asides=asides_of(self.area, self.request.user),
            query=self.query.urlencode(),
            **kwargs,
        )


def with_contacts(cards, area, user):
    """Return (card, the open contacts that somebody has with it) of each."""
    open_ = asked_before([card.asset.pk for card in cards], area, user)
    return [(card, open_.get(card.asset.pk, [])) for card in cards]


class AsideView(LoginRequiredMixin, FinderMixin, View):
    """A button on what was found: not this one, because; or take that back."""

    http_method_names = ["post"]

    def post(self, request):
        try:
            asset = self.asset()
        except ValidationError:
            asset = None
        if asset is None:
            messages.warning(request, _("That is not in the inventory any more."))
        elif request.POST.get("do") == "again":
            Aside.objects.filter(by=request.user, asset=asset).delete()
            messages.success(request, _("“%s” may be suggested again.") % asset)
        else:
            self.put_aside(asset)
        return redirect(f"{reverse('partners:finder', args=[self.area.slug])}{self.back}")

    def asset(self):
        seen = Asset.objects.visible_to(self.request.user).filter(area=self.area)
        return seen.filter(uid=self.request.POST.get("asset") or None).first()

    def put_aside(self, asset):
        form = AsideForm(self.request.POST, asset=asset)
        if form.is_valid():
            form.keep(self.request.user)
            said = _("“%s” is not suggested to you any more. You find it at the end of the page.")
            messages.success(self.request, said % asset)
        else:
            messages.warning(self.request, " ".join(e for es in form.errors.values() for e in es))

    @property
    def back(self):
        """The search that the button stood in."""
        query = self.request.POST.get("query", "")[:1000]
        return f"?{query}" if query else ""
