"""Who may not merge and undo, and what the pages ask of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assetmap.exchange.merging.merge import merge
from assetmap.exchange.models import Merge
from assetmap.inventory.models import Asset
from tests.contracts import as_shown, text_of
from tests.factories import (
    make_association,
    make_link,
    make_offering,
    make_place,
    make_resident,
    make_user,
)

from .urls import choose_url, list_url, pair_url, undo_url


@pytest.mark.parametrize("who", ["neighbour", "partner", "stranger", None])
def test_others_see_none_of_it_and_merge_nothing(
    request, client, area, kept, gone, coordinator, who
):
    done = merge(make_association(area), make_association(area), [], coordinator)
    if who:
        client.force_login(request.getfixturevalue(who))
    for url in (choose_url(kept), pair_url(kept, gone), list_url(area), undo_url(done)):
        for send in (client.get, client.post):
            assert send(url).status_code == (403 if who else 302)
    assert Merge.objects.in_force().count() == 1
    assert choose_url(kept) not in text_of(client.get(kept.url("detail")))


def test_an_owner_of_the_archived_one_is_not_told_into_what_it_was_merged(
    client, area, kept, gone, coordinator
):
    owner = make_user("resident", area)
    Asset.objects.filter(pk=gone.pk).update(owner=owner)
    Asset.objects.filter(pk=kept.pk).update(visibility="private")
    merge(kept, gone, [], coordinator)
    client.force_login(owner)
    page = text_of(client.get(gone.url("detail")))
    assert "This is archived" in page and "Haveklubben" not in page


def test_residents_other_layers_and_other_areas_are_not_found(browser, area, other_area, kept):
    residents = [make_resident(area), make_resident(area)]
    elsewhere = make_association(other_area)
    pairs = [residents, [kept, residents[0]], [kept, make_place(area)], [kept, elsewhere]]
    for pair in pairs:
        assert browser.get(pair_url(*pair)).status_code == 404
        assert browser.post(pair_url(*pair)).status_code == 404
    assert browser.get(choose_url(residents[0])).status_code == 404
    assert choose_url(residents[0]) not in text_of(browser.get(residents[0].url("detail")))


def test_a_merging_in_another_area_cannot_be_undone_here(
    client, area, other_area, kept, gone, stranger
):
    done = merge(kept, gone, [], stranger)
    client.force_login(stranger)
    url = reverse("merge:undo", args=[other_area.slug, done.pk])
    assert client.post(url).status_code == 404


def queries_of(browser, url):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


def test_no_page_asks_more_of_the_database_with_more_rows(browser, area, kept, gone, coordinator):
    urls = [choose_url(kept), choose_url(kept, "?q=have"), pair_url(kept, gone), list_url(area)]
    merge(make_association(area), make_association(area), [], coordinator)
    make_offering(gone, "FG7")
    make_link(gone, make_place(area), "uses")
    before = [queries_of(browser, url) for url in urls]
    for number in range(3):
        make_association(area, f"Haveklubben {number}")
        make_offering(gone, None, text=f"ord {number}")
        make_link(gone, make_place(area), "uses")
        gone.figures.create(measure="medlemmer", value=number)
        merge(make_association(area), make_association(area), [], coordinator)
    assert [queries_of(browser, url) for url in urls] == before


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_both_are_held_in_one_order_whichever_is_kept(browser, kept, gone):
    """Two who merge the same two the other way round wait for each other, and no more."""
    sent = as_shown(browser.get(pair_url(gone, kept)))
    with CaptureQueriesContext(connection) as asked:
        browser.post(pair_url(gone, kept), sent)
    first = next(q["sql"] for q in asked.captured_queries if "inventory_asset" in q["sql"])
    assert first.endswith('ORDER BY "inventory_asset"."id" ASC FOR UPDATE')
    assert Merge.objects.count() == 1
