"""The pages of an import: choose a file, match its columns, look through it, bring it in."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View
from django_htmx.http import HttpResponseClientRefresh

from ..models import Import
from ..reading.sheet import Unreadable
from . import runs
from .columns import posted, sheet_forms
from .decide import decide
from .keeping import OVER, tells_of_rows
from .pages import ActionView, ImporterMixin, RunMixin
from .preview import choices_of, preview, to_write
from .report import download
from .upload import UploadForm

State = Import.State
LATEST = 50  # earlier imports that are listed


class StartView(ImporterMixin, FormView):
    """Where a file is chosen, and what was brought in before."""

    template_name = "exchange/importing/start.html"
    form_class = UploadForm

    def get_context_data(self, **kwargs):
        earlier = self.area.imports.select_related("user").defer("understood", "mapping")
        earlier = list(earlier[:LATEST])
        return super().get_context_data(
            earlier=earlier,
            sources=sorted({run.source for run in earlier}),
            megabytes=settings.IMPORT_MAX_BYTES // 1024**2,
            **kwargs,
        )

    def form_valid(self, form):
        told = form.cleaned_data
        file, about = told["file"], (told["source"], told["licence"])
        try:
            run = runs.begin(self.area, self.request.user, file, file.name, *about)
        except Unreadable as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        return redirect(run)


class ImportView(RunMixin, TemplateView):
    """The address of an import: it shows whatever is to be done, or was done."""

    def get(self, request, **kwargs):
        if self.run.state == State.UPLOADED:
            return redirect("import:match", self.area.slug, self.run.uid)
        if self.run.state in runs.WORKED_ON:
            runs.work(self.run)  # for it may be that whoever worked on it has died
        if request.htmx and self.run.state not in runs.WORKED_ON:
            return HttpResponseClientRefresh()
        return super().get(request, **kwargs)

    def get_template_names(self):
        page = "preview" if self.run.state == State.CHECKED else "report"
        if self.run.state in runs.WORKED_ON:
            page = "_progress" if self.request.htmx else "progress"
        return f"exchange/importing/{page}.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(run=self.run, **self._about(), **kwargs)

    def _about(self):
        if self.run.state in runs.WORKED_ON:
            done, total = runs.progress(self.run)
            return {"done": done, "total": total}
        if self.run.state == State.CHECKED:
            return preview(self.run, self.request.user, self.request.GET)
        return {"has_rows": tells_of_rows(self.run)}


class MatchView(RunMixin, TemplateView):
    """Which column is what: guessed, or as it was matched the last time, and open to change."""

    template_name = "exchange/importing/match.html"

    def get(self, request, **kwargs):
        if self.run.state not in runs.MATCHABLE:
            return redirect(self.run)
        return self.show(sheet_forms(self.run))

    def post(self, request, **kwargs):
        if self.run.state not in runs.MATCHABLE:
            return redirect(self.run)
        chosen = posted(self.run, request.POST)
        forms = sheet_forms(self.run, request.POST, chosen)
        if "look" in request.POST or not all(form.is_all_asked() for form in forms):
            return self.show(sheet_forms(self.run, chosen=chosen), look=True)
        nothing = all(sheet["as"] == "skip" for sheet in chosen)
        valid = [form.is_valid() for form in forms]  # all of them, so that each shows its errors
        if nothing or not all(valid):
            return self.show(forms, nothing=nothing)
        runs.match(self.run, {"sheets": chosen})
        return redirect(self.run)

    def show(self, forms, **about):
        return self.render_to_response(self.get_context_data(run=self.run, forms=forms, **about))


class DecideView(ActionView):
    """Which rows are about something that is there already, and which are not."""

    states = (State.CHECKED,)

    def act(self):
        decide(self.run, choices_of(self.run, self.request.POST))
        query = self.request.GET.urlencode()
        return redirect(f"{self.run.get_absolute_url()}?{query}")


class WriteView(ActionView):
    states = (State.CHECKED,)

    def act(self):
        if to_write(self.run):
            runs.write(self.run)
        return redirect(self.run)


class UndoView(ActionView):
    """Takes an import back, once it was said that this is meant."""

    states = (State.DONE,)

    def act(self):
        if "sure" not in self.request.POST:
            messages.warning(self.request, _("Tick the box if you mean to undo it."))
        elif tells_of_rows(self.run):
            runs.undo(self.run)
        return redirect(self.run)


class CancelView(ActionView):
    states = (State.CHECKING, *runs.MATCHABLE)

    def act(self):
        runs.cancel(self.run)
        messages.success(self.request, _("Nothing was brought in, and the file is gone."))
        return redirect("import:start", self.area.slug)


class ReportView(RunMixin, View):
    """The report as a file; before it is over, of what would become of each row."""

    def get(self, request, **kwargs):
        if self.run.state in (State.CHECKED, *OVER) and tells_of_rows(self.run):
            return download(self.run)
        return redirect(self.run)
