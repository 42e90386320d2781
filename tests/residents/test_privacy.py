"""The privacy notice and the impact assessment: open to whom they are for, and true."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from assetmap.inventory.position import BLOCK_ZOOM
from assetmap.upkeep.retention import PUT_AWAY_FOR
from tests.factories import make_admin

LANGUAGES = ["da", "en"]
SCRIPT = "<script>alert(1)</script>"


def page(client, area, name="notice"):
    return client.get(reverse(f"privacy:{name}", args=[area.slug]))


def read(client, area, name="notice"):
    return page(client, area, name).content.decode()


def in_language(language, user=None):
    client = Client(headers={"accept-language": language})
    if user:
        client.force_login(user)
    return client


# Who reads it -----------------------------------------------------------------------------


def test_everybody_reads_the_notice(client, area, neighbour, partner, coordinator, stranger):
    assert "What do we keep?" in read(client, area)
    for user in (neighbour, partner, coordinator, stranger, make_admin()):
        client.force_login(user)
        assert "What do we keep?" in read(client, area)


def test_the_assessment_is_for_the_areas_coordinators(client, area, coordinator):
    for user in (coordinator, make_admin()):
        client.force_login(user)
        assert "This is a draft" in read(client, area, "dpia")
        assert reverse("privacy:dpia", args=[area.slug]) in read(client, area)


def test_others_are_refused_the_assessment(client, area, neighbour, partner, stranger):
    answer = page(client, area, "dpia")
    assert answer.status_code == 302
    assert reverse("account_request_login_code") in answer["Location"]
    for user in (neighbour, partner, stranger):
        client.force_login(user)
        assert page(client, area, "dpia").status_code == 403
        assert reverse("privacy:dpia", args=[area.slug]) not in read(client, area)


@pytest.mark.parametrize("name", ["notice", "dpia"])
def test_an_area_that_is_not_there_has_neither(client, db, name):
    assert client.get(reverse(f"privacy:{name}", args=["nowhere"])).status_code == 404


@pytest.mark.parametrize("name", ["notice", "dpia"])
def test_nothing_is_asked_of_it_by_post(client, area, coordinator, name):
    client.force_login(coordinator)
    assert client.post(reverse(f"privacy:{name}", args=[area.slug])).status_code == 405


def test_a_visitor_costs_one_query(client, area, django_assert_num_queries):
    with django_assert_num_queries(1):
        page(client, area)


# In which language ------------------------------------------------------------------------


def test_it_is_read_in_the_language_in_use(area, coordinator):
    danish = in_language("da", coordinator)
    assert "Hvad gemmer vi?" in read(danish, area)
    assert "Risici for mennesker" in read(danish, area, "dpia")
    english = in_language("en", coordinator)
    assert "What do we keep?" in read(english, area)
    assert "Risks to people" in read(english, area, "dpia")


def test_a_language_without_a_text_of_its_own_reads_the_danish_one(area, settings):
    settings.LANGUAGES = [("da", "Danish"), ("en", "English"), ("so", "Somali")]
    assert "Hvad gemmer vi?" in read(in_language("so"), area)


@pytest.mark.parametrize("name", ["privacy", "dpia"])
def test_both_languages_say_as_much(area, name):
    """As many headings, points, rows of tables, links and gaps to fill in."""
    texts = [
        render_to_string(f"residents/{name}/{lang}.html", {"area": area}) for lang in LANGUAGES
    ]
    danish, english = (re.findall(r"<(h2|p|li|tr|td|th|a|mark|dd)\b", text) for text in texts)
    assert danish == english


# The area's own words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "field"), [("notice", "privacy_notice"), ("dpia", "dpia")], ids=["notice", "dpia"]
)
def test_the_areas_own_text_takes_the_place_of_ours(client, area, coordinator, name, field):
    setattr(area, field, f"Vores egen tekst.\n\nAndet afsnit {SCRIPT}")
    area.save()
    client.force_login(coordinator)
    text = read(client, area, name)
    assert "<p>Vores egen tekst.</p>" in text
    assert "What do we keep?" not in text
    assert "This is a draft" not in text
    assert SCRIPT not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_names_who_answers_for_the_data(area, language):
    client = in_language(language)
    nobody = {"da": "har ikke skrevet endnu", "en": "has not yet written"}[language]
    assert nobody in read(client, area)
    area.controller = f"Foreningen Broen\nBrovej 1 {SCRIPT}"
    area.save()
    text = read(client, area)
    assert nobody not in text
    assert "Foreningen Broen<br>Brovej 1" in text
    assert SCRIPT not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("basis", "letter"), [("consent", "a"), ("public_task", "e"), ("legitimate", "f")]
)
def test_both_tell_the_legal_basis_that_is_the_areas_own(
    area, coordinator, language, basis, letter
):
    area.legal_basis = basis
    area.save()
    client = in_language(language, coordinator)
    pattern = r"artikel 6, stk. 1, litra (\w)" if language == "da" else r"article 6\(1\)\((\w)\)"
    for name in ("notice", "dpia"):
        assert re.findall(pattern, read(client, area, name)) == [letter]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_where_keeping_rests_on_consent_is_it_among_the_yeses(area, language):
    words = {"da": "at vi gemmer det, du skriver", "en": "that we keep what you write"}[language]
    client = in_language(language)
    assert words in read(client, area)
    area.legal_basis = "public_task"
    area.save()
    assert words not in read(client, area)


# True of this system ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_tell_the_times_that_the_code_keeps_to(area, coordinator, language, monkeypatch):
    monkeypatch.setattr("residents.privacy.facts", lambda: dict.fromkeys(FACTS, "QX"))
    client = in_language(language, coordinator)
    for name in ("notice", "dpia"):
        assert read(client, area, name).count("QX") >= len(FACTS)


FACTS = [
    *("consent_years", "person_days", "guardian_days"),
    *("mail_days", "receipt_hours", "session_days"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_texts_say_in_plain_figures_is_so(area, coordinator, language):
    """Figures of the floor above, and of the map, which the page cannot read from the code."""
    client = in_language(language, coordinator)
    assert (PUT_AWAY_FOR.days, BLOCK_ZOOM) == (30, 17)
    for name in ("notice", "dpia"):
        text = read(client, area, name)
        assert re.search(r"30 (dage efter|days later)", text)
        assert re.search(r"170 met", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_outside_map_is_told_of(area, coordinator, language, settings):
    client = in_language(language, coordinator)
    for name in ("notice", "dpia"):
        assert "tiles.example.dk" not in read(client, area, name)
    settings.TILE_ORIGINS = ["https://tiles.example.dk"]
    for name in ("notice", "dpia"):
        assert "https://tiles.example.dk" in read(client, area, name)


def test_the_notice_tells_every_cookie_that_the_site_sets(client, area, coordinator, settings):
    """The three that settings name, and the one that Django's short messages travel in."""
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    text = read(client, area)
    for name in names | {settings.LANGUAGE_COOKIE_NAME, "messages"}:
        assert f"<strong>{name}</strong>" in text


def test_every_right_has_a_place_to_press(client, area):
    text = read(client, area)
    for name in ("me:me", "me:open", "me:who", "register:young"):
        assert f'href="{reverse(name, args=[area.slug])}"' in text
    assert 'href="https://www.datatilsynet.dk"' in text


def test_every_gap_in_the_draft_is_marked(client, area, coordinator):
    client.force_login(coordinator)
    text = read(client, area, "dpia")
    gaps = text.count("[to be filled in")
    assert gaps > 20
    assert text.count("<mark>[to be filled in") == gaps
