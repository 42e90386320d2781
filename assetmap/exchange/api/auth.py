"""Who asks: by the token in the header alone, never by a session, so no other site can send."""

from copy import copy

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from assetmap.areas.limits import TOO_OFTEN, within_limit

from ..models import Token
from .keys import digests


class BearerIfAny:
    """Whoever the token in `Authorization: Bearer …` is of; a visitor where none is sent.

    Ninja keeps the user as request.auth.
    """

    def __call__(self, request):
        header = request.headers.get("Authorization", "")
        return user_of(request, header) if header else self.without_token()

    def without_token(self):
        return AnonymousUser()


class Bearer(BearerIfAny):
    """The same, but nothing is let through without a token."""

    openapi_security_schema = {
        "type": "http",
        "scheme": "bearer",
        "description": "A token, which coordinators make at /api/tokens/.",
    }

    def without_token(self):
        raise HttpError(401, _("Send a token in the header “Authorization: Bearer …”."))


def user_of(request, header):
    """Return the user of the token in a header; raise HttpError 401, or 429 for too many tries."""
    kind, _space, key = header.partition(" ")
    token = _token(key.strip()) if kind.lower() == "bearer" else None
    if token is None:
        _refuse(request)
    if token.has_lapsed:
        raise HttpError(401, _("This token has lapsed. Make a new one."))
    token.note_use()
    return token.user


def _token(key):
    found = Token.objects.filter(digest__in=digests(key), user__is_active=True)
    return found.select_related("user").first()


def _refuse(request):
    """Say that a key opens nothing; only such tries count, so that good use is never stopped."""
    tried = copy(request)
    tried.method = "POST"  # a GET is not counted, and here one may be a guess
    if not within_limit(tried, "api_token"):
        raise HttpError(429, str(TOO_OFTEN))
    raise HttpError(401, _("This token opens nothing. It may have been taken back."))
