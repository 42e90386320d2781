"""Whole addresses, and the links by which each document leads to the others."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

JSON = "application/json"
GEOJSON = "application/geo+json"
HTML = "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"


class Addresses:
    """Makes links out of one request: whole addresses of the site that it was sent to."""

    def __init__(self, request):
        self.request = request

    def absolute(self, path):
        return self.request.build_absolute_uri(path)

    def of(self, name, *args, **query):
        path = reverse(f"ogc:{name}", args=args)
        return self.absolute(f"{path}?{urlencode(query)}" if query else path)

    def here(self, **changed):
        """Return the address that was asked for, with some parameters changed."""
        query = {**self.request.GET.dict(), **changed}
        return self.absolute(f"{self.request.path}?{urlencode(query)}")

    def both(self, media_type, as_html):
        """Return the links from a document to itself, and to the other form of it."""
        forms = {"json": media_type, "html": HTML}
        mine, other = ("html", "json") if as_html else ("json", "html")
        other_title = _("As JSON") if as_html else _("As a page")
        return [
            link("self", self.absolute(None), forms[mine], _("This document")),
            link("alternate", self.here(f=other), forms[other], other_title),
        ]


def link(rel, href, media_type, title):
    return {"rel": rel, "href": href, "type": media_type, "title": str(title)}
