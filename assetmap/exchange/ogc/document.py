"""One document in two forms: JSON, the same for whoever asks and for every cache, and a page.

The page shows the same document, in the frame of the site.
"""

import json
from hashlib import blake2b

from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from ..public import KEPT, Json, PublicView
from .addresses import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Addresses
from .asking import refuse_unknown
from .refusal import CODES, Refusal

FORMS = ("json", "html")
OFFERED = (JSON, GEOJSON, SCHEMA, OPENAPI, HTML)


class DocumentView(PublicView):
    """A document, as JSON or as a page: by the parameter f, else by what the client accepts."""

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
            response = self.refused(refusal.description, refusal.status)
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
        response = Json(self.stamped(document), content_type=self.media_type)
        response["ETag"] = f'W/"{tag}"'
        response["Cache-Control"] = KEPT
        return response

    def _page(self, document):
        """The same in the site's frame, which tells who is signed in: not for shared caches."""
        response = render(self.request, self.template_name, self.context(document))
        response["Cache-Control"] = "private, no-cache"
        return response

    def refused(self, sentence, status):
        if self.as_html:
            template = "exchange/ogc/refused.html"
            return render(self.request, template, {"sentence": sentence}, status=status)
        return Json({"code": CODES[status], "description": sentence}, status=status)


def wants_html(request):
    form = request.GET.get("f")
    if form is None:
        return request.get_preferred_type(OFFERED) == HTML
    if form not in FORMS:
        raise Refusal(_("f must be json or html."))
    return form == "html"
