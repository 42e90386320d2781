"""One document in two forms: JSON, the same for whoever asks and for every cache, and a page.

The page shows the same document, in the frame of the site.
"""

import json
from functools import wraps
from hashlib import blake2b

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from django.views.generic import View

from .addresses import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Addresses
from .asking import refuse_unknown
from .refusal import Refusal

FORMS = ("json", "html")
OFFERED = (JSON, GEOJSON, SCHEMA, OPENAPI, HTML)
KEPT = 60  # seconds by a cache: what is withdrawn must soon be gone everywhere
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Expose-Headers": "Content-Crs, ETag",
}


def open_to_all_sites(view):
    """Let pages of other sites read the answers: nothing in them depends on who asks."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        for name, value in OPEN.items():
            response[name] = value
        return response

    return opened


@method_decorator([csrf_exempt, open_to_all_sites, gzip_page, conditional_page], name="dispatch")
class DocumentView(View):
    """A document, as JSON or as a page: by the parameter f, else by what the client accepts.

    Nothing is ever sent to it, so a POST is told so, not asked for a token.
    """

    http_method_names = ["get", "head", "options"]
    parameters = ["f"]
    media_type = JSON
    template_name = ""
    linked = True  # whether it holds links to itself

    def dispatch(self, request, *args, **kwargs):
        self.addresses, self.as_html = Addresses(request), False
        try:
            self.as_html = wants_html(request)
            response = super().dispatch(request, *args, **kwargs)
        except Refusal as refusal:
            response = self._refused(refusal)
        patch_vary_headers(response, ["Accept"])
        return response

    def get(self, request, **kwargs):
        refuse_unknown(request.GET, self.parameters)
        document = self.document(**kwargs)
        if self.linked:
            mine = self.addresses.both(self.media_type, self.as_html)
            document["links"] = mine + document.get("links", [])
        return self._page(document) if self.as_html else self._data(document)

    def context(self, document):
        """Return what the page shows."""
        return {"document": document}

    def stamped(self, document):
        """Return what is sent, with what differs from one moment to the next."""
        return document

    def _data(self, document):
        tag = blake2b(json.dumps(document).encode(), digest_size=16).hexdigest()
        body = json.dumps(self.stamped(document), ensure_ascii=False)
        response = HttpResponse(body, content_type=self.media_type)
        response["ETag"] = f'W/"{tag}"'
        response["Cache-Control"] = f"public, max-age={KEPT}"
        return response

    def _page(self, document):
        """The same in the site's frame, which tells who is signed in: not for shared caches."""
        response = render(self.request, self.template_name, self.context(document))
        response["Cache-Control"] = "private, no-cache"
        return response

    def _refused(self, refusal):
        told = {"code": refusal.code, "description": refusal.description}
        if self.as_html:
            template = "exchange/ogc/refused.html"
            return render(self.request, template, {"refusal": refusal}, status=refusal.status)
        body = json.dumps(told, ensure_ascii=False)
        return HttpResponse(body, content_type=JSON, status=refusal.status)


def wants_html(request):
    form = request.GET.get("f")
    if form is None:
        return request.get_preferred_type(OFFERED) == HTML
    if form not in FORMS:
        raise Refusal(_("f must be json or html."))
    return form == "html"
