"""Somebody asks to meet a resident who agreed to it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from assetmap.areas.models import Membership, User
from assetmap.inventory.models import Asset
from residents.introduction_forms import BY_ONE_ASKER, TO_ONE_RESIDENT
from residents.introductions import may_be_asked
from residents.models import Introduction
from tests.contracts import CPR, browser_of, text_of
from tests.factories import make_user
from tests.residents.introductions.words import (
    ASKED,
    archived,
    introduce,
    not_agreed,
    over,
    some,
    url,
)

# Asking -----------------------------------------------------------------------------------


def test_a_neighbour_asks_and_finds_it_in_her_list(client, area, asker, resident):
    client.force_login(asker)
    form = client.get(url("ask", area, resident.uid))
    assert form.context["form"].initial["asker_name"] == "qxaskeruser"
    answer = client.post(url("ask", area, resident.uid), ASKED, follow=True)
    introduction = Introduction.objects.get()
    assert (introduction.resident, introduction.asker) == (resident, asker)
    assert introduction.state == "asked"
    assert answer.redirect_chain == [(url("answer", area, introduction.pk), 302)]
    assert "It waits for an answer" in text_of(answer)
    listed = text_of(client.get(url("list", area)))
    assert "Ida" in listed
    assert "waits for an answer" in listed


@pytest.mark.parametrize("missing", ["message", "asker_name", "asker_contact", "agrees"])
def test_nothing_may_be_left_out_and_what_was_typed_stays(client, area, asker, resident, missing):
    client.force_login(asker)
    typed = {name: value for name, value in ASKED.items() if name != missing}
    answer = client.post(
        url("ask", area, resident.uid), typed | {"message": typed.get("message", " ")}
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [missing]
    assert all(value in text_of(answer) for name, value in typed.items() if name != "agrees")
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("field", ["message", "asker_name", "asker_contact"])
def test_a_cpr_number_is_refused(client, area, asker, resident, field):
    client.force_login(asker)
    answer = client.post(url("ask", area, resident.uid), ASKED | {field: f"I am {CPR}"})
    assert "CPR number" in text_of(answer)
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("message", ["x" * 1001, "nul \0 byte"])
def test_a_message_that_cannot_be_kept_is_refused_in_words(client, area, asker, resident, message):
    client.force_login(asker)
    answer = client.post(url("ask", area, resident.uid), ASKED | {"message": message})
    assert answer.status_code == 200
    assert "message" in answer.context["form"].errors
    assert not Introduction.objects.exists()


def test_any_script_and_emoji_are_kept_and_html_is_shown_as_text(
    client, area, she, asker, resident
):
    client.force_login(asker)
    typed = "نخيط معًا؟ 🧵 <script>alert(1)</script>"
    client.post(url("ask", area, resident.uid), ASKED | {"message": typed})
    assert Introduction.objects.get().message == typed
    text = text_of(browser_of(she).get(url("answer", area, Introduction.objects.get().pk)))
    assert "نخيط معًا؟ 🧵" in text
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text
    assert re.search(r'dir="auto"><p>نخيط', text)


def test_asking_twice_is_refused_in_words(client, area, asker, resident):
    client.force_login(asker)
    client.post(url("ask", area, resident.uid), ASKED)
    again = client.post(url("ask", area, resident.uid), ASKED | {"message": "once more"})
    assert "You have asked already. Wait for the answer." in text_of(again)
    assert "once more" in text_of(again)
    assert Introduction.objects.count() == 1
    half = client.post(url("ask", area, resident.uid), ASKED | {"asker_name": ""})
    assert "You have asked already" in text_of(half)  # told at once, not after the next mistake


def test_two_tabs_at_once_make_one_introduction(client, area, asker, resident, monkeypatch):
    """As if the other tab wrote its row after this one had looked."""
    client.force_login(asker)
    monkeypatch.setattr(Introduction, "validate_constraints", lambda *args, **kwargs: None)
    client.post(url("ask", area, resident.uid), ASKED)
    again = client.post(url("ask", area, resident.uid), ASKED)
    assert "You have asked already" in text_of(again)
    assert Introduction.objects.count() == 1
    assert len(mail.outbox) == 1


def test_the_database_keeps_one_open_introduction_of_two(resident, asker, introduction):
    with pytest.raises(IntegrityError), transaction.atomic():
        introduce(resident, asker)


def test_who_asked_already_is_led_to_it(client, area, asker, resident, introduction):
    client.force_login(asker)
    answer = client.get(url("ask", area, resident.uid))
    assert answer.url == url("answer", area, introduction.pk)


def test_after_a_no_one_may_ask_again(client, area, asker, resident):
    over(resident, asker)
    client.force_login(asker)
    assert client.post(url("ask", area, resident.uid), ASKED).status_code == 302


def test_one_asker_is_slowed_down_in_words(client, area, asker, resident):
    for other in some(area, BY_ONE_ASKER):
        over(other, asker)
    client.force_login(asker)
    answer = client.post(url("ask", area, resident.uid), ASKED)
    assert "You have asked several people today. Try again after" in text_of(answer)
    assert "qxmessage: shall we sew?" in text_of(answer)
    assert not Introduction.objects.filter(resident=resident).exists()
    first = Introduction.objects.order_by("created_at").first()
    a_day_ago = timezone.now() - timedelta(hours=24, seconds=1)
    Introduction.objects.filter(pk=first.pk).update(created_at=a_day_ago)
    assert client.post(url("ask", area, resident.uid), ASKED).status_code == 302


def test_what_one_asked_in_another_area_does_not_count(client, area, other_area, asker, resident):
    for other in some(other_area, BY_ONE_ASKER):
        over(other, asker)
    client.force_login(asker)
    assert client.post(url("ask", area, resident.uid), ASKED).status_code == 302


def test_one_resident_is_not_flooded(client, area, asker, resident):
    for _ in range(TO_ONE_RESIDENT):
        over(resident, make_user("partner", area))
    client.force_login(asker)
    answer = client.post(url("ask", area, resident.uid), ASKED)
    assert "has been asked by several people today. Try again after" in text_of(answer)
    Introduction.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert client.post(url("ask", area, resident.uid), ASKED).status_code == 302


def run_out(resident):
    resident.consents.update(expires_at=timezone.now())


def pending(resident):
    Asset.objects.filter(pk=resident.pk).update(status="pending")


def without_owner(resident):
    Asset.objects.filter(pk=resident.pk).update(owner=None)


def owner_cannot_sign_in(resident):
    User.objects.filter(pk=resident.owner_id).update(is_active=False)


CLOSED = [not_agreed, run_out, archived, pending, without_owner, owner_cannot_sign_in]


@pytest.mark.parametrize("close", CLOSED)
def test_who_cannot_or_will_not_answer_is_not_asked(client, area, coordinator, resident, close):
    assert may_be_asked(resident, coordinator)
    close(resident)
    assert not may_be_asked(resident, coordinator)
    client.force_login(coordinator)
    assert client.get(url("ask", area, resident.uid)).status_code == 404
    assert client.post(url("ask", area, resident.uid), ASKED).status_code == 404
    assert not Introduction.objects.exists()


def test_only_who_is_seen_is_asked(client, area, asker, coordinator, resident):
    Asset.objects.filter(pk=resident.pk).update(visibility="private")
    client.force_login(asker)
    assert client.post(url("ask", area, resident.uid), ASKED).status_code == 404
    client.force_login(coordinator)
    assert client.post(url("ask", area, resident.uid), ASKED).status_code == 302


def test_a_resident_is_asked_in_her_own_area_alone(client, area, other_area, resident):
    both = make_user("resident", area)
    Membership.objects.create(user=both, area=other_area, role="resident")
    client.force_login(both)
    assert client.get(url("ask", other_area, resident.uid)).status_code == 404
