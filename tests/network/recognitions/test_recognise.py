"""“Who do you go to, and why?”: what anybody may say, and what is kept of it."""

import pytest
from django.db import connection

from assetmap.network.models import Recognition
from tests.contracts import CPR, text_of
from tests.residents.registering import rows_with

from .rows import only, url


def say(client, area, name="Fatma", reason="Hun oversætter breve", **fields):
    sent = {"name": name, "reason": reason, **fields}
    return client.post(url("recognise", area), sent, follow=True)


def test_anybody_says_it_without_an_account_and_is_told_what_happens_next(client, area):
    assert "Who do you go to, and why?" in text_of(client.get(url("recognise", area)))
    answer = say(client, area)
    assert "Thank you" in text_of(answer)
    assert "erased" in text_of(answer)
    kept = only()
    assert (kept.area, kept.name, kept.reason) == (area, "Fatma", "Hun oversætter breve")
    assert (kept.state, kept.resident) == ("waiting", None)


@pytest.mark.parametrize("named", ["Fatma Yilmaz", "  Fatma\tYilmaz Hansen", "Fatma"])
def test_of_a_name_only_the_first_word_is_kept(client, area, named):
    say(client, area, name=named)
    assert only().name == "Fatma"
    assert not list(rows_with("Yilmaz"))


def test_who_wrote_it_is_not_kept(client, area, neighbour):
    client.force_login(neighbour)
    say(client, area)
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(
            cursor, Recognition._meta.db_table
        )
    assert {column.name for column in columns} == {
        *("id", "area_id", "resident_id", "name", "reason", "state", "created_at", "answered_at")
    }
    assert neighbour.email not in str(Recognition.objects.values().get())


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": " "}, "This field is required"),
        ({"reason": ""}, "This field is required"),
        ({"name": "x" * 41}, "at most 40"),
        ({"reason": "x" * 201}, "at most 200"),
        ({"reason": f"Hun er {CPR}"}, "CPR number"),
        ({"name": CPR}, "CPR number"),
        ({"reason": "a\x00b"}, "Null characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_stays_in_the_form(client, area, sent, said):
    answer = say(client, area, **sent)
    assert answer.status_code == 200
    assert said in text_of(answer)
    typed = {"name": "Fatma", "reason": "Hun oversætter breve", **sent}
    shown = answer.context["form"]
    assert {name: shown[name].value() for name in typed} == typed
    assert not Recognition.objects.exists()


def test_a_full_text_of_several_lines_counts_as_the_browser_counts(client, area):
    lines = "\r\n".join(["x" * 99, "y" * 100])  # 200 letters to a browser, 201 as sent
    say(client, area, reason=lines)
    assert only().reason == lines.replace("\r\n", " ")


def test_a_robot_is_thanked_and_nothing_is_kept(client, area):
    assert "Thank you" in text_of(say(client, area, website="https://spam.example"))
    assert not Recognition.objects.exists()


def test_too_many_from_one_place_are_refused_and_stay_in_the_form(client, area, settings):
    settings.ACCOUNT_RATE_LIMITS = {"recognise": "2/h/ip"}
    for _ in range(2):
        say(client, area)
    answer = say(client, area, reason="Den tredje")
    assert answer.status_code == 429
    assert "too many tries" in text_of(answer)
    assert "Den tredje" in text_of(answer)
    assert Recognition.objects.count() == 2


def test_the_limit_is_set_where_the_site_is_set_up(settings):
    assert settings.ACCOUNT_RATE_LIMITS["recognise"]


def test_an_area_that_is_not_there_has_no_such_page(client, db):
    assert client.get("/nowhere/network/recognise/").status_code == 404


def test_what_was_said_in_one_area_waits_only_there(client, area, other_area):
    say(client, other_area)
    assert not Recognition.objects.waiting().filter(area=area).exists()
