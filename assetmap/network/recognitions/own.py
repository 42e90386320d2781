"""What neighbours say of somebody, on a page of her own: to be seen, hidden or erased by her."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from residents.me import OwnMixin

from ..models import Recognition

State = Recognition.State


class HersMixin(OwnMixin):
    """What was said of her in the area; whoever has no record here has no such page."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.resident = self.get_resident()
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        hers = {"area": self.area, "resident__owner": self.request.user}
        return Recognition.objects.in_time().filter(**hers).select_related("resident")


class OwnRecognitionsView(HersMixin, TemplateView):
    template_name = "network/recognitions_own.html"

    def get_context_data(self, **kwargs):
        said = {state: [] for state in State}
        for recognition in self.get_queryset():
            said[recognition.state].append(recognition)
        lists = {state.value: rows for state, rows in said.items()}
        return super().get_context_data(resident=self.resident, **lists, **kwargs)


class AnswerView(HersMixin, View):
    """One button each: what she decides she may change again later."""

    http_method_names = ["post"]

    def post(self, request, pk):
        answer = self.answers.get(request.POST.get("do"))
        if answer is None:
            messages.warning(request, _("Press one of the buttons."))
        elif said := answer(self, self.get_queryset().filter(pk=pk)):
            messages.success(request, said)
        else:
            messages.warning(request, _("It is not there any more."))
        return redirect("network:my-recognitions", self.area.slug)

    def accept(self, recognition):
        done = recognition.update(state=State.ACCEPTED, answered_at=timezone.now())
        return done and _("Thank you. It stands on your page now, for those who may see the page.")

    def hide(self, recognition):
        done = recognition.update(state=State.HIDDEN, answered_at=timezone.now())
        return done and _("It is hidden. Only you can see it.")

    def not_me(self, recognition):
        """Back to the coordinators, who took somebody else's words for hers."""
        waiting = recognition.filter(state=State.WAITING)
        return waiting.update(resident=None) and _("It goes back to the coordinators.")

    def erase(self, recognition):
        deleted, _tables = recognition.delete()
        return deleted and _("It is erased.")

    answers = {"accept": accept, "hide": hide, "not-me": not_me, "erase": erase}
