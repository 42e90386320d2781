"""How often somebody may try: the limits themselves stand in settings.ACCOUNT_RATE_LIMITS."""

from allauth.core import ratelimit
from django.conf import settings
from django.db import connection
from django.utils import timezone


def within_limit(request, action, key=None):
    """Count one try of an action; return whether it may go on."""
    return ratelimit.consume(request, action=action, key=key)


def forget_old_tries():
    """Take out of the cache's table what counts no more: its keys hold addresses of machines."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608
        return cursor.rowcount
