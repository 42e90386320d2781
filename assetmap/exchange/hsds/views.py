"""The read-only API of the Human Services Data Specification 3.0, of all areas of the site."""

import json
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from django.views.generic import View

from .lists import LISTS
from .paging import everything, page_of, written

VERSION = "3.0"
PUBLISHED = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
PROFILE = "https://docs.openreferral.org/"
FRESH = 300  # seconds that anybody may keep an answer


class Json(JsonResponse):
    def __init__(self, data, **kwargs):
        super().__init__(data, json_dumps_params={"ensure_ascii": False}, **kwargs)


def refusal(sentence, status):
    return Json({"detail": sentence}, status=status)


@method_decorator([csrf_exempt, gzip_page, conditional_page], name="dispatch")
class OpenView(View):
    """An answer for everybody and from anywhere; it is the same whoever asks."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        if response.status_code == 200:
            response["Cache-Control"] = f"public, max-age={FRESH}"
        return response

    def options(self, request, *args, **kwargs):
        response = super().options(request, *args, **kwargs)
        response["Access-Control-Allow-Methods"] = response["Allow"]
        return response

    def http_method_not_allowed(self, request, *args, **kwargs):
        response = refusal(_("This can only be read."), 405)
        response["Allow"] = "GET, HEAD, OPTIONS"
        return response

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
            return refusal(said(form), 400)
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
            return refusal(_("There is no such record here, or not for everybody."), 404)
        return Json(written(found, row)[0])


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
