"""The read-only API of the Human Services Data Specification 3.0, of all areas of the site."""

import json
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..public import KEPT, Json, PublicView
from .lists import LISTS
from .paging import everything, page_of, written

VERSION = "3.0"
PUBLISHED = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
PROFILE = "https://docs.openreferral.org/"


class OpenView(PublicView):
    """An answer of the standard, which any cache may keep."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == 200:
            response["Cache-Control"] = KEPT
        return response

    def refused(self, sentence, status):
        return Json({"detail": sentence}, status=status)

    @property
    def root(self):
        return self.request.build_absolute_uri("/").rstrip("/")


class BaseView(OpenView):
    """Which version this is, and what of ours is what of theirs."""

    def get(self, request):
        description = _(
            "Associations and institutions are organizations, what one can come to with them are "
            "services, places are locations, and gifts are taxonomy terms. People are nowhere in "
            "it. For everything at once ask a list for format=ndjson. Where the data come from, "
            "and on what terms, stands on each area’s page of sources."
        )
        answer = {"version": VERSION, "profile": PROFILE, "openapi_url": PUBLISHED}
        lists = {name: self.root + reverse(f"hsds:{name}") for name in LISTS}
        return Json(answer | {"description": description, "lists": lists})


class CollectionView(OpenView):
    """Something of a collection, by the parameters in the address."""

    collection = None

    def get(self, request, **kwargs):
        form = self.collection.form(request.GET)
        if not form.is_valid():
            return self.refused(said(form), 400)
        response = self.answer(form.cleaned_data, **kwargs)
        response["Content-Language"] = settings.LANGUAGE_CODE
        return response


class ListView(CollectionView):
    """A collection, page by page or, as ndjson, whole."""

    def answer(self, asked):
        found = self.collection(self.root, asked)
        if asked["format"] == "ndjson":
            lines = (f"{line(record)}\n" for record in everything(found))
            return StreamingHttpResponse(lines, content_type="application/x-ndjson")
        return Json(page_of(found))


class OneView(CollectionView):
    """One record of a collection, whole."""

    def answer(self, asked, id):
        found = self.collection(self.root, asked | {"full": True, "minimal": False})
        row = list(found.one(key(id)))
        if not row:
            return self.refused(_("There is no such record here, or not for everybody."), 404)
        return Json(written(found, row)[0])


class NothingView(OpenView):
    """Any other address below the standard's."""

    def get(self, request, **kwargs):
        home = self.root + reverse("hsds:base")
        return self.refused(_("There is nothing at this address. Begin at %s") % home, 404)


def key(text):
    """Return the key that stands in an address; one that is none is nobody's."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def line(record):
    return json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False)


def said(form):
    """Everything that is wrong with the parameters, in sentences."""
    return " ".join(f"{name}: {error}" for name, errors in form.errors.items() for error in errors)
