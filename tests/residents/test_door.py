"""An e-mail to sign in by: kept nowhere until the link that was mailed to it is opened."""

import re
import time

import pytest
from django.core import mail, signing
from django.urls import reverse

from assetmap.areas.models import Membership, User
from assetmap.areas.receipts import new_holder
from assetmap.inventory.models import Export, Proposal
from residents.mails import SALT
from residents.models import Introduction, Resident
from tests.contracts import browser_of, text_of
from tests.factories import make_place, make_resident, make_user
from tests.residents.registering import (
    only_record,
    open_with,
    register,
    rows_with,
    signed_in,
    visitor,
)

EMAIL = "kanariefugl@example.org"
NO_LONGER = "This link opens nothing"


@pytest.fixture
def holder(db):
    return new_holder()


@pytest.fixture
def record(area, holder):
    return make_resident(area, "Fatma", owner=holder)


def me(area):
    return reverse("me:me", args=[area.slug])


def ask(client, area, email=EMAIL):
    return client.post(reverse("me:ask-address", args=[area.slug]), {"email": email})


def mailed_link():
    (link,) = re.findall(r"http://testserver(/\S+/me/email/\S+/)", mail.outbox[-1].body)
    return link


def asked_link(holder, area, email=EMAIL):
    assert ask(browser_of(holder), area, email).status_code == 302
    return mailed_link()


def press(link):
    client = visitor()
    return client, client.post(link)


# Asking


def test_it_is_asked_for_at_the_registration_and_kept_nowhere(client, area):
    receipt = register(client, area, finish={"email": EMAIL})
    assert f"A mail is on its way to {EMAIL}." in text_of(receipt)
    (message,) = mail.outbox
    assert message.to == [EMAIL]
    assert "Fatma" not in message.subject + message.body
    assert receipt.context["code"] not in message.body
    assert only_record().owner.email is None
    assert not list(rows_with("kanariefugl"))
    assert EMAIL not in str(dict(client.session.items()))


def test_it_is_asked_for_on_her_page_and_kept_nowhere(client, area, holder, record):
    client.force_login(holder)
    assert ask(client, area).url == me(area)
    assert [message.to for message in mail.outbox] == [[EMAIL]]
    assert User.objects.get().email is None
    assert not list(rows_with("kanariefugl"))


def test_nobody_asks_for_somebody_else(client, area, record, neighbour, coordinator):
    assert ask(client, area).url == reverse("me:open", args=[area.slug])
    for user in (neighbour, coordinator):
        assert ask(browser_of(user), area).status_code == 404
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["", "ida", "a\x00@example.org", "x" * 5000 + "@a.dk"])
def test_what_is_no_address_is_refused(client, area, holder, record, email):
    client.force_login(holder)
    refused = ask(client, area, email)
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["email"])
    assert mail.outbox == []


def test_nobody_is_flooded_with_links(client, area, holder, record):
    client.force_login(holder)
    for _ in range(3):
        assert ask(client, area).status_code == 302
    refused = ask(client, area, EMAIL.upper())
    assert "There were too many tries from here." in text_of(refused)
    assert ask(client, area, "somebody@example.org").status_code == 302
    assert len(mail.outbox) == 4


def test_a_registration_is_kept_when_no_more_mails_are_sent(client, area):
    for _ in range(3):
        register(client, area, finish={"email": EMAIL})
    receipt = register(client, area, finish={"email": EMAIL})
    assert "The mail could not be sent just now." in text_of(receipt)
    assert receipt.context["code"]
    assert (len(mail.outbox), Resident.objects.count()) == (3, 4)


# Opening the link


def test_only_pressing_the_button_keeps_it(client, area, holder, record):
    link = asked_link(holder, area)
    page = client.get(link)  # as mail programs do by themselves
    assert f"{EMAIL} will open the page of “Fatma”" in text_of(page)
    assert User.objects.get(pk=holder.pk).email is None
    browser, pressed = press(link)
    assert pressed.url == me(area)
    assert signed_in(browser) == str(holder.pk)
    assert User.objects.get(pk=holder.pk).email == EMAIL


def test_after_that_she_signs_in_by_a_mailed_code(client, area, holder, record):
    press(asked_link(holder, area))
    client.post("/account/login/code/", {"email": EMAIL})
    (code,) = re.findall(r"^ *([A-Z0-9]{3,}-[A-Z0-9]{3,}) *$", mail.outbox[-1].body, re.M)
    client.post("/account/login/code/confirm/", {"code": code})
    assert "Fatma" in text_of(client.get(me(area)))


def test_her_receipt_goes_on_working(client, area):
    code = register(client, area, finish={"email": EMAIL}).context["code"]
    press(mailed_link())
    assert open_with(visitor(), area, code).status_code == 302


def gone(link):
    page = visitor().get(link)
    browser, pressed = press(link)
    assert page.status_code == pressed.status_code
    assert (NO_LONGER in text_of(page)) == (page.status_code == 410)
    return page.status_code == 410 and signed_in(browser) is None


