"""Erasing a resident leaves nothing of her, and takes nothing of anybody else."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import send_mail
from post_office.models import Email

from assetmap.areas.models import Membership, User
from assetmap.areas.receipts import issue, new_holder
from assetmap.inventory.models import Asset
from residents.erasure import erase_resident
from tests.factories import make_place, make_resident, make_user


@pytest.fixture
def queued(settings, db):
    """Mail waits in the queue, as if its server were down."""
    settings.EMAIL_BACKEND = "assetmap.areas.mail.QueueBackend"
    return lambda to, body="Words": send_mail("Hello", body, None, [to])


def test_her_sign_in_goes_when_it_was_only_for_this(area, neighbour):
    for owner in (neighbour, new_holder()):
        assert erase_resident(make_resident(area, owner=owner)) is True
        assert not User.objects.filter(pk=owner.pk).exists()
    assert not Asset.objects.exists()


def test_her_receipt_goes_too(area):
    holder = new_holder()
    issue(holder)
    erase_resident(make_resident(area, owner=holder))
    assert not User.objects.exists()


def test_a_record_that_nobody_owns_goes_alone(area, neighbour):
    assert erase_resident(make_resident(area)) is False
    assert User.objects.get() == neighbour


@pytest.mark.parametrize("role", ["partner", "coordinator"])
def test_who_has_another_role_here_keeps_her_sign_in(area, role):
    user = make_user(role, area)
    assert erase_resident(make_resident(area, owner=user)) is False
    assert User.objects.get() == user


def test_who_is_somebody_elsewhere_keeps_her_sign_in(area, other_area, neighbour):
    Membership.objects.create(user=neighbour, area=other_area, role="resident")
    assert erase_resident(make_resident(area, owner=neighbour)) is False
    assert User.objects.get() == neighbour


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_who_runs_the_site_keeps_her_sign_in(area, flag):
    user = make_user(**{flag: True})
    assert erase_resident(make_resident(area, owner=user)) is False
    assert User.objects.get() == user


def test_who_looks_after_something_else_keeps_her_sign_in(area, neighbour):
    make_place(area, owner=neighbour)
    assert erase_resident(make_resident(area, owner=neighbour)) is False
    assert User.objects.get() == neighbour


def test_mail_that_waits_for_her_or_tells_of_her_goes(area, neighbour, coordinator, queued):
    resident, place = make_resident(area, owner=neighbour), make_place(area)
    queued(neighbour.email)
    for asset in (resident, place):
        queued(coordinator.email, f"https://kort.example.dk{asset.get_absolute_url()}")
    erase_resident(resident)
    assert str(place.uid) in Email.objects.get().message


def test_what_an_administrator_did_with_her_is_forgotten(area, neighbour):
    resident = make_resident(area, "kanariefugl", owner=neighbour)
    other = make_user()
    for row in (resident, neighbour, other):
        LogEntry.objects.create(
            user=other,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row),
            action_flag=CHANGE,
        )
    erase_resident(resident)
    assert [entry.object_repr for entry in LogEntry.objects.all()] == [str(other)]
