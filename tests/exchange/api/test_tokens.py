"""Tokens: who makes them, that their keys are kept nowhere, and when they open nothing."""

import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from assetmap.areas.receipts import new_holder
from assetmap.exchange.api.keys import new_key
from assetmap.exchange.api.token_pages import MOST
from assetmap.exchange.models import Token
from tests.factories import make_admin, make_place, make_user

from .conftest import Program, make_token, refusal

pytestmark = pytest.mark.once

PAGE = "/api/tokens/"
AREAS = "/areas"


@pytest.fixture
def signed_in(client, coordinator):
    client.force_login(coordinator)
    return client


def key_on(page):
    found = re.search(r'<code id="key">(am_[\w-]{43})</code>', page.content.decode())
    return found and found[1]


def refused(program, status=401):
    return refusal(program.ask("GET", AREAS), status)


# Making and taking back -------------------------------------------------------------------


@pytest.mark.parametrize("days", [30, 90, 365])
def test_the_key_stands_on_the_page_once_and_opens_until_it_lapses(signed_in, days, area):
    page = signed_in.post(PAGE, {"name": "Hjemmesiden", "days": days})
    assert "no-store" in page["Cache-Control"]
    hidden = make_place(area, visibility="private")
    program = Program(key=key_on(page))
    assert program.ask("GET", f"/areas/urbanplanen/assets/{hidden.uid}").status_code == 200
    lapses = Token.objects.get().expires_at - timezone.now()
    assert timedelta(days=days, minutes=-1) < lapses <= timedelta(days=days)
    again = signed_in.get(PAGE)
    assert "Hjemmesiden" in again.content.decode() and not key_on(again)


def test_only_a_digest_is_kept_of_a_key(coordinator):
    key = make_token(coordinator)
    kept = " ".join(str(value) for value in Token.objects.values().get().values())
    assert key not in kept and key[3:] not in kept and re.search(r"\b[0-9a-f]{64}\b", kept)


@pytest.mark.parametrize(
    "sent",
    [{}, {"name": "", "days": 30}, {"name": "A", "days": 31}, {"name": "0101011236", "days": 30}],
)
def test_a_bad_form_makes_no_token_and_keeps_what_was_typed(signed_in, sent):
    page = signed_in.post(PAGE, sent)
    assert 'class="errors"' in page.content.decode() and not key_on(page)
    assert f'value="{sent.get("name") or 30}"' in page.content.decode()
    assert not Token.objects.exists()


def test_nobody_has_more_tokens_than_can_be_looked_after(signed_in, coordinator):
    for _ in range(MOST):
        make_token(coordinator)
    page = signed_in.post(PAGE, {"name": "Endnu en", "days": 30})
    assert "Take one back first" in page.content.decode()
    assert coordinator.tokens.count() == MOST


def test_a_token_taken_back_opens_nothing(signed_in, coordinator):
    program = Program(coordinator)
    token = Token.objects.get()
    response = signed_in.post(reverse("api:take-back", args=[token.pk]), follow=True)
    assert "opens nothing any more" in response.content.decode()
    assert "may have been taken back" in refused(program)


def test_nobody_sees_or_takes_back_somebody_elses_token(signed_in, area):
    make_token(make_user("coordinator", area), name="En andens")
    assert "En andens" not in signed_in.get(PAGE).content.decode()
    path = reverse("api:take-back", args=[Token.objects.get().pk])
    assert signed_in.post(path).status_code == 404
    assert signed_in.get(path).status_code == 405
    assert Token.objects.exists()


def test_only_whoever_coordinates_somewhere_has_the_page(client, area, stranger):
    assert "/account/" in client.get(PAGE)["location"]
    for user in (make_user("resident", area), make_user("partner", area), new_holder()):
        client.force_login(user)
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"name": "A", "days": 30}).status_code == 403
    for user in (stranger, make_admin()):
        client.force_login(user)
        assert client.get(PAGE).status_code == 200
    assert not Token.objects.exists()


def test_the_page_takes_as_many_queries_for_many_tokens(
    signed_in, coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    make_token(coordinator)
    with django_assert_max_num_queries(5) as few:
        signed_in.get(PAGE)
    for _ in range(5):
        make_token(coordinator)
    with django_assert_num_queries(len(few)):
        signed_in.get(PAGE)


# Using ------------------------------------------------------------------------------------


def test_a_lapsed_token_says_so(coordinator):
    key = make_token(coordinator, expires_at=timezone.now())
    assert refused(Program(key=key)) == "This token has lapsed. Make a new one."


def test_a_token_opens_nothing_when_its_user_may_not_sign_in(coordinator):
    program = Program(coordinator)
    coordinator.is_active = False
    coordinator.save()
    assert refused(program)


def test_a_token_writes_no_more_when_its_user_does_not_coordinate(coordinator, area):
    program = Program(coordinator)
    coordinator.memberships.update(role="resident")
    sent = {"layer": "place", "name": "Haven"}
    assert program.ask("POST", "/areas/urbanplanen/assets", sent).status_code == 403


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic Ym86Ym8=", "am_x", "Bearer \xe6"])
def test_a_header_that_is_no_token_is_refused_in_words(client, area, header):
    response = client.get("/api/v1/areas", headers={"authorization": header})
    assert response.status_code == 401 and response.json()["detail"]
    assert response["WWW-Authenticate"] == "Bearer"


def test_an_older_secret_of_the_site_still_finds_a_token(coordinator, settings):
    program = Program(coordinator)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new secret"
    assert program.ask("GET", AREAS).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert refused(program)


def test_use_is_noted_once_an_hour(coordinator):
    program = Program(coordinator)
    program.get(AREAS)
    first = Token.objects.get().used_at
    program.get(AREAS)
    assert Token.objects.get().used_at == first
    Token.objects.update(used_at=first - timedelta(minutes=61))
    program.get(AREAS)
    assert Token.objects.get().used_at > first


def test_too_many_wrong_keys_are_stopped_and_a_good_one_is_not(area, coordinator, settings):
    settings.ACCOUNT_RATE_LIMITS = {"api_token": "2/m/ip"}
    cache.clear()
    for _ in range(2):
        refused(Program(key=new_key()), 401)
    assert "too many tries" in refused(Program(key=new_key()), 429)
    assert Program(coordinator).ask("GET", AREAS).status_code == 200


def test_no_key_is_logged(coordinator, settings, caplog):
    settings.DEBUG = True
    caplog.set_level(logging.DEBUG)
    for key in (new_key(), make_token(coordinator)):
        Program(key=key).ask("GET", AREAS)
        Program(key=key).ask("POST", "/areas/nowhere/assets", {})
        assert key[3:] not in caplog.text
