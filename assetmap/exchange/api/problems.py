"""How the API refuses: as JSON, each time with a sentence that says what is wrong."""

import json

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from .shapes import Conflict, Refusal

READS = {401: Refusal, 404: Refusal, 422: Refusal, 429: Refusal}
WRITES = {**READS, 403: Refusal, 409: Conflict, 413: Refusal}
SENT_IN = {"body", "query", "path", "header"}


class Refused(Exception):
    """Nothing was done; `more` goes into the answer beside the sentence."""

    def __init__(self, status, detail, **more):
        super().__init__(detail)
        self.status, self.answer = status, {"detail": str(detail), **more}


SAID = {
    Http404: (404, gettext_lazy("There is nothing here by that name.")),
    IntegrityError: (
        409,
        gettext_lazy("Somebody else wrote the same just now. Read it, and try again."),
    ),
    RequestDataTooBig: (413, gettext_lazy("The body is too big. Send less at a time.")),
    # whoever asks has no address by which tries could be counted
    PermissionDenied: (403, gettext_lazy("This is not allowed from here.")),
}
KINDS = (Refused, ValidationError, HttpError, *SAID)


class JsonParser(Parser):
    """Reads JSON, but no halves of letters (lone surrogates), which no database can hold."""

    def parse_body(self, request):
        data = super().parse_body(request)
        json.dumps(data, ensure_ascii=False).encode()
        return data


def in_words(problem):
    """Return the Refused that says an exception to whoever asked."""
    if isinstance(problem, Refused):
        return problem
    if isinstance(problem, ValidationError):
        return Refused(422, " ".join(sentences(problem.errors)))
    if isinstance(problem, HttpError):
        unread = problem.status_code == 400  # ninja's own word for it
        text = _("The body is no JSON that can be read.") if unread else problem.message
        return Refused(422 if unread else problem.status_code, text)
    return Refused(*next(said for kind, said in SAID.items() if isinstance(problem, kind)))


def sentences(errors):
    """Return what pydantic found, each thing once, as ["field: what is wrong with it", …]."""
    said = {}
    for error in errors:
        where = [part for part in error["loc"] if isinstance(part, str) and part not in SENT_IN]
        said[f"{where[-1]}: {error['msg']}." if where else f"{error['msg']}."] = None
    return list(said)


def answer_in_words(api):
    """Let an API answer every problem that is the asker's as JSON with a sentence."""

    def answer(request, problem):
        refused = in_words(problem)
        response = api.create_response(request, refused.answer, status=refused.status)
        if refused.status == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response

    for kind in KINDS:
        api.add_exception_handler(kind, answer)
