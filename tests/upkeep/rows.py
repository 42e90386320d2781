"""What the tests of the daily command share: old rows, and what the command says."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from assetmap.inventory.models import Asset
from residents.models import Consent
from tests.factories import make_resident

CANARY = "kanariefugl"
Purpose = Consent.Purpose


def ago(**time):
    return timezone.now() - timedelta(**time)


def run(*options):
    """Run the command; return what it says, as {line: number}."""
    out = StringIO()
    call_command("tidy", *options, stdout=out, stderr=out)
    lines = [line.rpartition(": ") for line in out.getvalue().splitlines()]
    return {what: int(number) for what, _, number in lines}


def agree(resident, purpose=Purpose.KEEP, until=None, **fields):
    """A consent that holds until a time from now, in days; below nothing it has run out."""
    expires_at = timezone.now() + timedelta(days=700 if until is None else until)
    given_at = expires_at - timedelta(days=730)
    return resident.consents.create(
        purpose=purpose,
        language="da",
        channel="web",
        given_at=given_at,
        expires_at=expires_at,
        **fields,
    )


def status_of(resident):
    return Asset.objects.filter(pk=resident.pk).values_list("status", flat=True).first()


def make_unconfirmed(area, days, **fields):
    return make_resident(area, status="unconfirmed", created_at=ago(days=days), **fields)


def make_old(make, area, **fields):
    return make(area, created_at=ago(days=400), confirmed_at=ago(days=400), **fields)
