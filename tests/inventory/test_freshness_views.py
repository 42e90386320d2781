"""The page behind the yearly mail's links: one answers there without signing in."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assetmap.areas.models import Membership, User
from assetmap.inventory import freshness
from assetmap.inventory.models import Asset
from tests.contracts import browser_of, text_of
from tests.factories import make_place, make_resident


@pytest.fixture
def place(area, neighbour):
    return make_place(area, "Haven", owner=neighbour, summary="Tre bede")


@pytest.fixture
def link(settings, place, neighbour):
    return freshness.link(neighbour, place).removeprefix(settings.SITE_URL)


def answers(response):
    return re.findall(r'name="do" value="(\w+)"', text_of(response))


def test_the_page_asks_without_signing_in(client, place, link):
    page = client.get(link)
    assert page.status_code == 200
    assert "Haven" in text_of(page)
    assert f'href="{place.get_absolute_url()}"' in text_of(page)
    assert answers(page) == ["valid", "update", "archive"]
    assert "no-store" in page["Cache-Control"]


def test_of_what_is_private_the_page_shows_the_name_alone(client, place, link, neighbour):
    Asset.objects.update(visibility="private")
    page = text_of(client.get(link))
    assert "Haven" in page
    assert "Tre bede" not in page
    assert place.get_absolute_url() not in page
    assert place.get_absolute_url() in text_of(browser_of(neighbour).get(link))


@pytest.mark.parametrize("do", ["valid", "update", "archive"])
def test_looking_changes_nothing_and_puts_the_chosen_answer_first(client, place, link, do):
    before = Asset.objects.values().get()
    page = client.get(link, {"do": do})
    assert answers(page)[0] == do
    assert Asset.objects.values().get() == before


def test_still_right_is_noted(client, place, link):
    said = client.post(link, {"do": "valid"}, follow=True)
    assert "“Haven” is still right as of today." in text_of(said)
    place.refresh_from_db()
    assert timezone.now() - place.confirmed_at < timedelta(minutes=1)
    assert place.status == "active"


def test_archive_puts_it_away(client, place, link):
    said = client.post(link, {"do": "archive"}, follow=True)
    assert "It is in the archive" in text_of(said)
    assert answers(said) == []
    place.refresh_from_db()
    assert place.status == "archived"


def test_change_leads_to_the_edit_page_which_asks_to_sign_in(client, place, link):
    moved = client.post(link, {"do": "update"})
    assert moved.url == place.url("edit")
    assert client.get(moved.url).url == f"/account/login/code/?next={place.url('edit')}"


@pytest.mark.parametrize("do", ["", "erase", "valid\x00"])
def test_another_answer_is_refused_in_words(client, place, link, do):
    before = Asset.objects.values().get()
    said = client.post(link, {"do": do}, follow=True)
    assert "Choose one of the answers." in text_of(said)
    assert Asset.objects.values().get() == before


def test_a_link_used_again_does_no_harm(client, place, link):
    for do in ("archive", "archive", "valid"):
        assert client.post(link, {"do": do}, follow=True).status_code == 200
    place.refresh_from_db()
    assert (place.status, place.confirmed_at) == ("archived", None)


@pytest.mark.parametrize("status", ["unconfirmed", "pending"])
def test_what_waits_for_a_yes_is_not_let_in_or_put_away_by_a_link(client, place, link, status):
    Asset.objects.update(status=status)
    assert answers(client.get(link)) == []
    for do in ("valid", "archive"):
        client.post(link, {"do": do})
    assert Asset.objects.get().status == status


def test_a_link_without_its_form_changes_nothing(place, link):
    assert Client(enforce_csrf_checks=True).post(link, {"do": "archive"}).status_code == 403
    assert Asset.objects.get().status == "active"


def closed(link, status, words):
    """Whether the link says the words and does nothing, looked at or posted."""
    client = Client(headers={"accept-language": "en"})
    before = list(Asset.objects.values())
    page, posted = client.get(link), client.post(link, {"do": "archive"})
    assert (page.status_code, posted.status_code) == (status, status)
    assert "Haven" not in text_of(page)
    assert list(Asset.objects.values()) == before
    return words in text_of(page)


def test_an_old_link_says_so(link, monkeypatch):
    monkeypatch.setattr(freshness, "LINKS_HOLD", timedelta(seconds=-1))
    assert closed(link, 410, "This link is too old.")


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "1" + token,
        lambda token: token.partition(".")[2],
        lambda token: "x",
        lambda token: "....",
        lambda token: "ø\u202e",
        lambda token: "9" * 3000,
        lambda token: signing.TimestampSigner(sep=".").sign("1.2"),
    ],
)
def test_a_forged_link_opens_nothing(link, forge):
    token = link.split("/")[3]
    assert closed(link.replace(token, forge(token)), 404, "This link opens nothing any more.")


def test_a_link_opens_nothing_under_another_area(link, other_area):
    assert closed(link.replace("urbanplanen", "naboby"), 404, "opens nothing")


def test_a_link_of_a_former_owner_opens_nothing(place, link, coordinator):
    Asset.objects.update(owner=coordinator)
    assert closed(link, 404, "opens nothing")


def test_a_link_of_a_former_coordinator_opens_nothing(settings, area, coordinator):
    link = freshness.link(coordinator, make_place(area, "Haven")).removeprefix(settings.SITE_URL)
    assert Client().get(link).status_code == 200
    Membership.objects.filter(user=coordinator).update(role="partner")
    assert closed(link, 404, "opens nothing")


def test_a_link_of_somebody_let_go_or_erased_opens_nothing(link, neighbour):
    User.objects.filter(pk=neighbour.pk).update(is_active=False)
    assert closed(link, 404, "opens nothing")
    neighbour.delete()
    assert closed(link, 404, "opens nothing")


def test_a_link_to_what_is_erased_opens_nothing(place, link):
    place.delete()
    assert closed(link, 404, "opens nothing")


def test_a_link_answers_for_one_asset_alone_whoever_is_signed_in(area, place, link, stranger):
    other = make_place(area, "Værkstedet")
    browser_of(stranger).post(link, {"do": "archive"})
    assert Asset.objects.get(pk=place.pk).status == "archived"
    assert Asset.objects.get(pk=other.pk).status == "active"


# What it does for a resident --------------------------------------------------------------


@pytest.fixture
def resident(area, neighbour):
    resident = make_resident(area, owner=neighbour)
    resident.consents.create(
        purpose="keep",
        language="da",
        channel="web",
        expires_at=timezone.now() + timedelta(days=30),
    )
    return resident


def left(resident):
    return resident.consents.get().expires_at - timezone.now()


def test_a_resident_who_says_still_right_agrees_for_as_long_again(
    client, settings, resident, neighbour
):
    link = freshness.link(neighbour, resident).removeprefix(settings.SITE_URL)
    client.post(link, {"do": "valid"})
    assert left(resident) > timedelta(days=729)


def test_nobody_else_agrees_for_her(client, settings, resident, coordinator):
    link = freshness.link(coordinator, resident).removeprefix(settings.SITE_URL)
    client.post(link, {"do": "valid"})
    assert Asset.objects.get().confirmed_at is not None
    assert left(resident) < timedelta(days=31)


def test_the_page_takes_no_more_queries_among_many(client, area, neighbour, link):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(link)
        counts.append(len(queries))
        for _ in range(10):
            make_place(area, owner=neighbour)
    assert counts[0] == counts[1]
