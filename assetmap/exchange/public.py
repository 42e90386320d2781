"""An answer that is the same for whoever asks, and that may be fetched from any site."""

from functools import wraps

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from django.views.generic import View

KEPT = "public, max-age=60"  # by every cache, but not long: what is withdrawn must soon be gone
METHODS = "GET, HEAD, OPTIONS"
FROM_ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Expose-Headers": "Content-Crs, ETag",
}


class Json(JsonResponse):
    """JSON with letters as they are written."""

    def __init__(self, data, **kwargs):
        super().__init__(data, json_dumps_params={"ensure_ascii": False}, **kwargs)


def from_any_site(view):
    """Let pages of other sites read the answers: nothing in them depends on who asks."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        for name, value in FROM_ANY_SITE.items():
            response[name] = value
        return response

    return opened


class PublicView(View):
    """Something to read; what has not changed since is not sent again.

    Nothing is ever sent to it, so a POST is told so, not asked for a token. `refused` is how
    its standard says no: a response of a sentence and a status.
    """

    http_method_names = ["get", "head", "options"]

    @classmethod
    def as_view(cls, **kwargs):
        """Wrap all that a subclass answers, its refusals too."""
        view = super().as_view(**kwargs)
        return csrf_exempt(from_any_site(gzip_page(conditional_page(view))))

    def http_method_not_allowed(self, request, *args, **kwargs):
        response = self.refused(_("This can only be read."), 405)
        response["Allow"] = METHODS
        return response
