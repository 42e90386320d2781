"""The keys of tokens: shown once, and of which only a digest is kept."""

import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

PREFIX = "am_"  # so that whoever finds one in a file knows what it opens


def new_key():
    """Return a new key, such as "am_" and 43 letters, digits, "-" and "_": 256 bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(key):
    """Return what is kept of a key: without the site's secret key it cannot be turned back."""
    return digests(key)[0]


def digests(key):
    """Return the digests by which a key may be found: under the secret of now, then older."""
    return [
        salted_hmac(
            "assetmap.exchange.api.keys", key, secret=secret, algorithm="sha256"
        ).hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
