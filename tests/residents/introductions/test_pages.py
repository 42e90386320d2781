"""The list, the button on her page, and the mails."""

from django.core import mail
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assetmap.areas.models import Membership, User
from assetmap.inventory.models import Asset
from residents.introductions import may_be_asked
from residents.models import Introduction, Resident
from tests.contracts import browser_of, text_of
from tests.residents.introductions.words import (
    ASKED,
    OF_ASKER,
    OF_HER,
    WORDS,
    YES,
    introduce,
    over,
    shown,
    some,
    url,
)

# The list and the button ------------------------------------------------------------------


def test_the_list_asks_no_more_of_the_database_when_it_grows(client, area, she, asker, resident):
    Membership.objects.filter(user=she).update(role="coordinator")
    client.force_login(she)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(url("list", area))
        return len(asked)

    introduce(resident, asker)
    introduce(some(area, 1)[0], she)
    before = queries()
    for other in some(area, 4):
        introduce(other, she)
        introduce(resident, other.owner)
    assert queries() == before


def test_what_is_open_stands_first_and_a_long_list_has_pages(client, area, she, asker, resident):
    open_row = introduce(resident, asker)
    for _ in range(55):
        over(resident, asker)
    client.force_login(she)
    answer = client.get(url("list", area))
    assert answer.context["of_her"][0][0] == open_row
    assert "page 1 of 2" in text_of(answer)
    assert client.get(url("list", area) + "?page=nonsense").status_code == 404


def test_an_empty_list_says_what_to_do(client, area, neighbour):
    client.force_login(neighbour)
    assert "Nothing yet." in text_of(client.get(url("list", area)))


def button(resident, user):
    """The button as the resident's page shows it."""
    context = {
        **{"asset": resident, "area": resident.area, "user": user},
        "may_be_introduced": may_be_asked(resident, user),
    }
    return render_to_string("residents/_introduce.html", context).strip()


def test_the_button_is_shown_to_those_who_may_ask(area, resident, people):
    address = url("ask", area, resident.uid)
    for role in ("neighbour", "partner", "coordinator", "administrator", "asker"):
        assert f'href="{address}"' in button(resident, people[role])
    for role in ("stranger", "owner"):
        assert button(resident, people[role]) == ""


def test_a_visitor_who_sees_her_is_asked_to_sign_in(client, area, resident):
    visitor = client.get(area.get_absolute_url()).wsgi_request.user
    assert button(resident, visitor) == ""
    Asset.objects.filter(pk=resident.pk).update(visibility="public")
    link = f"{reverse('account_request_login_code')}?next={url('ask', area, resident.uid)}"
    assert f'href="{link}"' in button(Resident.objects.get(), visitor)


# The mails --------------------------------------------------------------------------------


def test_she_is_told_by_mail_that_somebody_asked_and_nothing_more(client, area, asker, resident):
    client.force_login(asker)
    client.post(url("ask", area, resident.uid), ASKED)
    [message] = mail.outbox
    page = url("answer", area, Introduction.objects.get().pk)
    assert message.to == ["qxher@example.org"]
    assert message.subject == "Somebody would like to meet you"
    assert f"    http://testserver{page}\n" in message.body
    everything = f"{message.subject} {message.body}"
    assert not shown([*WORDS, *OF_ASKER, *OF_HER, "Ida"], everything)


def test_who_asked_is_told_by_mail_of_a_yes_and_nothing_more(client, area, she, introduction):
    client.force_login(she)
    client.post(url("answer", area, introduction.pk), YES)
    [message] = mail.outbox
    assert message.to == ["qxasker@example.org"]
    assert message.subject == "The answer is yes"
    assert f"    http://testserver{url('answer', area, introduction.pk)}\n" in message.body
    everything = f"{message.subject} {message.body}"
    assert not shown([*WORDS, *OF_ASKER, *OF_HER, "Ida"], everything)


def test_she_who_has_no_email_gets_no_mail_and_finds_it_in_her_list(client, area, asker, resident):
    User.objects.filter(pk=resident.owner_id).update(email=None)
    client.force_login(asker)
    assert client.post(url("ask", area, resident.uid), ASKED).status_code == 302
    assert not mail.outbox
    she = User.objects.get(pk=resident.owner_id)
    assert "Read it, and say yes or no." in text_of(browser_of(she).get(url("list", area)))
    browser_of(she).post(url("answer", area, Introduction.objects.get().pk), YES)
    assert [message.to for message in mail.outbox] == [["qxasker@example.org"]]


def test_who_asked_without_an_email_is_answered_without_one(client, area, she, introduction):
    User.objects.filter(pk=introduction.asker_id).update(email=None)
    client.force_login(she)
    assert client.post(url("answer", area, introduction.pk), YES).status_code == 302
    assert not mail.outbox
