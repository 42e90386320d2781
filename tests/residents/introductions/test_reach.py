"""Neither name nor number is shown before both said yes, and to nobody else ever."""

import pytest
from django.urls import reverse

from residents.introduction_urls import urlpatterns
from tests.contracts import text_of
from tests.residents.introductions.words import (
    OF_ASKER,
    OF_HER,
    ROLES,
    WORDS,
    YES,
    accepted,
    introduce,
    over,
    pages_for,
    shown,
    url,
)

# Who reaches what -------------------------------------------------------------------------

# 302 for a visitor leads to the sign-in; a form that is not filled in answers 200.
TABLE = {
    ("list", "get"): [302, 200, 200, 200, 200, 200, 200, 200],
    ("list", "post"): [302, 405, 405, 405, 405, 405, 405, 405],
    ("ask", "get"): [302, 200, 200, 200, 403, 200, 302, 404],
    ("ask", "post"): [302, 200, 200, 200, 403, 200, 200, 404],
    ("answer", "get"): [302, 404, 404, 404, 404, 404, 200, 200],
    ("answer", "post"): [302, 404, 404, 404, 404, 404, 404, 200],
    ("stop", "get"): [302, 405, 405, 405, 405, 405, 405, 405],
    ("stop", "post"): [302, 404, 404, 404, 404, 404, 302, 302],
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "method"), TABLE)
def test_each_role_reaches_what_it_may(
    client, area, people, resident, introduction, name, method, role
):
    args = {"list": [], "ask": [resident.uid]}.get(name, [introduction.pk])
    if people[role]:
        client.force_login(people[role])
    answer = getattr(client, method)(url(name, area, *args))
    assert answer.status_code == TABLE[name, method][ROLES.index(role)]
    if role == "visitor":
        assert answer.url.startswith(reverse("account_request_login_code"))
    introduction.refresh_from_db()
    stopped = (name, method) == ("stop", "post") and role in ("asker", "owner")
    assert introduction.state == ("stopped" if stopped else "asked")


def test_every_address_of_introductions_is_in_the_table():
    names = {name for name, _method in TABLE}
    assert {pattern.name for pattern in urlpatterns} == names


@pytest.mark.parametrize(
    "role", ["neighbour", "partner", "coordinator", "stranger", "administrator"]
)
@pytest.mark.parametrize("answer", [YES, {"answer": "no"}])
def test_nobody_answers_for_her(client, area, people, introduction, role, answer):
    client.force_login(people[role])
    assert client.post(url("answer", area, introduction.pk), answer).status_code == 404
    introduction.refresh_from_db()
    assert introduction.state == "asked"


def test_who_asked_cannot_say_yes_herself(client, area, asker, introduction):
    client.force_login(asker)
    assert client.post(url("answer", area, introduction.pk), YES).status_code == 404
    introduction.refresh_from_db()
    assert introduction.state == "asked"


def test_an_introduction_is_in_its_own_area_alone(client, other_area, she, asker, introduction):
    for user in (she, asker):
        client.force_login(user)
        assert client.get(url("answer", other_area, introduction.pk)).status_code == 404
        assert client.post(url("stop", other_area, introduction.pk)).status_code == 404
        assert "waits for an answer" not in text_of(client.get(url("list", other_area)))


def test_a_number_that_is_no_row_is_not_found(client, area, she):
    client.force_login(she)
    assert client.get(url("answer", area, 10**30)).status_code == 404
    assert client.post(url("stop", area, 10**30)).status_code == 404


def test_before_both_said_yes_nothing_of_either_is_on_any_page_for_the_other(
    area, she, asker, resident, introduction
):
    assert not shown(OF_ASKER, pages_for(she, area, resident, introduction))
    assert not shown(OF_HER, pages_for(asker, area, resident, introduction))


@pytest.mark.parametrize("state", ["declined", "stopped"])
def test_after_a_no_nothing_of_either_is_on_any_page_for_the_other(
    area, she, asker, resident, state
):
    row = over(resident, asker, state)
    assert not shown([*OF_ASKER, *WORDS], pages_for(she, area, resident, row))
    assert not shown([*OF_HER, "qxaskercontact"], pages_for(asker, area, resident, row))


@pytest.mark.parametrize("state", ["asked", "accepted"])
@pytest.mark.parametrize(
    "role", ["neighbour", "partner", "coordinator", "stranger", "administrator"]
)
def test_nobody_else_is_given_a_word(area, people, asker, resident, role, state):
    row = accepted(resident, asker) if state == "accepted" else introduce(resident, asker)
    text = pages_for(people[role], area, resident, row)
    assert not shown([*WORDS, *OF_ASKER], text)


def test_the_coordinator_sees_that_it_happened(client, area, coordinator, introduction):
    client.force_login(coordinator)
    answer = client.get(url("list", area))
    text = text_of(answer)
    assert "What happened" in text
    [row] = answer.context["happened"]
    assert (row["name"], row["role"], row["state"]) == (
        "Ida",
        "a neighbour",
        "waits for an answer",
    )
    assert set(row) == {"created_at", "state", "asker_role", "name", "role"}


@pytest.mark.parametrize("role", ["neighbour", "partner", "stranger", "asker", "owner"])
def test_what_happened_is_for_coordinators_alone(client, area, people, introduction, role):
    client.force_login(people[role])
    assert "What happened" not in text_of(client.get(url("list", area)))


def test_a_coordinator_sees_nothing_of_another_area(client, other_area, stranger, introduction):
    client.force_login(stranger)
    assert "Ida" not in text_of(client.get(url("list", other_area)))
