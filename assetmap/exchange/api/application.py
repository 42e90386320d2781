"""The JSON API itself: what it is called, who it lets in, and what its answers carry."""

from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from . import areas, assets, ties
from .auth import BearerIfAny
from .problems import JsonParser, answer_in_words

ABOUT = """\
What a neighbourhood can draw on, as data: associations, institutions, places, their gifts and
wishes, and the ties between them.

**Reading** needs no token: one then gets what everybody may see. With a token one gets what its
user may see. **Writing** needs the token of a coordinator of the area, made on the page
`/api/tokens/` and sent as `Authorization: Bearer …`; a session on the site lets nobody write here.

**People are not in this API**, nor are ties to them, whoever asks.

**Lists** come in pages: ask again with `cursor` set to `next`, until `next` is null.
**Changes** carry the `version` that was read (or `If-Match`); a stale one is refused with 409.
Whatever is refused comes with a sentence in `detail`, in Danish or English by `Accept-Language`.
Any site may read (`Access-Control-Allow-Origin: *`) without a token; with one, call from a server.
"""


def _mend(operation):
    """Say that reading takes a token or none; and a parameter’s examples stand in its schema."""
    operation.setdefault("security", [{}, {"Bearer": []}])
    for parameter in operation["parameters"]:
        parameter.pop("examples", None)


class Api(NinjaAPI):
    def get_root_path(self, path_params):
        return reverse("api:v1:api-root")

    @cached_property
    def document(self):
        """The OpenAPI document, which changes only with the code."""
        document = super().get_openapi_schema()
        for methods in document["paths"].values():
            for operation in methods.values():
                _mend(operation)
        return document

    def get_openapi_schema(self, **kwargs):
        return self.document

    def get_openapi_operation_id(self, operation):
        return operation.view_func.__name__

    def get_operation_url_name(self, operation, router):
        return operation.view_func.__name__.replace("_", "-")

    def create_temporal_response(self, request):
        return self._open(request, super().create_temporal_response(request))

    def create_response(self, request, data, **kwargs):
        return self._open(request, super().create_response(request, data, **kwargs))

    def _open(self, request, response):
        """Let any site read what is asked for; what a token is told is kept by nobody."""
        response["Vary"] = "Authorization, Accept-Language"
        if request.method == "GET":
            response["Access-Control-Allow-Origin"] = "*"
        if "Authorization" in request.headers:
            response["Cache-Control"] = "private, no-store"
        return response


api = Api(
    title="assetmap",
    version="1",
    description=ABOUT,
    urls_namespace="v1",
    docs_url=None,
    docs_decorator=require_safe,
    auth=BearerIfAny(),
    parser=JsonParser(),
)
answer_in_words(api)
for part in (areas, assets, ties):
    api.add_router("", part.router)


@csrf_exempt  # so that a POST, too, is told in the API's own words
def nothing(request, rest):
    """Answer any other address below the API's."""
    return api.on_exception(request, Http404())
