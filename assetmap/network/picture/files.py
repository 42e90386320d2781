"""The picture as files: for a report, and for programs that study networks.

Who may take what follows assetmap/exchange/leaving.py. Without the right to take data out a file
holds what everybody may see, and no residents. With it a drawing shows all that the filter shows
to whoever takes it; residents stand in it without a name, whatever they agreed to, as paper goes
further than the page. Files for other programs hold no residents at all: they leave by no open
standard, and a list of anonymous people with all their ties is none for long.
"""

from functools import cached_property

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from assetmap.exchange.leaving import EVERYBODY, reader_of_files
from assetmap.inventory.models import Layer

from ..store import Seen
from .asking import SightMixin
from .graphs import as_gexf, as_graphml
from .png import as_png
from .sight import Sight
from .svg import as_svg

FILES = {
    "svg": _("Drawing (SVG)"),
    "png": _("Image (PNG)"),
    "graphml": _("For Gephi and others (GraphML)"),
    "gexf": _("For Gephi (GEXF)"),
}
WRITERS = {
    "svg": (as_svg, "image/svg+xml"),
    "png": (as_png, "image/png"),
    "graphml": (as_graphml, "application/graphml+xml"),
    "gexf": (as_gexf, "application/gexf+xml"),
}
DRAWN = ("svg", "png")


class FileSight(Sight):
    """What of the network goes into a file: residents without a name, or none of them."""

    def __init__(self, asked, now, people):
        super().__init__(asked, now)
        self.people = people

    @property
    def nameless(self):
        return self.residents

    @property
    def absent(self):
        return frozenset() if self.people else self.residents


class FileView(SightMixin, View):
    """What the picture shows, as a file to save."""

    form = ""

    @property
    def reader(self):
        return reader_of_files(self.request.user, self.area)

    @cached_property
    def sight(self):
        people = self.form in DRAWN and self.reader is not EVERYBODY
        return FileSight(self.asked, Seen.by(self.reader, self.area), people)

    def get(self, request):
        if self.asked.form.errors:  # the page says them; a file could not
            page = reverse("network:picture", args=[self.area.slug])
            return redirect(f"{page}?{request.GET.urlencode()}")
        ego = self.asked.chosen.get("ego")
        if ego and ego.layer == Layer.RESIDENT:
            raise Http404  # nobody's own circle is a file
        return self._as_file()

    def _as_file(self):
        write, kind = WRITERS[self.form]
        response = HttpResponse(write(self.sight), content_type=kind)
        name = f"{self.area.slug}-network-{localdate():%Y-%m-%d}.{self.form}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response