def test_the_link_works_once(area, holder, record):
    link = asked_link(holder, area)
    press(link)
    assert gone(link)


def test_the_link_works_for_seven_days(area, holder, record, monkeypatch):
    now = time.time()
    for days, old in ((6.9, False), (7.1, True)):
        monkeypatch.setattr(signing.time, "time", lambda days=days: now - days * 86400)
        link = reverse(
            "me:address", args=[area.slug, signing.dumps([holder.pk, None, EMAIL], salt=SALT)]
        )
        monkeypatch.undo()
        assert (visitor().get(link).status_code == 410) == old


@pytest.mark.parametrize("token", ["x", "x:y:z", "W10:1:2", "%00", "🪴"])
def test_a_forged_link_opens_nothing(area, record, token):
    assert gone(f"/{area.slug}/me/email/{token}/")


def test_a_link_signed_for_something_else_opens_nothing(area, holder, record):
    token = signing.dumps([holder.pk, None, EMAIL], salt="another")
    assert gone(reverse("me:address", args=[area.slug, token]))


def test_a_link_is_for_the_area_it_was_asked_in(area, other_area, holder, record):
    assert gone(asked_link(holder, area).replace(area.slug, other_area.slug, 1))


def test_a_link_of_what_was_erased_opens_nothing(client, area, holder, record):
    link = asked_link(holder, area)
    browser_of(holder).post(reverse("me:erase", args=[area.slug]), {"sure": "1"})
    assert gone(link)
    assert not User.objects.exists()


def test_a_newer_address_makes_the_older_link_useless(area, holder, record):
    first = asked_link(holder, area, "first@example.org")
    press(asked_link(holder, area))
    assert gone(first)
    assert User.objects.get().email == EMAIL


def test_who_was_let_go_does_not_come_back_by_a_link(area, holder, record):
    link = asked_link(holder, area)
    User.objects.filter(pk=holder.pk).update(is_active=False)
    assert gone(link)


# Somebody who has an account


def test_the_record_moves_to_the_account_that_has_the_address(area, holder, record):
    known = make_user(email=EMAIL)
    browser, _ = press(asked_link(holder, area, EMAIL.upper()))
    assert signed_in(browser) == str(known.pk)
    assert Resident.objects.get().owner == known
    assert list(User.objects.all()) == [known]


def test_the_link_signs_nobody_in_who_is_more_than_a_resident(area, holder, record):
    known = make_user("coordinator", area, email=EMAIL)
    browser, pressed = press(asked_link(holder, area))
    assert Resident.objects.get().owner == known
    assert signed_in(browser) is None
    said = browser.get(pressed.url, follow=True)
    assert "From now on you can sign in with your e-mail." in text_of(said)
    assert "/account/login/code/" in text_of(said)


def test_all_that_hangs_on_the_old_holder_moves_along(area, other_area, holder, record):
    known = make_user("coordinator", other_area, email=EMAIL)
    for where in (area, other_area):
        Membership.objects.create(user=holder, area=where, role="resident")
    Proposal.objects.create(asset=record, by=holder, field="name", text="Fatima")
    Introduction.objects.create(resident=make_resident(area, "Bo"), asker=holder)
    Export.objects.log(area, holder, "csv", "her own copy", [record.asset_ptr])
    press(asked_link(holder, area))
    assert known.memberships.get(area=area).role == "resident"
    assert known.memberships.get(area=other_area).role == "coordinator"
    kept = (Proposal.objects.get().by, Introduction.objects.get().asker, Export.objects.get().user)
    assert kept == (known, known, known)


def test_what_both_have_asked_is_asked_once_and_nobody_asks_herself(area, holder, record):
    known, bo = make_user(email=EMAIL), make_resident(area, "Bo")
    own = make_resident(area, "Fatma once more", owner=known)
    for asker, resident in ((holder, bo), (known, bo), (holder, own)):
        Introduction.objects.create(resident=resident, asker=asker)
    press(asked_link(holder, area))
    kept = Introduction.objects.get()
    assert (kept.asker, kept.resident) == (known, bo)


def test_an_account_is_not_lost_to_another(area, other_area):
    """Whoever has an e-mail already keeps her account; only what she owns moves."""
    other = make_user("resident", area)
    make_resident(area, "Fatma", owner=other)
    place = make_place(other_area, owner=other)
    known = make_user(email=EMAIL)
    link = asked_link(other, area)
    press(link)
    assert set(known.owned_assets.values_list("name", flat=True)) == {"Fatma", place.name}
    assert User.objects.filter(pk=other.pk).exists()
    assert gone(link)


def test_a_barred_account_takes_no_record_over(area, holder, record):
    make_user(email=EMAIL, is_active=False)
    link = asked_link(holder, area)
    assert gone(link)
    assert Resident.objects.get().owner == holder
