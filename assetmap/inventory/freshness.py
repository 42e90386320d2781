"""The yearly question "is this still true?": whom it goes to, the mail, and the links in it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.core.signing import TimestampSigner
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmap.areas.models import Membership, User
from assetmap.areas.roles import Role

from .models import Asset

ASK_AFTER = timedelta(days=365)
ONE_MAIL_IN = timedelta(days=30)
AT_MOST = 20  # assets in a mail
LINKS_HOLD = timedelta(days=60)

# A name, a date and a signature with dots between: a link that mail programs leave whole.
signer = TimestampSigner(salt="assetmap.inventory.still", sep=".")


# Whom to ask ------------------------------------------------------------------------------


def due(assets):
    """Assets in use that nobody has confirmed, or been asked about, for a year."""
    year_ago = timezone.now() - ASK_AFTER
    old = assets.active().alias(right_at=Coalesce("confirmed_at", "created_at"))
    return old.filter(right_at__lte=year_ago).exclude(asked_at__gt=year_ago)


def answered_by(assets, user):
    """Assets about which this user is asked: her own, and what she wrote down as coordinator.

    The latter only while she coordinates, and if there is no owner who can be written to.
    """
    coordinates = Membership.objects.filter(
        user=OuterRef("created_by"), area=OuterRef("area"), role=Role.COORDINATOR
    )
    still_there = Q(created_by__is_superuser=True) | Exists(coordinates)
    no_owner = Q(owner=None) | Q(owner__email=None) | Q(owner__is_active=False)
    return assets.filter(Q(owner=user) | Q(created_by=user) & no_owner & still_there)


def people_to_ask(assets):
    """Those who answer for one of the assets that are due, and had no such mail lately."""
    person = OuterRef("pk")
    lately = Asset.objects.filter(asked_at__gt=timezone.now() - ONE_MAIL_IN)
    return User.objects.filter(
        Exists(answered_by(due(assets), person)),
        ~Exists(answered_by(lately, person)),
        is_active=True,
        email__isnull=False,
    )


# The mail ---------------------------------------------------------------------------------


@transaction.atomic
def ask(user, assets):
    """Mail somebody about what she answers for, the oldest first, and note that she was asked."""
    oldest = answered_by(due(assets), user).order_by("right_at", "pk")
    rows = list(oldest.select_related("area")[:AT_MOST])
    Asset.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=timezone.now())
    context = {"user": user, "rows": [(row, link(user, row)) for row in rows]}
    body = render_to_string("inventory/mail/still.txt", context | {"days": LINKS_HOLD.days})
    send_mail(_("Is this still true?"), body, None, [user.email])


def link(user, asset):
    """Return the whole address of the page where this user, and nobody else, answers."""
    token = signer.sign(f"{user.pk}.{asset.uid}")
    return settings.SITE_URL + reverse("inventory:still", args=[asset.area.slug, token])


def read_token(token):
    """Return (user, asset) of a link, or (None, None) if she may no longer change the asset.

    Raises BadSignature for what was not signed here, SignatureExpired for what is too old.
    """
    user_pk, uid = signer.unsign(token, max_age=LINKS_HOLD).split(".")
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if user is None:
        return None, None
    own = Asset.objects.editable_by(user).select_related("area")
    asset = own.filter(uid=uuid.UUID(uid)).first()
    return (user, asset) if asset else (None, None)
