"""How often somebody may try: the limits themselves stand in settings.ACCOUNT_RATE_LIMITS."""

from allauth.core import ratelimit
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TOO_OFTEN = _("There were too many tries from here. Wait an hour, and try again.")


def within_limit(request, action, key=None):
    """Count one try of an action; return whether it may go on."""
    return ratelimit.consume(request, action=action, key=key)


def form_within_limit(form, request, action):
    """Count one try of what a form asks for; over the limit, the form says so."""
    if within_limit(request, action):
        return True
    form.add_error(None, TOO_OFTEN)
    return False


def old_tries():
    """Return how many tries there are in the cache's table that count no more."""
    return _expired("SELECT COUNT(*)").fetchone()[0]


def forget_old_tries():
    """Take them out: their keys hold addresses of machines. Returns how many."""
    return _expired("DELETE").rowcount


def _expired(what):
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    cursor = connection.cursor()
    cursor.execute(f"{what} FROM {table} WHERE expires < %s", [now])
    return cursor
