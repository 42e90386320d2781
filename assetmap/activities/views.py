from datetime import date

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DetailView, TemplateView, UpdateView, View

from assetmap.areas.views import AreaMixin
from assetmap.inventory.models import Asset, Link
from assetmap.inventory.versions import HoldMixin

from .feed import as_calendar
from .filters import WeekFilter
from .forms import ActivityForm
from .models import Activity
from .models.activity import ORGANISERS
from .recurrence import next_occurrence, today, week_of
from .rights import may_write
from .seen import seen_in, with_places
from .week import week_with
from .wording import when, whom


def asset_at(area, user, uid):
    """Return the asset in use with a uid that a user sees in an area; 404 for any other."""
    try:
        return get_object_or_404(Asset.objects.visible_to(user).active(), area=area, uid=uid)
    except ValidationError:
        raise Http404 from None


class WeekView(AreaMixin, TemplateView):
    """What happens in the area, a week at a time."""

    template_name = "activities/week.html"

    def get_context_data(self, **kwargs):
        asked = WeekFilter(self.request.GET)
        week = self.week(asked)
        return super().get_context_data(
            form=asked,
            week=week,
            before=self.address(week=week.before),
            after=self.address(week=week.after),
            now=self.address(week=""),
            today=today(),
            feed=feed_address(self.request, self.area),
            **kwargs,
        )

    def week(self, asked):
        user = self.request.user
        rows = asked.of(seen_in(self.area, user)).standing(*week_of(asked.monday))
        return week_with(with_places(rows, self.area, user), asked.monday, asked.fits)

    def address(self, week):
        query = self.request.GET.copy()
        query["week"] = week
        return f"?{query.urlencode()}"


def feed_address(request, area, **query):
    address = request.build_absolute_uri(reverse("activities:feed", args=[area.slug]))
    return f"{address}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else address


class ActivityMixin(AreaMixin):
    """A page about one activity that the user may see."""

    slug_field = slug_url_kwarg = "uid"
    context_object_name = "activity"

    def get_queryset(self):
        return seen_in(self.area, self.request.user)

    def get_object(self, queryset=None):
        (activity,) = with_places([super().get_object(queryset)], self.area, self.request.user)
        return activity


class ActivityView(ActivityMixin, DetailView):
    template_name = "activities/activity.html"

    def get_context_data(self, **kwargs):
        activity = self.object
        return super().get_context_data(
            when=when(activity),
            days_off=[date.fromisoformat(day) for day in activity.off],
            whom=whom(activity),
            next=next_occurrence(activity, today()),
            may_edit=may_write(self.request.user, activity.organiser),
            **kwargs,
        )


class EditorMixin(AreaMixin):
    """For whoever looks after the organiser; visitors are asked to sign in."""

    form_class = ActivityForm
    template_name = "activities/form.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_write(request.user, self.organiser):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(organiser=self.organiser, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, form.waits or self.said)
        return response


class AddView(EditorMixin, CreateView):
    """Write down what the association or institution named by ?organiser= holds."""

    @cached_property
    def organiser(self):
        uid = self.request.GET.get("organiser")
        organiser = asset_at(self.area, self.request.user, uid)
        if organiser.layer not in ORGANISERS:
            raise Http404
        organiser.area = self.area
        return organiser

    def get_form_kwargs(self):
        made = Activity(area=self.area, organiser=self.organiser, created_by=self.request.user)
        return {**super().get_form_kwargs(), "instance": made}

    def get_initial(self):
        """Where it meets or has its home, if that is one place."""
        ties = Link.objects.visible_to(self.request.user).in_use()
        homes = ties.filter(source=self.organiser, kind__in=("meets_at", "has_site"))
        places = list(homes.values_list("target__name", "target__uid")[:2])
        if len(places) != 1:
            return {}
        return dict(zip(("where", "place_uid"), places[0], strict=True))

    @property
    def said(self):
        return _("“%s” stands in the calendar now.") % self.object


class EditView(HoldMixin, ActivityMixin, EditorMixin, UpdateView):
    held = Activity

    @cached_property
    def organiser(self):
        return self.get_object().organiser

    @property
    def said(self):
        return _("Saved.")


class EraseView(ActivityMixin, EditorMixin, View):
    """Take it out of the calendar."""

    http_method_names = ["post"]

    @cached_property
    def activity(self):
        return get_object_or_404(self.get_queryset(), uid=self.kwargs["uid"])

    @property
    def organiser(self):
        self.activity.organiser.area = self.area
        return self.activity.organiser

    def post(self, request, *args, **kwargs):
        self.activity.delete()
        messages.success(request, _("“%s” is out of the calendar.") % self.activity)
        return redirect(self.organiser)


class FeedView(AreaMixin, View):
    """What everybody may see as a calendar to follow: of the area, or of ?of= a place or group.

    A calendar has no session, so it is the same for everybody.
    """

    def get(self, request):
        nobody = AnonymousUser()
        rows, name = seen_in(self.area, nobody), self.area.name
        if uid := request.GET.get("of"):
            asset = asset_at(self.area, nobody, uid)
            rows, name = rows.of(asset), asset.name
        rows = [(row, row.place_seen) for row in with_places(rows, self.area, nobody)]
        content = as_calendar(name, rows, request.build_absolute_uri)
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{self.area.slug}.ics"'
        return response
