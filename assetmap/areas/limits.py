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


def forget_old_tries():
    """Take out of the cache's table what counts no more: its keys hold addresses of machines."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608
        return cursor.rowcount
