from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from assetmap.areas.roles import may_export
from assetmap.areas.views import AreaMixin
from assetmap.explore.facets import chips
from assetmap.explore.views import FilteredMixin
from assetmap.inventory.models import Export, Layer

from .feeds import as_geojson, as_json
from .forms import FORMS, PeopleForm
from .hits import Hits
from .sheets import as_csv, as_workbook

MOST_IN_A_WORKBOOK = 20_000  # assets; a workbook is made as a whole while somebody waits
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STREAMED = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "geojson": (as_geojson, "application/geo+json"),
    "json": (as_json, "application/json"),
}


class Unfit(Exception):
    """That a file cannot be made; its text is a sentence for whoever asked for it."""


class QueryMixin(AreaMixin, FilteredMixin):
    """A page beside the list, under the same filter."""

    def page_url(self, name, **more):
        """Return one of this app's addresses with the filter of this one."""
        return self.with_query(reverse(f"export:{name}", args=[self.area.slug]), **more)

    def with_query(self, path, **more):
        query = self.asked
        query.update(more)
        return f"{path}?{query.urlencode()}" if query else path

    @property
    def asked(self):
        """The filter as it was asked for, without what is about the page alone."""
        asked = self.request.GET.copy()
        for name in ("page", "view"):
            asked.pop(name, None)
        return asked


def as_file(request, hits, form):
    """Return a file to save, of one of FORMS; raises Unfit if it would be too big."""
    site = request.build_absolute_uri("/").removesuffix("/")
    response = _workbook(hits, site) if form == "xlsx" else _streamed(hits, site, form)
    name = f"{hits.area.slug}-{localdate():%Y-%m-%d}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _workbook(hits, site):
    if len(hits.keys) > MOST_IN_A_WORKBOOK:
        raise Unfit(
            _("These are too many for a workbook. Take the CSV file, or narrow the filter.")
        )
    return FileResponse(as_workbook(hits, site), content_type=WORKBOOK)


def _streamed(hits, site, form):
    write, kind = STREAMED[form]
    return StreamingHttpResponse(write(hits, site), content_type=kind)


class FileView(QueryMixin, View):
    """The filter's hits as a file, without residents."""

    form = ""

    def get(self, request):
        if self.assets.form.errors:  # the page says them; a file could not
            return redirect(self.page_url("choose"))
        try:
            return as_file(request, Hits(self.assets), self.form)
        except Unfit as reason:
            messages.error(request, str(reason))
            return redirect(self.page_url("choose"))


class ChooseView(QueryMixin, FormView):
    """What of the list may be taken away, and how; with residents, why."""

    template_name = "exchange/exporting/choose.html"
    form_class = PeopleForm

    def post(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_export(request.user, self.area):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        hits, told = Hits(self.assets, people=True), form.cleaned_data
        try:
            response = as_file(self.request, hits, told["form"])
        except Unfit as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        if hits.people:
            Export.objects.log(
                self.area, self.request.user, told["form"], told["reason"], hits.people
            )
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            assets=self.assets,
            chips=chips(self.assets),
            **self._counts(),
            may_export=may_export(self.request.user, self.area),
            files=[(label, self.page_url(form)) for form, label in FORMS.items()],
            forms=FORMS,
            back=self.with_query(self.area.get_absolute_url()),
            print_url=self.page_url("print"),
            embed_url=self.page_url("embed-code"),
            **kwargs,
        )

    def _counts(self):
        """How many the filter shows, and how many of them may leave; residents by themselves."""
        hits = self.assets.qs.order_by()
        everything, inside = hits.count(), Hits(self.assets).count
        people = hits.filter(layer=Layer.RESIDENT).count()
        others = everything - inside - people
        return {"everything": everything, "inside": inside, "people": people, "others": others}
