"""From the answers of a registration to a record: all of it is written, or nothing."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from assetmap.areas.receipts import new_holder
from assetmap.inventory.audience import Status, Visibility
from assetmap.inventory.models import Offering, SpokenLanguage

from .models import Consent, Resident
from .seen import seen_by_all


@dataclass
class Answers:
    """What somebody answered, step by step; `offerings` are unsaved, without their asset."""

    who: dict
    offerings: list
    about: dict = field(default_factory=dict)
    young: bool = False


def status_when_agreed(resident):
    """Return what becomes of a record once its person said yes: new public words are looked at."""
    shown = resident.visibility != Visibility.PRIVATE
    return Status.PENDING if shown and resident.area.moderated else Status.ACTIVE


@transaction.atomic
def register(area, answers, token, owner=None):
    """Write a new record from the answers and return it.

    token: the registration's own; a second record under it raises IntegrityError, so that a
    form sent twice makes one record. owner: whose it is, else a new holder of a receipt.
    """
    resident = _record(area, answers)
    resident.source_id = token
    resident.owner = owner or new_holder()
    resident.status = Status.UNCONFIRMED if answers.young else status_when_agreed(resident)
    return _write(resident, answers)


def preview(area, answers):
    """Return how the record would look to others once it is in use; nothing of it is kept."""
    with transaction.atomic():
        resident = _write(_record(area, answers), answers)
        seen = seen_by_all(resident)
        transaction.set_rollback(True)
    return seen


def _record(area, answers):
    who = answers.who
    latitude, longitude = who["position"] or (None, None)
    resident = Resident(
        area=area,
        visibility=who["visibility"],
        contact=who["contact"],
        contact_visibility=who["contact_visibility"],
        latitude=latitude,
        longitude=longitude,
        availability=answers.about.get("availability", ""),
        would_start=answers.about.get("would_start", ""),
        confirmed_at=timezone.now(),
    )
    resident.call(who["name_shown"], who["called"])
    return resident


def _write(resident, answers):
    resident.save()
    for offering in answers.offerings:
        Offering(
            asset=resident,
            gift=offering.gift,
            text=offering.text,
            mode=offering.mode,
            proud=offering.proud,
        ).save()
    languages = dict.fromkeys(answers.about.get("languages", []))  # one may be posted twice
    SpokenLanguage.objects.bulk_create(
        [SpokenLanguage(asset=resident, code=code) for code in languages]
    )
    resident.save(update_fields=["search_text"])
    return resident


def record_consent(resident, form):
    """Keep what a form of ticks says that she agreed to."""
    return Consent.objects.give(resident, form.given(), **form.how())
