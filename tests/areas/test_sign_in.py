"""Signing in: a code by mail, for those who have an account, and nothing for the rest."""

import html
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from assetmap.areas.models import User
from tests.factories import make_user

ASK = "/account/login/code/"
CONFIRM = "/account/login/code/confirm/"
CODE = re.compile(r"^ *([A-Z0-9]{3,}-[A-Z0-9]{3,}) *$", re.MULTILINE)


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    """Limits on guessing are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def anna(area):
    return make_user("coordinator", area, email="anna@example.org", name="Anna")


def ask(client, email, **more):
    return client.post(ASK, {"email": email, **more})


def mailed_code():
    return CODE.search(mail.outbox[-1].body)[1]


def confirm(client, code, **more):
    return client.post(CONFIRM, {"code": code, **more})


def signed_in(client):
    return "_auth_user_id" in client.session


# The way in -------------------------------------------------------------------------------


def test_the_sign_in_page_is_where_the_site_says(client, area):
    assert reverse("account_request_login_code") == ASK
    assert f'href="{ASK}?next=/urbanplanen/"' in client.get("/urbanplanen/").content.decode()
    page = client.get(ASK).content.decode()
    assert "You need no password." in page
    assert re.search(r'<input type="email" name="email"[^>]*>', page)


def test_a_mailed_code_signs_one_in(client, anna):
    response = ask(client, "anna@example.org")
    assert (response.status_code, response.url) == (302, CONFIRM)
    assert not signed_in(client)
    (message,) = mail.outbox
    assert message.to == ["anna@example.org"]
    response = confirm(client, mailed_code())
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(anna.pk)
    page = client.get("/urbanplanen/").content.decode()
    assert "Sign out" in page
    assert "/urbanplanen/add/" in page


@pytest.mark.parametrize("typed", ["ANNA@example.org", "Anna@Example.Org", " anna@example.org "])
def test_the_letters_case_of_an_address_does_not_matter(client, anna, typed):
    ask(client, typed)
    assert [message.to for message in mail.outbox] == [["anna@example.org"]]
    confirm(client, mailed_code())
    assert signed_in(client)


def test_a_code_may_be_typed_in_small_letters_and_with_spaces(client, anna):
    ask(client, "anna@example.org")
    confirm(client, f" {mailed_code().lower()} ")
    assert signed_in(client)


def test_signing_out_takes_a_click_and_ends_it(client, anna):
    client.force_login(anna)
    client.get("/account/logout/")
    assert signed_in(client)
    assert client.post("/account/logout/").status_code == 302
    assert not signed_in(client)


# Guessing ---------------------------------------------------------------------------------


def test_a_wrong_code_signs_nobody_in(client, anna):
    ask(client, "anna@example.org")
    response = confirm(client, "WRONG1")
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not signed_in(client)
    confirm(client, mailed_code())  # a slip is forgiven
    assert signed_in(client)


def test_guessing_three_times_ends_the_code(client, anna):
    ask(client, "anna@example.org")
    code = mailed_code()
    for guess in ("AAAAAA", "BBBBBB", "CCCCCC"):
        confirm(client, guess)
    confirm(client, code)
    assert not signed_in(client)


def press_other_button(client, page):
    """Press the button on the code's page that is not for sending the code."""
    main = page.content.decode().partition("<main")[2]
    for form in re.findall(r"<form.*?</form>", main, re.DOTALL):
        if 'name="code"' not in form:
            action = re.search(r'action="([^"]*)"', form)[1]
            fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
            client.post(html.unescape(action) or CONFIRM, fields)


def test_one_may_ask_for_a_new_code(client, anna):
    """Mails go astray and addresses are mistyped: one must not have to wait it out."""
    page = client.get(ask(client, "ana@example.org").url)
    press_other_button(client, page)
    ask(client, "anna@example.org")
    assert [message.to for message in mail.outbox] == [["anna@example.org"]]
    confirm(client, mailed_code())
    assert signed_in(client)


def test_a_code_works_once(client, anna):
    ask(client, "anna@example.org")
    code = mailed_code()
    confirm(client, code)
    client.post("/account/logout/")
    confirm(client, code)
    assert not signed_in(client)


def test_a_code_works_only_in_the_browser_that_asked_for_it(client, anna):
    ask(client, "anna@example.org")
    other = Client()
    confirm(other, mailed_code())
    assert not signed_in(other)


