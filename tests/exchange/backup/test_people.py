"""Whose accounts come back with an area, and with which rights: never more than they had there."""

import pytest

from assetmap.areas.models import Area, Membership, Receipt, User
from assetmap.areas.receipts import holder_of, issue
from tests.factories import make_admin, make_area, make_place, make_resident, make_user

from . import files

EMAIL = "ida@example.org"


@pytest.fixture
def ida(area):
    return make_user("coordinator", area, EMAIL, name="Ida", is_active=False)


@pytest.fixture
def holder(area):
    """Somebody who has no e-mail, and gets in by the code on her paper."""
    holder = User.objects.create_user(None)
    Membership.objects.create(user=holder, area=area, role="resident")
    holder.code = issue(holder)
    make_resident(area, "Bo", owner=holder)
    return holder


def test_an_account_comes_back_as_it_was_without_a_password(area, ida, path):
    Membership.objects.update(may_export=True)
    files.back_up(area, path)
    files.erase_everything()
    files.restore(path)
    back = User.objects.get()
    assert (back.email, back.name, back.is_active) == (EMAIL, "Ida", False)
    assert (back.date_joined, back.has_usable_password()) == (ida.date_joined, False)
    membership = back.memberships.get()
    assert (membership.role, membership.may_export, membership.may_import) == (
        *("coordinator", True, False),
    )


def test_the_code_on_a_paper_opens_the_same_record_after_a_restore(area, holder, path):
    files.back_up(area, path)
    files.erase_everything()
    files.restore(path)
    assert [asset.name for asset in holder_of(holder.code).owned_assets.all()] == ["Bo"]


def test_an_account_that_is_here_stays_as_it_is_and_gets_the_role(area, ida, path):
    files.back_up(area, path)
    files.erase_everything()
    here = User.objects.create_superuser(EMAIL, "secret", name="Ida her")
    files.restore(path)
    back = User.objects.get()
    assert (back.pk, back.name, back.is_active) == (here.pk, "Ida her", True)
    assert back.is_superuser and back.check_password("secret")
    assert back.roles == {Area.objects.get().pk: "coordinator"}


def test_who_holds_a_paper_is_known_again_by_it(area, holder, path):
    files.back_up(area, path)
    files.restore(path, "--slug", "kopi")
    assert set(holder_of(holder.code).roles) == set(Area.objects.values_list("pk", flat=True))
    assert holder.owned_assets.count() == 2
    assert User.objects.count() == Receipt.objects.count() == 1


def test_an_account_that_is_here_gets_no_paper_from_a_backup(area, holder, path):
    """Whoever found an old backup and its paper would get into the account of today."""
    User.objects.update(email=EMAIL)
    files.back_up(area, path)
    Receipt.objects.all().delete()
    files.restore(path, "--slug", "kopi")
    assert not Receipt.objects.exists()


def test_nobody_becomes_an_administrator_by_a_backup(area, path):
    admin = make_admin()
    make_place(area, created_by=admin)
    files.back_up(area, path)
    files.erase_everything()
    files.restore(path)
    back = User.objects.get()
    assert (back.email, back.is_staff, back.is_superuser) == (admin.email, False, False)


def test_who_is_named_by_no_row_of_the_area_is_not_in_the_backup(area, ida, path):
    make_user("partner", make_area("naboby"), "nabo@example.org")
    make_user(email="ingen@example.org")
    files.back_up(area, path)
    assert [row["email"] for row in files.rows(path, "areas.user")] == [EMAIL]
