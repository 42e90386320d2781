"""A large network is worked out by a process of its own, once, and the page waits for it."""

import os
import time
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from assetmap.network import pages, working
from assetmap.network.store import Seen, today
from assetmap.network.worked import is_worked_out
from assetmap.network.works import WORKS
from tests import factories

PAGES = ["picture", "readings"]
ASKS = {"HX-Request": "true", "HX-Trigger": "waiting"}


@pytest.fixture(autouse=True)
def started(monkeypatch, settings, tmp_path):
    """The processes that are started, of which none runs."""
    settings.DATA_DIR = tmp_path
    popen = Mock()
    monkeypatch.setattr(working.subprocess, "Popen", popen)
    return popen


@pytest.fixture
def large(area, monkeypatch):
    """An area that counts as large."""
    club, hall = factories.make_association(area), factories.make_place(area)
    factories.make_link(club, hall, "meets_at")
    monkeypatch.setattr(pages, "BIG", 1)
    return area


@pytest.fixture
def url(area):
    return reverse("network:picture", args=[area.slug])


def waits(response):
    return b'id="waiting"' in response.content


def work_out(area, audience="visitor"):
    call_command("work_networks", area.slug, audience)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_to_wait_and_has_it_worked_out(client, large, started, page):
    address = reverse(f"network:{page}", args=[large.slug])
    response = client.get(address)
    assert response.status_code == 200 and waits(response)
    assert "no-store" in response["Cache-Control"]
    assert '<noscript><meta http-equiv="refresh"' in response.content.decode()
    (command,), _how = started.call_args
    assert command[1:] == [command[1], "work_networks", large.slug, "visitor", "--day", today()]
    work_out(large)
    response = client.get(address)
    assert response.status_code == 200 and not waits(response)


def test_a_small_area_does_not_wait(client, area, url, started):
    factories.make_place(area)
    assert not waits(client.get(url))
    started.assert_not_called()


def test_the_page_that_waits_is_told_when_it_is_ready(client, large, url):
    assert client.get(url, headers=ASKS).status_code == 204
    work_out(large)
    assert client.get(url, headers=ASKS)["HX-Refresh"] == "true"


def test_a_part_of_a_page_leads_to_the_page_that_waits(client, large, url):
    assert client.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_the_script_is_told_that_there_is_nothing_to_draw_yet(client, large):
    assert client.get(reverse("network:picture-data", args=[large.slug])).status_code == 503


def test_one_process_works_on_a_network_however_often_it_is_asked_for(client, large, url, started):
    for _again in range(3):
        client.get(url)
    assert started.call_count == 1


def test_few_are_at_work_at_a_time(client, large, url, started, monkeypatch):
    monkeypatch.setattr(working, "AT_ONCE", 1)
    client.get(url)
    client.force_login(factories.make_user("partner", large))
    assert waits(client.get(url))
    assert started.call_count == 1


def test_a_process_that_died_is_followed_by_another(client, large, url, started, tmp_path):
    client.get(url)
    (path,) = (tmp_path / "network-work").iterdir()
    long_ago = time.time() - working.SILENT - 1
    os.utime(path, (long_ago, long_ago))
    client.get(url)
    assert started.call_count == 2


def test_a_change_has_it_worked_out_anew(client, large, url):
    work_out(large)
    assert not waits(client.get(url))
    factories.make_place(large)
    assert waits(client.get(url))


def test_whoever_may_not_see_the_page_starts_nothing(client, large, started):
    client.force_login(factories.make_user("resident", large))
    assert client.get(reverse("network:ideas", args=[large.slug])).status_code == 403
    started.assert_not_called()


# The command ---------------------------------------------------------------------------------


def test_the_command_works_everything_out_and_leaves_no_sign(large, tmp_path):
    work_out(large, "coordinator")
    assert is_worked_out(Seen(large, "coordinator"), ["network", *WORKS])
    assert not is_worked_out(Seen(large, "visitor"), ["network"])
    assert list((tmp_path / "network-work").iterdir()) == []


def test_after_a_fault_it_is_not_begun_anew_at_once(large, monkeypatch, tmp_path):
    monkeypatch.setitem(WORKS, "layout", Mock(side_effect=ZeroDivisionError))
    with pytest.raises(ZeroDivisionError):
        work_out(large)
    assert len(list((tmp_path / "network-work").iterdir())) == 1


@pytest.mark.parametrize(
    ("slug", "audience"),
    [("nowhere", "visitor"), (None, "everybody"), (None, "user-x"), (None, "user-999999")],
)
def test_the_command_refuses_what_it_does_not_know(large, slug, audience):
    with pytest.raises(CommandError, match="There is no"):
        call_command("work_networks", slug or large.slug, audience)
