"""Signing in with the code of a receipt, for those who have no e-mail or give none."""

from django.contrib.auth import login

from .codes import digest, digests, new_code
from .models import Receipt, User
from .roles import Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SIGNED_IN_FOR = 2 * 60 * 60  # seconds: the phone may be lent, or the computer the library's


def new_holder():
    """Return a new user who has no e-mail, and gets in by a receipt alone."""
    return User.objects.create_user(None)


def may_hold(user):
    """Whether a receipt may let the user in: it is weaker than a mailed code, so for residents."""
    return not (user.is_staff or user.is_superuser or set(user.roles.values()) - {Role.RESIDENT})


def issue(user):
    """Give the user a new receipt and return its code; an older one opens nothing any more."""
    code = new_code()
    Receipt.objects.update_or_create(user=user, defaults={"digest": digest(code)})
    return code


def holder_of(code):
    """Return the user whose receipt has this code, or None."""
    receipt = Receipt.objects.filter(digest__in=digests(code), user__is_active=True).first()
    return receipt.user if receipt and may_hold(receipt.user) else None


def sign_in(request, user):
    """Sign somebody in for a short while, as a receipt does."""
    login(request, user, backend=BACKEND)
    request.session.set_expiry(SIGNED_IN_FOR)
