"""She answers, and either of the two stops it."""

import pytest
from django.core import mail

from assetmap.areas.models import User
from assetmap.inventory.models import Asset
from tests.contracts import CPR, browser_of, text_of
from tests.factories import make_admin, make_user
from tests.residents.introductions.words import (
    ASKED,
    OF_ASKER,
    WORDS,
    YES,
    accepted,
    archived,
    introduce,
    not_agreed,
    over,
    shown,
    url,
    words_of,
)

# Answering --------------------------------------------------------------------------------


def test_she_reads_the_message_and_the_role_alone(client, area, she, introduction):
    client.force_login(she)
    answer = client.get(url("answer", area, introduction.pk))
    text = text_of(answer)
    assert "A neighbour would like to meet you" in text
    assert "qxmessage" in text
    assert not shown(OF_ASKER, text)
    initial = answer.context["form"].initial
    assert (initial["resident_name"], initial["resident_contact"]) == ("Ida", "qxprivate")


@pytest.mark.parametrize(
    ("role", "words"),
    [("partner", "A partner"), ("coordinator", "A coordinator"), (None, "Somebody who has no")],
)
def test_the_asker_is_known_by_her_role(client, area, she, resident, role, words):
    introduction = introduce(resident, make_user(role, area))
    client.force_login(she)
    assert words in text_of(client.get(url("list", area)))
    assert words in text_of(client.get(url("answer", area, introduction.pk)))


def test_an_administrator_asks_as_a_coordinator(client, area, she, resident):
    admin = make_admin()
    client.force_login(admin)
    client.post(url("ask", area, resident.uid), ASKED)
    client.force_login(she)
    assert "A coordinator" in text_of(client.get(url("list", area)))


def test_a_yes_shows_each_to_the_other_on_the_same_page(client, area, she, asker, introduction):
    client.force_login(she)
    client.post(url("answer", area, introduction.pk), YES)
    introduction.refresh_from_db()
    assert introduction.state == "accepted"
    assert introduction.answered_at
    for user in (she, asker):
        text = text_of(browser_of(user).get(url("answer", area, introduction.pk)))
        assert shown(WORDS, text) == WORDS


def test_a_no_takes_the_words_away(client, area, she, asker, introduction):
    client.force_login(she)
    client.post(url("answer", area, introduction.pk), {"answer": "no"})
    assert words_of(introduction) == ""
    assert introduction.state == "declined"
    assert "no, thank you" in text_of(browser_of(asker).get(url("list", area)))
    assert not mail.outbox


@pytest.mark.parametrize("missing", ["answer", "resident_name", "resident_contact"])
def test_half_a_yes_is_none_and_what_was_typed_stays(client, area, she, introduction, missing):
    client.force_login(she)
    typed = {name: value for name, value in YES.items() if name != missing}
    answer = client.post(url("answer", area, introduction.pk), typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert all(value in text_of(answer) for value in typed.values())
    introduction.refresh_from_db()
    assert introduction.state == "asked"


def test_a_cpr_number_in_the_answer_is_refused(client, area, she, introduction):
    client.force_login(she)
    answer = client.post(url("answer", area, introduction.pk), YES | {"resident_contact": CPR})
    assert "CPR number" in text_of(answer)
    introduction.refresh_from_db()
    assert introduction.state == "asked"


@pytest.mark.parametrize("state", ["accepted", "declined", "stopped"])
def test_an_answer_that_comes_too_late_changes_nothing(client, area, she, asker, resident, state):
    row = accepted(resident, asker) if state == "accepted" else over(resident, asker, state)
    before = words_of(row)
    client.force_login(she)
    for typed in (YES | {"resident_name": "another"}, {"answer": "no"}):
        answer = client.post(url("answer", area, row.pk), typed, follow=True)
        assert "It was answered or stopped in the meantime." in text_of(answer)
    assert words_of(row) == before
    assert row.state == state
    assert not mail.outbox


def role_gone(introduction):
    introduction.asker.memberships.all().delete()


def asker_cannot_sign_in(introduction):
    User.objects.filter(pk=introduction.asker_id).update(is_active=False)


def withdrawn(introduction):
    not_agreed(introduction.resident)


def paused(introduction):
    archived(introduction.resident)


@pytest.mark.parametrize("close", [role_gone, asker_cannot_sign_in, withdrawn, paused])
@pytest.mark.parametrize("last_word", ["no", "stop"])
def test_when_the_way_is_closed_she_may_still_say_no(
    client, area, she, introduction, close, last_word
):
    close(introduction)
    client.force_login(she)
    text = text_of(client.get(url("answer", area, introduction.pk)))
    assert "say no." in text
    assert 'value="yes"' not in text
    assert client.post(url("answer", area, introduction.pk), YES).status_code == 200
    introduction.refresh_from_db()
    assert introduction.state == "asked"
    if last_word == "no":
        client.post(url("answer", area, introduction.pk), {"answer": "no"})
    else:
        client.post(url("stop", area, introduction.pk))
    assert words_of(introduction) == ""


def test_a_resident_who_hides_is_not_named_to_who_asked(client, area, asker, introduction):
    Asset.objects.filter(pk=introduction.resident_id).update(visibility="private")
    client.force_login(asker)
    for page in (url("list", area), url("answer", area, introduction.pk)):
        text = text_of(client.get(page))
        assert "Ida" not in text
        assert "somebody who is not shown" in text


# Stopping ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["asked", "accepted"])
@pytest.mark.parametrize("who", ["she", "asker"])
def test_either_stops_it_and_the_words_are_gone_for_both(
    client, area, she, asker, resident, state, who
):
    row = accepted(resident, asker) if state == "accepted" else introduce(resident, asker)
    client.force_login({"she": she, "asker": asker}[who])
    client.post(url("stop", area, row.pk))
    assert words_of(row) == ""
    assert row.state == "stopped"
    for user in (she, asker):
        text = text_of(browser_of(user).get(url("answer", area, row.pk)))
        assert "It was stopped." in text
        assert not shown(WORDS, text)


@pytest.mark.parametrize("state", ["declined", "stopped"])
def test_what_is_over_is_not_stopped_again(client, area, asker, resident, state):
    row = over(resident, asker, state)
    client.force_login(asker)
    answer = client.post(url("stop", area, row.pk), follow=True)
    assert "in the meantime" in text_of(answer)
    row.refresh_from_db()
    assert row.state == state


def test_who_lost_her_role_may_still_stop_what_she_asked(client, area, asker, introduction):
    role_gone(introduction)
    client.force_login(asker)
    assert client.get(url("list", area)).status_code == 200
    client.post(url("stop", area, introduction.pk))
    introduction.refresh_from_db()
    assert introduction.state == "stopped"
