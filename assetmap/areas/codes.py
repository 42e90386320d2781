"""Codes that open something: long enough not to be guessed, short enough to write down."""

import re

from django.conf import settings
from django.utils.crypto import get_random_string, salted_hmac

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L, which look alike on paper
LENGTH = 12  # 31 ** 12, some 59 bits


def new_code():
    """Return a new code as it is written down, such as "K7QM-2XWP-9DTA"."""
    return "-".join(re.findall("....", get_random_string(LENGTH, ALPHABET)))


def digest(code):
    """Return what is kept of a code: without the site's secret key it cannot be turned back."""
    return digests(code)[0]


def digests(code):
    """Return the digests by which a typed code may be found: under the key of now, then older.

    The look-up is by digest, so how long it takes tells nothing about the code itself.
    """
    plain = re.sub(r"[^0-9A-Z]", "", code.upper())
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac("assetmap.areas.codes", plain, secret=key, algorithm="sha256").hexdigest()
        for key in keys
    ]
