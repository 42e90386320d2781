"""Gifts and wishes in own words wait too, and who reads what waits."""

import pytest
from django.urls import reverse

from assetmap.areas.roles import Stranger
from assetmap.inventory.models import Asset, Offering
from assetmap.inventory.moderation import proposals_shown, propose
from tests import factories
from tests.contracts import browser_of, text_of
from tests.inventory.moderation.steps import (
    edit,
    know_more,
)

# Gifts and wishes


def test_gifts_in_own_words_wait_and_known_ones_do_not(hers, client, resident):
    said = edit(
        hers,
        resident,
        **{
            "gifts-TOTAL_FORMS": 3,
            "gifts-0-what": "Tøndebånd",
            "gifts-0-mode": "can",
            "gifts-1-what": "Keep bees",
            "gifts-1-mode": "can",
            "gifts-2-what": "Bake",
            "gifts-2-mode": "teach",
            "gifts-2-note": "rugbrød",
        },
    )
    rows = Offering.objects.order_by("pk")
    assert [(row.text or row.gift.code, row.waiting) for row in rows] == [
        *(("Tøndebånd", True), ("FG7", False), ("FG3", True)),
    ]
    assert "Your new words wait" in text_of(said)
    assert text_of(said).count("(waits for a coordinator)") == 2
    client.logout()
    page = text_of(client.get(resident.url("detail")))
    assert "Keep bees" in page
    assert "Tøndebånd" not in page
    assert "rugbrød" not in page


def test_rows_that_were_not_touched_keep_their_state(hers, resident):
    old = factories.make_offering(resident, None, text="Tøndebånd")
    new = factories.make_offering(resident, None, text="Riddere", waiting=True)
    edit(hers, resident, contact="21 21 21 21")
    assert not Offering.objects.get(pk=old.pk).waiting
    assert Offering.objects.get(pk=new.pk).waiting


def test_a_row_waits_again_when_its_words_change_and_not_when_only_the_way_does(hers, resident):
    row = factories.make_offering(resident, None, text="Tøndebånd", note="gratis")
    edit(hers, resident, **{"gifts-0-mode": "teach"})
    assert not Offering.objects.get(pk=row.pk).waiting
    edit(hers, resident, **{"gifts-0-note": ""})
    assert not Offering.objects.get(pk=row.pk).waiting
    edit(hers, resident, **{"gifts-0-note": "om natten"})
    assert Offering.objects.get(pk=row.pk).waiting
    edit(hers, resident, **{"gifts-0-mode": "can"})
    assert Offering.objects.get(pk=row.pk).waiting
    edit(hers, resident, **{"gifts-0-what": "Keep bees", "gifts-0-note": ""})
    assert not Offering.objects.get(pk=row.pk).waiting


def test_a_row_that_is_deleted_does_not_wait(hers, resident):
    factories.make_offering(resident, None, text="Tøndebånd")
    said = edit(hers, resident, **{"gifts-0-what": "Andet", "gifts-0-DELETE": "on"})
    assert not Offering.objects.exists()
    assert "wait until a coordinator" not in text_of(said)


# Who sees what waits


def test_a_search_finds_no_word_that_waits(hers, client, area, resident, place):
    edit(hers, resident, summary="Qxwait", **{"gifts-0-what": "Qxgift", "gifts-0-note": "qxnote"})
    know_more(client, place, message="qxmessage", summary="Qxsummary")
    assert not Asset.objects.search("qx").exists()
    client.logout()
    explore = reverse("explore:explore", args=[area.slug])
    assert "Qxgift" not in text_of(client.get(explore))


@pytest.mark.parametrize("who", [None, "neighbour", "partner", "stranger"])
def test_others_do_not_see_what_waits(request, hers, client, resident, coordinator, who):
    edit(hers, resident, summary="Qxwait", **{"gifts-0-what": "Qxgift"})
    client.logout()
    reader = browser_of(request.getfixturevalue(who)) if who else client
    page = text_of(reader.get(resident.url("detail")))
    assert "Fatma" in page
    assert "Qxwait" not in page and "Qxgift" not in page


def test_she_and_the_coordinators_read_what_waits_on_its_page_and_form(
    hers, coordinating, resident
):
    edit(hers, resident, summary="Qxwait", **{"gifts-0-what": "Qxgift"})
    for reader in (hers, coordinating):
        for page in ("detail", "edit"):
            text = text_of(reader.get(resident.url(page)))
            assert "Words that wait for a coordinator" in text
            assert "Qxwait" in text
            assert "Qxgift" in text
    assert "It waits until a coordinator has seen it." in text_of(hers.get(resident.url("edit")))


def test_an_owner_is_not_shown_what_others_propose(area, owner, neighbour, coordinator):
    group = factories.make_association(area, owner=owner)
    propose(group, neighbour, "What I know")
    shown = {user: len(proposals_shown(group, user)) for user in (owner, neighbour, coordinator)}
    assert shown == {owner: 0, neighbour: 1, coordinator: 1}
    assert list(proposals_shown(group, Stranger(area.pk, "partner"))) == []
