"""Mail waits in a queue: nothing is lost while a server is down, and nothing is kept after."""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Outbox
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from assetmap.areas.mail import forget, forget_about, send_waiting, try_to_send, waiting
from tests.factories import make_place, make_user

ANNA = "anna@example.org"


class Down(BaseEmailBackend):
    """A server that does not answer."""

    asked = 0

    def open(self):
        Down.asked += 1
        raise ConnectionRefusedError(f"nobody there for {ANNA}")

    def send_messages(self, messages):
        self.open()


class Picky(Outbox):
    """A server that takes no mail to Anna."""

    def send_messages(self, messages):
        if messages[0].to == [ANNA]:
            raise SMTPRecipientsRefused({ANNA: (550, b"kanariefugl")})
        return super().send_messages(messages)


class Slow(Outbox):
    """A server so slow that a second process begins while the first still sends."""

    def send_messages(self, messages):
        assert send_waiting() == 0
        return super().send_messages(messages)


class Killed(Outbox):
    """A process that is ended while it sends."""

    def send_messages(self, messages):
        raise KeyboardInterrupt


@pytest.fixture
def through(settings, db):
    """Let mail go through the queue, to the server that the test names."""
    settings.EMAIL_BACKEND = "assetmap.areas.mail.QueueBackend"

    def choose(server):
        path = f"{server.__module__}.{server.__qualname__}"
        settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": {"default": path}}

    choose(Outbox)
    return choose


@pytest.fixture
def send(through, django_capture_on_commit_callbacks):
    """Send as a page does: the mail is tried when its transaction is over."""

    def send(to=ANNA, subject="Hello", body="Words", server=Outbox):
        through(server)
        with django_capture_on_commit_callbacks(execute=True):
            assert send_mail(subject, body, None, [to]) == 1

    return send


def an_hour_later():
    Email.objects.update(scheduled_time=timezone.now() - timedelta(hours=1))


def test_a_mail_goes_at_once_and_is_kept_nowhere(send):
    send(body="Her code")
    assert [(message.to, message.body) for message in mail.outbox] == [([ANNA], "Her code")]
    assert not Email.objects.exists()
    assert not Log.objects.exists()


def test_a_mail_goes_only_once_its_transaction_is_over(through):
    send_mail("Hello", "Words", None, [ANNA])
    assert mail.outbox == []
    assert waiting().count() == 1


def test_copies_and_headers_go_along(through, django_capture_on_commit_callbacks):
    message = EmailMessage(
        "Hello", "Words", to=[ANNA], cc=["bo@example.org"], bcc=["ib@example.org"]
    )
    message.extra_headers["X-Kind"] = "letter"
    with django_capture_on_commit_callbacks(execute=True):
        message.send()
    assert mail.outbox[0].recipients() == [ANNA, "bo@example.org", "ib@example.org"]
    assert mail.outbox[0].extra_headers["X-Kind"] == "letter"


def test_a_server_that_is_down_loses_nothing(send, through):
    send(body="Her code", server=Down)
    assert mail.outbox == []
    assert waiting().count() == 1
    through(Outbox)
    an_hour_later()
    assert send_waiting() == 1
    assert [message.body for message in mail.outbox] == ["Her code"]
    assert not Email.objects.exists()


def test_a_mail_that_failed_is_not_tried_again_in_the_same_minute(send, through):
    send(server=Down)
    through(Outbox)
    assert send_waiting() == 0
    assert waiting().count() == 1


def test_a_server_that_is_down_is_asked_once_and_not_once_a_mail(send, through):
    for number in range(3):
        send(f"somebody{number}@example.org", server=Down)
    an_hour_later()
    Down.asked = 0
    assert send_waiting() == 0
    assert Down.asked == 1
    through(Outbox)
    assert send_waiting() == 3


def test_one_mail_that_is_refused_does_not_hold_up_the_rest(send, through):
    send(ANNA, server=Down)
    send("bo@example.org", server=Down)
    an_hour_later()
    through(Picky)
    assert send_waiting() == 1
    assert [message.to for message in mail.outbox] == [["bo@example.org"]]
    assert [email.to for email in waiting()] == [[ANNA]]


def test_what_waited_for_three_days_is_dropped(send, through):
    send(server=Down)
    Email.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    an_hour_later()
    through(Outbox)
    assert send_waiting() == 0
    assert mail.outbox == []
    assert not Email.objects.exists()


def test_a_mail_waits_for_three_days_at_most(send):
    send(server=Down)
    left = Email.objects.get().expires_at - timezone.now()
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)


def test_two_processes_do_not_send_the_same_mail(send, through):
    send(server=Down)
    an_hour_later()
    through(Slow)
    assert send_waiting() == 1
    assert len(mail.outbox) == 1


def test_a_mail_is_sent_by_whoever_comes_first(send, through):
    send(server=Down)
    an_hour_later()
    through(Outbox)
    pk = waiting().get().pk
    assert [try_to_send(pk), try_to_send(pk)] == [True, False]
    assert len(mail.outbox) == 1


def test_a_process_that_dies_on_the_way_leaves_the_mail_to_the_next(send, through):
    """What it had taken is in the queue, only for a little later."""
    send(server=Down)
    an_hour_later()
    through(Killed)
    with pytest.raises(KeyboardInterrupt):
        send_waiting()
    email = Email.objects.get()
    assert (email.status, email.scheduled_time > timezone.now()) == (STATUS.requeued, True)
    an_hour_later()
    through(Outbox)
    assert send_waiting() == 1


@pytest.mark.parametrize("server", [Down, Picky])
def test_neither_address_nor_words_are_logged(send, server, caplog, capfd):
    caplog.set_level(logging.DEBUG, "assetmap")
    caplog.set_level(logging.DEBUG, "post_office")
    send(subject="kanariefugl", body="kanariefugl", server=server)
    an_hour_later()
    send_waiting()
    said = caplog.text + "".join(capfd.readouterr())
    assert "A mail could not be sent" in said
    assert ANNA not in said
    assert "kanariefugl" not in said


def test_a_person_who_goes_takes_her_mail_along(send):
    for address in (ANNA, "Anna@Example.org", "joanna@example.org"):
        send(address, server=Down)
    forget(ANNA)
    assert [email.to for email in Email.objects.all()] == [["joanna@example.org"]]


def test_mail_about_something_erased_goes_whomever_it_is_to(send, area):
    place, other = make_place(area), make_place(area)
    for asset in (place, other):
        send(body=f"Look at {asset.get_absolute_url()}", server=Down)
    forget_about(place)
    assert str(other.uid) in Email.objects.get().message


def test_signing_in_survives_a_server_that_is_down(
    client, area, through, django_capture_on_commit_callbacks
):
    make_user("coordinator", area, ANNA)
    through(Down)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/login/code/", {"email": ANNA})
    assert answer.status_code == 302
    assert waiting().count() == 1
