"""What is kept for how long, and what is done when the time is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from assetmap.areas.models import Area
from assetmap.exchange.importing import keeping
from assetmap.inventory import freshness
from assetmap.inventory.audience import Status
from assetmap.inventory.models import Asset, Layer
from assetmap.network.introducing import keeping as meetings
from assetmap.network.models import Recognition
from assetmap.partners.contacts import keeping as contacts
from assetmap.partners.searches import digest
from residents.erasure import erase_resident
from residents.models import Approval, Consent, Resident
from residents.models.approval import WAITS_FOR
from residents.models.consent import LASTS

PUT_AWAY_FOR = timedelta(days=30)
IN_SIGHT = [Status.ACTIVE, Status.PENDING]


@dataclass(frozen=True)
class Chore:
    """Something that is done to rows when their time has come; `name` says what, in one line."""

    name: str
    due: Callable  # () → the rows
    do: Callable  # (row) → nothing

    @transaction.atomic
    def see_to(self, pk):
        """Do it to a row, if it is still time for it once nobody else can change the row."""
        rows = self.due()
        rows.model.objects.select_for_update().filter(pk=pk).first()
        row = rows.filter(pk=pk).first()
        if row:
            self.do(row)
        return bool(row)


# Records of residents ---------------------------------------------------------------------


def unanswered():
    """Records that nobody said yes to in time: herself, or where one was asked, her guardian."""
    now = timezone.now()
    old = Q(created_at__lte=now - WAITS_FOR[Approval.Who.PERSON]) | Q(
        approval__expires_at__lte=now
    )
    return Resident.objects.filter(old, status=Status.UNCONFIRMED)


def kept_without_consent(since):
    """Records that only a consent allows to be kept, where the last one had ended by a moment.

    A record of which no consent was ever noted is older than this rule, and left alone.
    """
    consents = Consent.objects.filter(resident=OuterRef("pk"), purpose=Consent.Purpose.KEEP)
    held_longer = Q(withdrawn_at=None, expires_at__gt=since) | Q(withdrawn_at__gt=since)
    return Resident.objects.filter(
        Exists(consents),
        ~Exists(consents.filter(held_longer)),
        area__legal_basis=Area.LegalBasis.CONSENT,
    )


def in_sight_without_consent():
    return kept_without_consent(timezone.now()).filter(status__in=IN_SIGHT)


def put_away(resident):
    archived = {"status": Status.ARCHIVED, "updated_at": timezone.now()}
    Asset.objects.filter(pk=resident.pk).update(**archived)


def long_without_consent():
    return kept_without_consent(timezone.now() - PUT_AWAY_FOR)


def with_consents_run_out():
    run_out = Consent.objects.filter(
        resident=OuterRef("pk"), withdrawn_at=None, expires_at__lte=timezone.now()
    )
    return Resident.objects.filter(Exists(run_out))


def close_consents(resident):
    """Giving nothing new closes what has run out, and tells the record."""
    Consent.objects.give(resident, [])


def kept_on_another_basis(since):
    """Records kept as a public task or a fair interest that nobody called right since a moment."""
    last = Coalesce("confirmed_at", "created_at")
    others = Resident.objects.exclude(area__legal_basis=Area.LegalBasis.CONSENT)
    return others.alias(right_at=last).filter(right_at__lte=since - LASTS)


def in_sight_but_forgotten():
    return kept_on_another_basis(timezone.now()).filter(status__in=IN_SIGHT)


def long_forgotten():
    forgotten = kept_on_another_basis(timezone.now() - PUT_AWAY_FOR)
    return forgotten.filter(status=Status.ARCHIVED)


# The yearly question ----------------------------------------------------------------------


def may_be_asked_about():
    """All assets, but residents only while they agree to be reminded."""
    reminding = Consent.objects.standing().filter(
        resident=OuterRef("pk"), purpose=Consent.Purpose.REMIND
    )
    return Asset.objects.filter(~Q(layer=Layer.RESIDENT) | Exists(reminding))


def people_to_ask():
    return freshness.people_to_ask(may_be_asked_about())


def ask(user):
    freshness.ask(user, may_be_asked_about())


CHORES = [
    Chore("records nobody said yes to in time, erased", unanswered, erase_resident),
    Chore("records whose consent is over, archived", in_sight_without_consent, put_away),
    Chore("people whose consents ran out, closed", with_consents_run_out, close_consents),
    Chore("records 30 days without consent, erased", long_without_consent, erase_resident),
    Chore("records nobody confirmed for two years, archived", in_sight_but_forgotten, put_away),
    Chore("records archived for that, erased", long_forgotten, erase_resident),
    Chore("files of imports that are over, removed", keeping.files_left_over, keeping.drop_file),
    Chore("imports nobody finished for 30 days, removed", keeping.unfinished, keeping.drop),
    Chore("rows of imports done 30 days ago, forgotten", keeping.long_over, keeping.forget_rows),
    Chore(
        "recognitions nobody answered for 30 days, erased",
        Recognition.objects.lapsed,
        Recognition.delete,
    ),
    Chore("meetings nobody answered for 60 days, stopped", meetings.unanswered, meetings.stop),
    Chore("meetings that were over for a year, erased", meetings.long_over, meetings.forget),
    Chore("first contacts that were over for a year, erased", contacts.long_over, contacts.forget),
    Chore("people asked whether it is still true", people_to_ask, ask),
    Chore("people told what newly fits their searches", digest.people_to_tell, digest.tell),
]
