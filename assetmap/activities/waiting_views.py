"""The coordinators' list of activities that wait, and the buttons on each."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from assetmap.areas.views import CoordinatorMixin

from .models import Activity
from .seen import seen_in, with_places
from .waiting import drop, use, words_of

PAGE = 50  # the oldest first


class WaitingView(CoordinatorMixin, TemplateView):
    """What waits for a coordinator: new activities, and new words of others."""

    template_name = "activities/waiting.html"

    def get_context_data(self, **kwargs):
        rows = seen_in(self.area, self.request.user).to_decide().order_by("updated_at", "pk")
        rows = with_places(rows[:PAGE], self.area, self.request.user)
        return super().get_context_data(rows=[(row, words(row)) for row in rows], **kwargs)


def words(activity):
    """The words that wait, as [(label, what stands there now, what is proposed), …]."""
    label = Activity._meta.get_field
    return [
        (label(name).verbose_name, "" if activity.waiting else getattr(activity, name), text)
        for name, text in (words_of(activity) if activity.waiting else activity.proposed).items()
        if text
    ]


class DecideView(CoordinatorMixin, View):
    """A button on what waits: let it be seen, or not."""

    http_method_names = ["post"]

    def post(self, request, uid):
        rows = Activity.objects.visible_to(request.user).filter(area=self.area)
        activity, do = get_object_or_404(rows, uid=uid), request.POST.get("do")
        if do == "use":
            use(activity)
            messages.success(request, _("“%s” is seen now.") % activity)
        elif do == "drop" and activity.waiting:
            activity.delete()
            messages.success(request, _("“%s” is out of the calendar.") % activity)
        elif do == "drop":
            drop(activity)
            messages.success(request, _("“%s” stays as it was.") % activity)
        else:
            messages.warning(request, _("Choose one of the buttons."))
        return redirect(reverse("activities:waiting", args=[self.area.slug]))
