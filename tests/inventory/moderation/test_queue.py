"""The queue holds what waits, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assetmap.inventory.models import Asset, Offering, Proposal
from assetmap.inventory.moderation import propose
from tests import factories
from tests.contracts import browser_of, text_of
from tests.inventory.moderation.steps import (
    DECISIONS,
    STALE,
    decide,
    edit,
    kept,
    queue,
)

# The queue


def test_the_queue_shows_all_that_waits_oldest_first(hers, client, coordinating, area, resident):
    edit(hers, resident, summary="Bakes rye", **{"gifts-0-what": "Tøndebånd"})
    new = factories.make_resident(
        area,
        "Ny nabo",
        summary="Syr",
        status="pending",
        visibility="public",
        owner=factories.make_user(),
    )
    factories.make_offering(new, None, text="Gardiner")
    propose(resident, factories.make_user(), "She bakes more than rye")
    page = queue(coordinating, area)
    assert [asset.name for asset in page.context["records"]] == ["Ny nabo"]
    assert [row.text for row in page.context["words"]] == ["Bakes rye", "She bakes more than rye"]
    assert [asset.name for asset in page.context["gifts"]] == ["Fatma"]
    text = text_of(page)
    for shown in ("Ny nabo", "Syr", "Gardiner", "Tøndebånd", "This is a neighbour here"):
        assert shown in text, shown
    assert '<td dir="auto">Bakes</td><td dir="auto">Bakes rye</td>' in text
    assert resident.url("edit") in text


def test_an_empty_queue_says_so(coordinating, area):
    assert "Nothing waits." in text_of(queue(coordinating, area))


def test_what_is_put_away_or_elsewhere_is_not_in_the_queue(coordinating, area, other_area):
    factories.make_place(other_area, "Elsewhere", status="pending")
    paused = factories.make_place(area, "Paused", status="archived")
    factories.make_offering(paused, None, text="Tøndebånd", waiting=True)
    propose(paused, factories.make_user(), "I know")
    assert "Nothing waits." in text_of(queue(coordinating, area))


def test_visitor_is_asked_to_sign_in_to_the_queue(client, area):
    for name in ("queue", *DECISIONS):
        url = reverse(f"inventory:{name}", args=[area.slug])
        for send in (client.get, client.post):
            assert send(url).headers["location"].endswith(f"?next={url}")


@pytest.mark.parametrize("who", ["neighbour", "partner", "stranger", "owner"])
def test_others_neither_see_the_queue_nor_decide(request, area, resident, who):
    client = browser_of(request.getfixturevalue(who))
    new = factories.make_place(area, status="pending")
    row = factories.make_offering(resident, None, text="Tøndebånd", waiting=True)
    propose(resident, factories.make_user(), "Words", "summary")
    before = [list(model.objects.order_by("pk").values()) for model in (Asset, Offering, Proposal)]
    assert queue(client, area).status_code == 403
    for name, do, data in [
        *(("records", "let-in", {}), ("records", "archive", {})),
        *(("words", do, {"proposal": Proposal.objects.get().pk}) for do in ("use", "drop")),
        *(("gifts", do, {"row": row.pk}) for do in ("accept", "remove")),
    ]:
        asset = new if name == "records" else resident
        assert decide(client, asset, name, do, **data).status_code == 403
    after = [list(model.objects.order_by("pk").values()) for model in (Asset, Offering, Proposal)]
    assert after == before


def test_a_coordinator_decides_nothing_in_another_area_by_way_of_her_own(
    coordinating, area, other_area
):
    elsewhere = factories.make_place(other_area, status="pending")
    url = reverse("inventory:queue-records", args=[area.slug])
    data = {"uid": elsewhere.uid, "version": 1, "do": "let-in"}
    assert STALE in text_of(coordinating.post(url, data, follow=True))
    assert kept(elsewhere).status == "pending"


def test_the_queue_takes_no_more_queries_when_more_waits(client, coordinator, area):
    client.force_login(coordinator)
    counts = []
    for numbers in (range(1), range(1, 7)):
        for number in numbers:
            grow(area, number)
        with CaptureQueriesContext(connection) as queries:
            page = queue(client, area)
        counts.append(len(queries))
    assert len(page.context["records"]) == len(page.context["gifts"]) == 7 * 2
    assert len(page.context["words"]) == 7 * 4
    assert counts[1] <= counts[0]


def grow(area, number):
    """Let something of every kind wait."""
    for make in (factories.make_resident, factories.make_place):
        new = make(area, f"New {number}", status="pending", owner=factories.make_user())
        factories.make_offering(new, None, text=f"Own words {number}")
        old = make(area, f"Old {number}", visibility="public")
        factories.make_offering(old, "FG3", note=f"Own words {number}", waiting=True)
        propose(old, factories.make_user(), f"Summary {number}", "summary")
        propose(old, factories.make_user(), f"Message {number}")


def test_a_full_queue_shows_a_page_and_says_so(coordinating, area, place):
    Proposal.objects.bulk_create(Proposal(asset=place, text=f"Nr. {n}") for n in range(60))
    page = queue(coordinating, area)
    assert [row.text for row in page.context["words"]] == [f"Nr. {n}" for n in range(50)]
    assert "The oldest 50 of a kind are shown." in text_of(page)
