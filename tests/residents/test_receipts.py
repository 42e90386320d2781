"""The receipt: whoever has its code, and nobody else, opens the record it was given for."""

import pytest
from django.test import Client
from django.urls import reverse

from assetmap.areas.models import Membership, Receipt, User
from assetmap.areas.receipts import SIGNED_IN_FOR, holder_of, issue, may_hold, new_holder
from residents.models import Resident
from tests.contracts import browser_of, text_of
from tests.factories import make_admin, make_resident, make_user
from tests.residents.registering import open_with, register, rows_with, signed_in, visitor


@pytest.fixture
def code(client, area):
    """The code on the receipt of somebody who has registered."""
    return register(client, area).context["code"]


def opens(area, code):
    return open_with(visitor(), area, code).status_code == 302


def new_receipt(client, area):
    return client.post(reverse("me:receipt", args=[area.slug]))


# The code


def test_only_a_digest_of_the_code_is_kept(client, area, code):
    assert not list(rows_with(code))
    assert not list(rows_with(code.replace("-", "")))
    assert code not in str(dict(client.session.items()))
    assert [table for table, row in rows_with(Receipt.objects.get().digest)] == ["areas_receipt"]


def test_the_code_opens_her_page_and_signs_her_in(client, area, code):
    opened = open_with(client, area, code)
    assert opened.url == reverse("me:me", args=[area.slug])
    assert signed_in(client) == str(Resident.objects.get().owner.pk)
    assert "Fatma" in text_of(client.get(opened.url))


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), str.title])
def test_spaces_and_small_letters_open_it_too(area, code, change):
    assert opens(area, f"  {change(code)} ")


def test_an_older_secret_key_still_opens_it(area, code, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert opens(area, code)
    settings.SECRET_KEY_FALLBACKS = []
    assert not opens(area, code)


@pytest.mark.once
@pytest.mark.parametrize(
    "typed", ["", "   ", "ABCD-EFGH-JKMN", "----", "a\x00b", "🪴", "x" * 10_000, "%", "'"]
)
def test_what_is_no_code_is_refused_in_words(client, area, code, typed):
    refused = open_with(client, area, typed)
    assert refused.status_code == 200
    assert refused.context["form"].errors
    assert signed_in(client) is None


def test_the_code_stands_in_no_address_that_a_server_sees(client, area, code):
    link = register(visitor(), area).context["link"]
    path, _, behind = link.partition("#")
    assert path == f"http://testserver/{area.slug}/me/open/"
    assert opens(area, behind)


# The session


def test_it_signs_in_for_two_hours(client, area, code):
    open_with(client, area, code)
    assert client.session.get_expiry_age() == SIGNED_IN_FOR == 2 * 60 * 60


def test_a_new_receipt_makes_the_old_one_useless(client, area, code):
    open_with(client, area, code)
    receipt = new_receipt(client, area)
    assert receipt.status_code == 200
    assert "no-store" in receipt["Cache-Control"]
    assert not opens(area, code)
    assert opens(area, receipt.context["code"])
    assert Receipt.objects.count() == 1


def test_who_was_let_go_gets_no_further(client, area, code):
    User.objects.update(is_active=False)
    refused = open_with(client, area, code)
    assert "This code opens nothing." in text_of(refused)
    assert signed_in(client) is None


def test_a_receipt_for_another_area_opens_no_page_there(client, area, other_area, code):
    opened = open_with(client, other_area, code)
    assert "Nothing is kept about you in" in text_of(client.get(opened.url))


def test_nobody_else_gets_a_receipt_for_her(client, area, code, neighbour, coordinator):
    assert new_receipt(client, area).url == reverse("me:open", args=[area.slug])
    for user in (neighbour, coordinator):
        assert new_receipt(browser_of(user), area).status_code == 404
    assert client.get(reverse("me:receipt", args=[area.slug])).status_code in (302, 405)
    assert opens(area, code)


# It is weaker than a mailed code


@pytest.mark.parametrize("role", ["partner", "coordinator"])
@pytest.mark.parametrize("where", ["area", "other_area"])
def test_it_opens_nothing_for_who_has_a_greater_role_anywhere(request, area, code, role, where):
    holder = Resident.objects.get().owner
    holder.memberships.create(area=request.getfixturevalue(where), role=role)
    assert not opens(area, code)
    Membership.objects.update(role="resident")
    assert opens(area, code)


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_it_opens_nothing_for_who_runs_the_site(area, code, flag):
    User.objects.update(**{flag: True})
    assert not opens(area, code)


def test_who_may_hold_one(area, neighbour, partner, coordinator):
    assert may_hold(neighbour) and may_hold(new_holder())
    others = (partner, coordinator, make_admin(), make_user(is_staff=True))
    assert not any(map(may_hold, others))


@pytest.mark.parametrize("who", ["partner", "coordinator"])
def test_their_own_registration_shows_no_code_and_says_where_it_is(request, client, area, who):
    user = request.getfixturevalue(who)
    client.force_login(user)
    receipt = register(client, area)
    assert "code" not in receipt.context
    assert "Thank you. It is on your page" in text_of(receipt)
    assert reverse("me:me", args=[area.slug]) in text_of(receipt)
    assert Resident.objects.get().owner == user
    assert not Receipt.objects.exists()


def test_they_are_offered_no_new_receipt(client, area, coordinator):
    make_resident(area, owner=coordinator)
    client.force_login(coordinator)
    url = reverse("me:receipt", args=[area.slug])
    assert url not in text_of(client.get(reverse("me:me", args=[area.slug])))
    assert "code" not in new_receipt(client, area).context
    assert not Receipt.objects.exists()


def test_a_coordinator_still_hands_a_young_person_to_her_guardian(client, area, coordinator):
    client.force_login(coordinator)
    receipt = register(client, area, "young")
    assert receipt.context["guardian_code"] in text_of(receipt)


# Guessing


def test_the_eleventh_try_in_a_minute_is_refused_even_if_it_is_right(client, area, code):
    for number in range(10):
        refused = open_with(client, area, f"ABCD-EFGH-JKM{number}")
        assert "This code opens nothing." in text_of(refused)
    refused = open_with(client, area, code)
    assert refused.status_code == 200
    assert "There were too many tries from here." in text_of(refused)
    assert signed_in(client) is None


def test_looking_at_the_page_is_no_try(client, area, code):
    for _ in range(15):
        assert client.get(reverse("me:open", args=[area.slug])).status_code == 200
    assert open_with(client, area, code).status_code == 302


def test_a_form_without_its_token_opens_nothing(area, code):
    strict = Client(enforce_csrf_checks=True)
    assert open_with(strict, area, code).status_code == 403


# Beneath the pages


def test_a_holder_has_no_password_and_no_e_mail(db):
    holder = new_holder()
    assert holder.email is None
    assert str(holder) == "somebody with a receipt"
    assert not visitor().login(email=None, password="")


def test_two_holders_have_two_codes(db):
    ida, bo = new_holder(), new_holder()
    codes = [issue(ida), issue(bo)]
    assert [holder_of(code) for code in codes] == [ida, bo]
    assert holder_of("") is None