def test_an_old_code_is_no_longer_taken(client, anna, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    ask(client, "anna@example.org")
    confirm(client, mailed_code())
    assert not signed_in(client)


def test_without_having_asked_there_is_nothing_to_confirm(client, anna):
    assert client.get(CONFIRM).status_code == 302
    assert confirm(client, "ABCDEF").status_code == 302
    assert not signed_in(client)


def test_nobody_is_flooded_with_codes(anna):
    answers = {ask(Client(), "anna@example.org").status_code for _ in range(30)}
    assert 1 <= len(mail.outbox) < 10
    assert answers <= {200, 302, 429}


def test_one_who_was_let_go_gets_no_further(client, anna):
    User.objects.update(is_active=False)
    ask(client, "anna@example.org")
    for message in mail.outbox:
        if found := CODE.search(message.body):
            confirm(client, found[1])
    assert client.get("/urbanplanen/add/").status_code == 302


# Strangers --------------------------------------------------------------------------------


def told(client, email):
    """All that somebody is told who asks for a code, but for the address itself."""
    asked = ask(client, email)
    page = client.get(asked.url).content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    guess = confirm(client, "AAAAAA")
    return asked.status_code, asked.url, page.replace(email, "ADDRESS"), guess.status_code


def test_an_unknown_address_is_answered_like_a_known_one(anna):
    answers = [
        told(Client(headers={"accept-language": "en"}), email)
        for email in ("anna@example.org", "bert@example.org")
    ]
    assert answers[0] == answers[1]


def test_an_unknown_address_is_mailed_no_code(client, anna):
    ask(client, "bert@example.org")
    for message in mail.outbox:
        assert message.to == ["bert@example.org"]
        assert not CODE.search(message.body)
    assert not User.objects.filter(email="bert@example.org").exists()


def test_an_unknown_address_is_not_invited_to_sign_up(client, anna):
    """Sign-up is closed, so a mail must not lead there."""
    ask(client, "bert@example.org")
    for message in mail.outbox:
        assert "/signup" not in message.body
        assert "sign up" not in message.body.lower()


@pytest.mark.parametrize("email", ["", "anna", "anna@", "a\x00@example.org", "x" * 5000 + "@a.dk"])
def test_what_is_no_address_is_refused_in_words(client, anna, email):
    response = ask(client, email)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert mail.outbox == []


def test_nobody_signs_up(client, anna):
    page = client.get("/account/signup/")
    assert 'type="password"' not in page.content.decode()
    fields = {
        "email": "bert@example.org",
        "password1": "long words 4",
        "password2": "long words 4",
    }
    client.post("/account/signup/", fields)
    assert list(User.objects.values_list("email", flat=True)) == ["anna@example.org"]
    assert not signed_in(client)


def test_the_sign_in_pages_link_to_no_sign_up(client, anna):
    for path in (ASK, "/account/login/", "/"):
        assert "/account/signup" not in client.get(path, follow=True).content.decode()


def test_a_form_without_its_token_mails_nothing(anna):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ASK, {"email": "anna@example.org"}).status_code == 403
    assert mail.outbox == []


# Where one goes next ----------------------------------------------------------------------


def carried(page):
    """What the page's own form (not the one in its head) says of where one goes next."""
    main = page.content.decode().partition("<main")[2]
    field = re.search(r'<input type="hidden" name="next" value="([^"]*)"', main)
    return {"next": html.unescape(field[1])} if field else {}


def land(client, following):
    """Sign in from a page, as its link to the sign-in does, and return where one lands."""
    asked = ask(client, "anna@example.org", **carried(client.get(ASK, {"next": following})))
    return confirm(client, mailed_code(), **carried(client.get(asked.url))).url


@pytest.mark.parametrize("following", ["/urbanplanen/?layer=place", "/urbanplanen/places/add/"])
def test_one_lands_where_one_came_from(client, anna, following):
    assert land(client, following) == following


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "https://testserver@evil.example/",
    ],
)
def test_one_lands_nowhere_outside_the_site(client, anna, following):
    where = land(client, following)
    assert "evil" not in where
    assert "javascript" not in where
    assert signed_in(client)


def test_a_page_for_coordinators_asks_one_to_sign_in_and_leads_back(client, anna):
    response = client.get("/urbanplanen/places/add/?name=Haven")
    assert response.url == f"{ASK}?next=/urbanplanen/places/add/%3Fname%3DHaven"
    assert land(client, "/urbanplanen/places/add/?name=Haven").endswith("add/?name=Haven")


def test_the_language_stays_when_one_signs_in(area, anna):
    client = Client(headers={"accept-language": "en"})
    ask(client, "anna@example.org")
    confirm(client, mailed_code())
    assert '<html lang="en">' in client.get("/urbanplanen/").content.decode()
