"""What all pages of the import have in common: who may open them, and which import it is."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from assetmap.areas.roles import may_import
from assetmap.areas.views import RightMixin


class ImporterMixin(RightMixin):
    """A page for those who may bring in data from files."""

    right = staticmethod(may_import)


class RunMixin(ImporterMixin):
    """A page about one import of the area."""

    @cached_property
    def run(self):
        runs = self.area.imports.select_related("user")
        return get_object_or_404(runs, uid=self.kwargs["uid"])


class ActionView(RunMixin, View):
    """A button about an import, which counts only while the import stands where it did."""

    http_method_names = ["post"]
    states = ()  # in which the button stands on the page

    def post(self, request, **kwargs):
        if self.run.state in self.states:
            return self.act()
        messages.warning(request, _("This import has gone on meanwhile. Here is how it stands."))
        return redirect(self.run)
