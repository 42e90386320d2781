"""The one way in which provisioning fails."""


class Missing(Exception):
    """Something the tests need cannot be had; the message says how to get it."""
